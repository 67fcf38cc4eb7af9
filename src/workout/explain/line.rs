//! A workout in one line: what was read, in the words of a runner.

use super::lengths::{self, time, total_time};
use super::pieces::{Piece, SetPiece, pieces, same};
use crate::units::{Incline, PaceUnit, Speed, SpeedUnit};
use crate::workout::language::lexicon::{self, NamedTarget};
use crate::workout::sequence::{Kind, PlannedStep, Repeat, Role, Sequence, Shift, Target, WrittenEnd};

/// The runner's units, and the incline that needs no mention.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LineStyle {
    /// The unit of paces.
    pub pace: PaceUnit,
    /// The unit of speeds.
    pub speed: SpeedUnit,
    /// The incline at which the runner runs on the flat.
    pub flat: Incline,
    /// The key that ends an open step.
    pub end_key: &'static str,
}

impl LineStyle {
    /// The key that ends an open step, unless the runner has chosen another.
    pub const USUAL_END_KEY: &'static str = "Enter";

    /// Names another key that ends an open step.
    pub fn with_end_key(self, end_key: &'static str) -> Self {
        LineStyle { end_key, ..self }
    }
}

/// A workout in one line, such as `5 × 1 km at 4:10/km, 90 s jog between, 26:50`.
#[derive(Clone, Debug, PartialEq)]
pub struct WorkoutLine {
    items: Vec<LineItem>,
    /// How long the workout takes: `26:50`, `33:30 + open`.
    pub total: String,
}

/// A piece of a workout in words.
#[derive(Clone, Debug, PartialEq)]
struct LineItem {
    text: String,
    importance: Importance,
}

/// How much a piece matters where there is no room for all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Importance {
    Warmup,
    Running,
    Set,
}

/// Returns `sequence` in one line.
pub fn line(sequence: &Sequence, style: &LineStyle) -> WorkoutLine {
    let writer = LineWriter { sequence, style };
    let item = |piece: &Piece<'_>| LineItem { text: writer.piece(piece), importance: importance(piece) };
    let items = pieces(&sequence.steps).iter().map(item).collect();
    WorkoutLine { items, total: total_time(sequence) }
}

fn importance(piece: &Piece<'_>) -> Importance {
    match piece {
        Piece::Step(step) if matches!(step.role, Role::Warmup | Role::Cooldown) => Importance::Warmup,
        Piece::Step(_) => Importance::Running,
        Piece::Set(_) => Importance::Set,
    }
}

impl WorkoutLine {
    /// Returns the line with its total in at most `columns`, as long as a total fits in them.
    pub fn fit(&self, columns: usize) -> String {
        let room = columns.saturating_sub(self.total.chars().count() + 2);
        match self.fit_pieces(room) {
            pieces if pieces.is_empty() => self.total.clone(),
            pieces => format!("{pieces}, {}", self.total),
        }
    }

    /// Returns the line without its total in at most `columns`. What does not fit is counted: `+ 2 more`. Warm-up and
    /// cool-down are left out first, and sets last.
    pub fn fit_pieces(&self, columns: usize) -> String {
        let mut kept: Vec<&LineItem> = self.items.iter().collect();
        loop {
            let more = self.items.len() - kept.len();
            let text = join(&kept, more);
            if text.chars().count() <= columns {
                return text;
            }
            if let [only] = kept.as_slice() {
                // Part of a count would be misread, so a mark stands for it.
                let marked = format!("{}, …", only.text);
                let fits = more > 0 && marked.chars().count() <= columns;
                return if fits { marked } else { shorten(&only.text, columns) };
            }
            if kept.is_empty() {
                return String::new();
            }
            let least = kept.iter().map(|item| item.importance).min();
            if let Some(dropped) = kept.iter().rposition(|item| Some(item.importance) == least) {
                kept.remove(dropped);
            }
        }
    }
}

fn join(items: &[&LineItem], more: usize) -> String {
    let texts: Vec<&str> = items.iter().map(|item| item.text.as_str()).collect();
    let line = texts.join(", ");
    match more {
        0 => line,
        more if line.is_empty() => format!("+ {more} more"),
        more => format!("{line} + {more} more"),
    }
}

/// Cuts a text between two words.
fn shorten(text: &str, columns: usize) -> String {
    if columns < 8 {
        return String::new();
    }
    if text.chars().count() <= columns {
        return text.to_string();
    }
    let start: String = text.chars().take(columns - 1).collect();
    let end = start.rfind(' ').unwrap_or(start.len());
    format!("{}…", start.get(..end).unwrap_or_default().trim_end_matches([',', ' ', '×', '(']))
}

/// Puts pieces into words.
struct LineWriter<'a> {
    sequence: &'a Sequence,
    style: &'a LineStyle,
}

impl LineWriter<'_> {
    fn piece(&self, piece: &Piece<'_>) -> String {
        match piece {
            Piece::Step(step) => self.step(step),
            Piece::Set(set) => self.set(set),
        }
    }

    fn pieces(&self, pieces: &[Piece<'_>]) -> String {
        pieces.iter().map(|piece| self.piece(piece)).collect::<Vec<_>>().join(", ")
    }

    fn set(&self, set: &SetPiece<'_>) -> String {
        let between = self.between(set);
        let repeat = self.sequence.repeat(set.id);
        if let (true, Some(first)) = (repeat.is_some_and(Repeat::is_endless), set.reps.first()) {
            return format!("{}{between}, until {}", self.body(first), self.style.end_key);
        }
        if let [only] = set.reps.as_slice() {
            return self.pieces(only);
        }
        if let (true, Some(first)) = (set.is_uniform(), set.reps.first()) {
            return format!("{} × {}{between}", self.count(set), self.body(first));
        }
        match self.ladder(set) {
            Some(ladder) => format!("{ladder}{between}"),
            None => format!("{}{between}", self.runs(set)),
        }
    }

    /// Returns the number of reps, or the range of it.
    fn count(&self, set: &SetPiece<'_>) -> String {
        let most = set.reps.len();
        let least = self.sequence.repeat(set.id).and_then(|repeat| repeat.least);
        least.map_or_else(|| most.to_string(), |least| format!("{least}–{most}"))
    }

    /// Returns a rep, in brackets if it has several pieces.
    fn body(&self, rep: &[Piece<'_>]) -> String {
        match rep {
            [Piece::Step(step)] => self.step(step),
            _ => format!("({})", self.pieces(rep)),
        }
    }

    /// Returns the rungs of a ladder at one effort: `1-2-3-2-1 min hard`.
    fn ladder(&self, set: &SetPiece<'_>) -> Option<String> {
        let steps: Vec<&PlannedStep> = set.reps.iter().map(|rep| only_step(rep)).collect::<Option<_>>()?;
        let efforts: Vec<String> = steps.iter().map(|step| self.effort(step)).collect();
        let first = efforts.first()?;
        let has_runs = set.reps.windows(2).any(|pair| matches!(pair, [a, b] if same(a, b)));
        if efforts.len() < 3 || has_runs || efforts.iter().any(|effort| effort != first) {
            return None;
        }
        Some(join_words(&[&lengths::ladder(&steps)?, first]))
    }

    /// Returns reps that differ, with those that follow each other alike counted: `3 × 1 km at MP, 500 m at MP`.
    fn runs(&self, set: &SetPiece<'_>) -> String {
        let runs = set.reps.chunk_by(|a, b| same(a, b)).filter_map(|run| {
            let body = run.first()?;
            Some(match run.len() {
                1 => self.pieces(body),
                n => format!("{n} × {}", self.body(body)),
            })
        });
        runs.collect::<Vec<_>>().join(", ")
    }

    /// Returns the recovery between reps, with a comma in front.
    fn between(&self, set: &SetPiece<'_>) -> String {
        match only_step(&set.between).and_then(|step| Some((step, step.written?))) {
            Some((_, WrittenEnd::SendOff(every))) => return format!(", a start every {}", time(every)),
            Some((step, WrittenEnd::Share { upper, lower })) => {
                let percent =
                    lower.map_or_else(String::new, |lower| format!("{lower}–")) + &upper.to_string();
                return format!(", {} between for {percent} % of the rep", self.effort(step));
            }
            _ => {}
        }
        match set.between.is_empty() {
            false => format!(", {} between", self.pieces(&set.between)),
            true if set.is_uniform() && is_work(set) => ", nothing between".to_string(),
            true => String::new(),
        }
    }

    /// Returns a step: `1 km at 4:10/km`, `10 min warm-up`, `12 squats`, `walk until Enter`.
    fn step(&self, step: &PlannedStep) -> String {
        let effort = self.effort(step);
        let kind = match step.kind {
            Kind::Warmup => "warm-up",
            Kind::Cooldown => "cool-down",
            _ => "",
        };
        let effort = match is_easy(&step.target) && !kind.is_empty() {
            true => String::new(),
            false => effort,
        };
        let words = match effort.starts_with("at ") || effort.starts_with("in ") {
            true => join_words(&[kind, &effort]),
            false => join_words(&[&effort, kind]),
        };
        match (step.written, lengths::written(step)) {
            (Some(WrittenEnd::Reps), Some(length)) => format!("{words} in {length}"),
            (Some(WrittenEnd::Reps), None) => words,
            (_, Some(length)) => join_words(&[&length, &words]) + &lengths::until(step),
            (_, None) => format!("{words} until {}", self.style.end_key),
        }
    }

    /// Returns how hard a step is, with a preposition where English wants one: `hard`, `at 5K`, `in Z2`.
    fn effort(&self, step: &PlannedStep) -> String {
        let target = &step.target;
        let words = target_words(target, self.style.pace);
        let text = match preposition(target, self.sequence.show_pace) {
            Some(word) => format!("{word} {words}"),
            None => words,
        };
        text + &self.incline(step)
    }

    /// Returns an incline that is not the runner's flat: ` on 4 % (11.6 km/h)`.
    fn incline(&self, step: &PlannedStep) -> String {
        let percent = |incline: Incline| incline.to_string().replace('%', " %");
        if let Some(to) = step.incline_to {
            return format!(" on {} → {}", percent(step.incline).trim_end_matches(" %"), percent(to));
        }
        if is_flat(step, self.style) {
            return String::new();
        }
        let speed = step.on_belt.map(|(from, _)| from).or(step.target.start.speed);
        // A pace or a speed says it already.
        let is_shown = self.sequence.show_pace && step.target.start.rank.is_some();
        let is_shown = is_shown && step.target.ramp_to.is_none();
        let speed = speed.filter(|speed| is_shown && speed.mps() > 0.0);
        let speed = speed.map_or_else(String::new, |speed| format!(" ({})", self.speed(speed)));
        format!(" on {}{speed}", percent(step.incline))
    }

    fn speed(&self, speed: Speed) -> String {
        speed.text(self.style.speed)
    }
}

/// Returns true if a set with nothing between its reps would surprise: its rep is a single step of work.
fn is_work(set: &SetPiece<'_>) -> bool {
    set.reps.first().and_then(|rep| only_step(rep)).is_some_and(|step| step.role == Role::Work)
}

/// Returns the step of pieces that are a single step.
fn only_step<'a>(pieces: &[Piece<'a>]) -> Option<&'a PlannedStep> {
    match pieces {
        [Piece::Step(step)] => Some(step),
        _ => None,
    }
}

/// Returns true for plain `easy`.
fn is_easy(target: &Target) -> bool {
    target.ramp_to.is_none()
        && target.heart_rate.is_none()
        && target.rpe.is_none()
        && target.words == NamedTarget::Easy.base()
}

/// Returns true if the incline of a step needs no mention.
pub(super) fn is_flat(step: &PlannedStep, style: &LineStyle) -> bool {
    step.incline == style.flat || step.incline == Incline::FLAT
}

/// Returns the words of a target. A pace that was written in the other unit is in the runner's.
pub(super) fn target_words(target: &Target, unit: PaceUnit) -> String {
    let other = match unit {
        PaceUnit::Km => PaceUnit::Mi,
        PaceUnit::Mi => PaceUnit::Km,
    };
    match target.start.speed {
        Some(speed) if target.ramp_to.is_none() && target.words == speed.pace_text(other) => {
            speed.pace_text(unit)
        }
        _ => target.words.clone(),
    }
}

/// Returns the preposition that English wants before a target: `at` 5K, `in` Z2.
pub(super) fn preposition(target: &Target, paces_shown: bool) -> Option<&'static str> {
    if let Some(relative) = &target.start.relative {
        let is_plain = matches!(relative.by, Shift::Seconds { each, .. } if each == 0.0);
        let named = lexicon::pace(&relative.base).map(|(named, _)| named);
        let is_effort = named.is_none_or(|named| named.is_effort() || named == NamedTarget::Rest);
        return (!is_effort || !is_plain).then_some("at");
    }
    if target.start.speed.is_some() || target.speed_range.is_some() || target.start.rank.is_some() {
        return paces_shown.then_some("at");
    }
    match &target.heart_rate {
        Some(heart) if heart.words.starts_with('Z') => Some("in"),
        Some(_) => Some("at"),
        None => target.rpe.map(|_| "at"),
    }
}

fn join_words(words: &[&str]) -> String {
    let words: Vec<&str> = words.iter().copied().filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests;
