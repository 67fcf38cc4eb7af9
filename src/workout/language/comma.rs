//! The comma after a repeat: `5×1km, 90s jog` means 90 s *between* the reps, `6×400m, 10min easy` ten minutes after
//! them.
//!
//! A piece is taken as a recovery where that is its only sensible reading. Where both readings make sense, the error
//! shows both, each with its total. The limits are the same for every runner: what a text means never depends on a
//! profile.

use super::document::{EndLine, HeartLine, Item, Node, PaceLine, PaceOffset, Spanned, TargetLine};
use super::lexicon::NamedTarget;
use super::list;
use super::nominal::{EASY_PACE, WALK_PACE, WORK_PACE, nominal};
use crate::units::Speed;
use crate::workout::sequence::Kind;

/// Where a line of items stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinePlace {
    /// In no brackets.
    Text,
    /// In brackets that are repeated.
    RepeatedBracket,
    /// In other brackets: a group or a ladder.
    Bracket,
}

/// How a piece after a repeat and a comma is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommaReading {
    /// Between the reps.
    Between,
    /// Once, after the last rep.
    After,
    /// Both make sense.
    Unclear,
}

/// What stands after the piece in question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Following {
    Nothing,
    /// The end of a bracket that is repeated.
    RepeatedBracket,
    Easy,
    Walk,
    Work,
    /// A repeat that has a recovery after a comma, too.
    ParallelRepeat,
}

/// How easy a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ease {
    Rest,
    Walk,
    Recovery,
    Jog,
}

/// A piece at this share of the reps' speed, or less, may be their recovery.
const SLOWER: f64 = 0.8;

/// How the item after `items[index]` is read; nothing where the rule does not apply.
pub fn reading(items: &[Item], index: usize, is_repeated: bool) -> Option<CommaReading> {
    let rep = rep_without_recovery(items.get(index)?)?;
    let next = items.get(index + 1)?;
    // `6×800m, RI: 90s`: the label says that the piece is a recovery.
    if let Some((piece, ease)) = labelled_recovery(next) {
        return fits_between(piece, rep, ease).then_some(CommaReading::Between);
    }
    if is_float(items.get(index)?, next, rep) {
        return Some(CommaReading::Unclear);
    }
    let (piece, ease) = easy_piece(next).or_else(|| slower_piece(items.get(index)?, next))?;
    let following = following(items, index + 2, is_repeated);
    // After a bracket of several steps, five minutes or more are a piece of their own.
    let bracket = matches!(&items.get(index)?.node, Node::Repeat { body, .. } if is_set(body));
    if bracket && piece >= 300.0 {
        return Some(CommaReading::After);
    }
    let fits = (fits_between(piece, rep, ease), fits_after(piece, rep, ease, following));
    Some(match fits {
        // `4×2km HMP, 1km jog`: a run that ends with a jog is a cool-down, and has its name.
        (true, true) if following == Following::Nothing && is_jogged_distance(next) => CommaReading::Between,
        (true, false) => CommaReading::Between,
        (false, true) => CommaReading::After,
        (false, false) if piece >= 300.0 => CommaReading::After,
        _ => CommaReading::Unclear,
    })
}

/// True where the item after `items[index]` needs a word such as `then` to stand on its own.
pub fn needs_then(items: &[Item], index: usize, place: LinePlace) -> bool {
    let reading = reading(items, index, place == LinePlace::RepeatedBracket);
    reading.is_some_and(|reading| reading != CommaReading::After)
        || is_list_of_recoveries(items, index)
        || (place != LinePlace::Bracket && list::needs_then(items, index))
        || (place == LinePlace::Text && list::ends_with_recovery(items, index))
}

/// The seconds of one rep, where the item is a repeat of two or more without a recovery.
fn rep_without_recovery(item: &Item) -> Option<f64> {
    match &item.node {
        Node::Repeat { count, body, between: None, .. } if *count >= 2 && !ends_easy(body) => {
            nominal(body, WORK_PACE)
        }
        _ => None,
    }
}

/// True for a bracket of several steps.
fn is_set(body: &Item) -> bool {
    matches!(&body.node, Node::Group { items, .. } if items.len() > 1)
}

/// True for a bracket whose last piece is a recovery already.
fn ends_easy(body: &Item) -> bool {
    match &body.node {
        Node::Group { items, .. } => {
            // `(600m, 400m, 200m)` ends with a rep, and `(3min, 2min)` with a recovery.
            let is_named = |last: &Item| matches!(&last.node, Node::Step(step) if !step.targets.is_empty() || step.kind.is_some());
            let ends = |last: &Item| easy_piece(last).is_some() && (items.len() == 2 || is_named(last));
            items.len() > 1 && items.last().is_some_and(ends)
        }
        _ => false,
    }
}

/// The seconds and the ease of a plain step that could be a recovery.
fn easy_piece(item: &Item) -> Option<(f64, Ease)> {
    let Node::Step(step) = &item.node else { return None };
    let plain = item.label.is_none()
        && item.cues.is_empty()
        && step.cues.is_empty()
        // A recovery on the flat after hills says that it is flat.
        && step.incline.is_none_or(|incline| incline == (0.0, None))
        && !matches!(step.kind, Some(Kind::Warmup | Kind::Cooldown | Kind::Interval));
    // `3min jog 70%HRmax` has an effort, and where the heart should be.
    let is_measured = |target: &&Spanned<TargetLine>| {
        matches!(target.value, TargetLine::HeartRate(_) | TargetLine::Rpe(..))
    };
    let (measured, named): (Vec<_>, Vec<_>) = step.targets.iter().partition(is_measured);
    if !plain || named.len() > 1 || (named.is_empty() && !measured.is_empty()) {
        return None;
    }
    let ease = match (step.kind, named.first().map(|t| &t.value)) {
        (Some(Kind::Rest), None) => Ease::Rest,
        (Some(Kind::Recovery), None) => Ease::Recovery,
        (_, None) => Ease::Jog,
        (_, Some(TargetLine::Pace(PaceLine::Named { base, by: PaceOffset::None, .. }, None))) => match base {
            NamedTarget::Rest => Ease::Rest,
            NamedTarget::Walk => Ease::Walk,
            NamedTarget::Recovery => Ease::Recovery,
            NamedTarget::Easy => Ease::Jog,
            _ => return None,
        },
        _ => return None,
    };
    let pace = if ease == Ease::Walk { WALK_PACE } else { EASY_PACE };
    Some((nominal(item, pace)?, ease))
}

/// True for a distance that is said to be a jog or a recovery.
fn is_jogged_distance(item: &Item) -> bool {
    let Node::Step(step) = &item.node else { return false };
    let is_jog = |target: &Spanned<TargetLine>| {
        matches!(target.value, TargetLine::Pace(PaceLine::Named { shown: "jog" | "recovery", .. }, None))
    };
    matches!(step.end, EndLine::Distance { .. }) && step.targets.iter().any(is_jog)
}

/// First words of a label that says that its item is a recovery, and words that may follow them.
const RECOVERY_LABELS: [&str; 11] =
    ["ri", "r", "rec", "recs", "recover", "recovery", "recoveries", "rest", "jog", "walk", "between"];
const RECOVERY_WORDS: [&str; 8] = ["in", "between", "reps", "rep", "each", "interval", "jog", "walk"];

/// True for a label that only says that its item is a recovery: `RI`, `Rest between reps`.
fn is_recovery_label(label: &str) -> bool {
    let label = label.to_lowercase();
    let mut words = label.strip_prefix("in ").unwrap_or(&label).split_whitespace();
    words.next().is_some_and(|word| RECOVERY_LABELS.contains(&word))
        && words.all(|word| RECOVERY_WORDS.contains(&word))
}

/// Takes the label off a recovery, and the brackets around it.
pub fn without_label(mut item: Item) -> Item {
    if let Node::Group { items, part: None } = &mut item.node
        && items.len() == 1
        && let Some(inner) = items.pop()
    {
        item = inner;
    }
    if let Some(label) = item.label.take_if(|label| is_recovery_label(label)) {
        if label.get(..4).is_some_and(|word| word.eq_ignore_ascii_case("rest")) {
            item.kind = Some(Kind::Rest);
        }
        if let Node::Step(step) = &mut item.node
            && step.targets.is_empty()
        {
            step.kind = step.kind.or(item.kind.take());
        }
        item.kind = None;
    }
    item
}

/// The seconds and the ease of a piece whose label says that it is a recovery: `RI: 90s`, `(RI: 400m)`.
fn labelled_recovery(item: &Item) -> Option<(f64, Ease)> {
    let item = match &item.node {
        Node::Group { items, .. } if item.label.is_none() && items.len() == 1 => items.first()?,
        _ => item,
    };
    is_recovery_label(item.label.as_deref()?).then_some(())?;
    easy_piece(&Item { label: None, kind: None, ..item.clone() })
}

/// True for a piece at the pace of a longer race than the reps before it, and not longer than a rep: `5×1km 10K, 1km MP`.
/// That could be a float between the reps.
fn is_float(reps: &Item, piece: &Item, rep: f64) -> bool {
    let Node::Repeat { body, .. } = &reps.node else { return false };
    let plain = |item: &Item| item.label.is_none() && item.cues.is_empty();
    let named = |item: &Item| match &item.node {
        Node::Step(step) if step.kind.is_none() && step.cues.is_empty() => match step.targets.as_slice() {
            [Spanned { value: TargetLine::Pace(PaceLine::Named { base, .. }, None), .. }] => Some(*base),
            _ => None,
        },
        _ => None,
    };
    // Reps without a target are hard.
    let is_bare = matches!(&body.node, Node::Step(step) if step.kind.is_none() && step.targets.is_empty());
    let rep_target = if is_bare { Some(NamedTarget::Hard) } else { named(body) };
    let slower = match (rep_target, named(piece)) {
        (Some(rep), Some(piece)) => (NamedTarget::Steady.rank()..rep.rank()).contains(&piece.rank()),
        _ => false,
    };
    plain(body) && plain(piece) && slower && nominal(piece, WORK_PACE).is_some_and(|seconds| seconds <= rep)
}

/// How hard a plain step is, in numbers that compare with those of another.
#[derive(Clone, Copy, Debug, PartialEq)]
enum NumberedTarget {
    /// Metres per second.
    Speed(f64),
    Zone(f64),
    Rpe(f64),
    /// Beats a minute, or a percentage.
    Beats(f64),
}

/// The seconds of a plain step that is clearly slower than the reps before it, in numbers: `10×60s 12km/h, 60s 8km/h`.
fn slower_piece(reps: &Item, piece: &Item) -> Option<(f64, Ease)> {
    let Node::Repeat { body, .. } = &reps.node else { return None };
    let plain = |item: &Item| item.label.is_none() && item.cues.is_empty();
    if !plain(piece)
        || !matches!(&piece.node, Node::Step(step) if step.kind.is_none() && step.cues.is_empty())
    {
        return None;
    }
    let slower = match (numbered_target(body)?, numbered_target(piece)?) {
        (NumberedTarget::Speed(rep), NumberedTarget::Speed(piece)) => piece <= SLOWER * rep,
        (NumberedTarget::Zone(rep), NumberedTarget::Zone(piece)) => piece <= 2.0 && piece < rep - 1.0,
        (NumberedTarget::Beats(rep), NumberedTarget::Beats(piece)) => piece <= SLOWER * rep,
        (NumberedTarget::Rpe(rep), NumberedTarget::Rpe(piece)) => piece <= 4.0 && piece < rep - 2.0,
        _ => false,
    };
    if slower { Some((nominal(piece, EASY_PACE)?, Ease::Jog)) } else { None }
}

fn numbered_target(item: &Item) -> Option<NumberedTarget> {
    let Node::Step(step) = &item.node else { return None };
    let [target] = step.targets.as_slice() else { return None };
    Some(match target.value {
        TargetLine::Pace(PaceLine::Pace(a, b, unit), None) => {
            NumberedTarget::Speed(Speed::from_pace((a + b) / 2.0, unit).mps())
        }
        TargetLine::Pace(PaceLine::Speed(a, b, unit), None) => {
            NumberedTarget::Speed(unit.speed((a + b) / 2.0).mps())
        }
        TargetLine::HeartRate(HeartLine::Zone(zone)) => NumberedTarget::Zone(f64::from(zone.number())),
        TargetLine::HeartRate(HeartLine::Bpm(low, high)) => {
            NumberedTarget::Beats(f64::from(low + high) / 2.0)
        }
        TargetLine::HeartRate(HeartLine::Percent(low, high, _)) => NumberedTarget::Beats((low + high) / 2.0),
        TargetLine::Rpe(low, high) => NumberedTarget::Rpe((low + high) / 2.0),
        _ => return None,
    })
}

/// Could it be the recovery of one rep?
fn fits_between(piece: f64, rep: f64, ease: Ease) -> bool {
    let ratio = piece / rep;
    let still = matches!(ease, Ease::Rest | Ease::Recovery);
    match piece {
        p if p <= 120.0 => ratio <= 15.0,
        p if p < 240.0 => ratio <= 8.0,
        p if p < 480.0 => ratio <= 4.0,
        p if p <= 900.0 => ratio <= if still { 1.5 } else { 0.6 },
        _ => false,
    }
}

/// Would a runner write it as a piece of its own there?
fn fits_after(piece: f64, rep: f64, ease: Ease, following: Following) -> bool {
    let ratio = piece / rep;
    let following =
        if following == Following::Walk && ease != Ease::Walk { Following::Nothing } else { following };
    match (following, ease) {
        (Following::Nothing | Following::Easy, Ease::Rest) => false,
        (Following::Nothing, Ease::Walk) => piece >= 300.0,
        (Following::Nothing, _) => piece >= 300.0 || (piece >= 180.0 && ratio > 4.0),
        (Following::Easy | Following::Walk, Ease::Walk) => piece >= 180.0,
        (Following::Easy | Following::Walk, _) => false,
        (Following::Work, _) => piece >= 60.0 && !(ratio <= 1.0 && piece <= 180.0),
        (Following::ParallelRepeat, _) => false,
        (Following::RepeatedBracket, _) => !(ratio <= 1.0 && piece <= 90.0),
    }
}

fn following(items: &[Item], index: usize, is_repeated: bool) -> Following {
    let Some(item) = items.get(index) else {
        return if is_repeated { Following::RepeatedBracket } else { Following::Nothing };
    };
    if let Node::Repeat { between: None, .. } = item.node
        && items.get(index + 1).is_some_and(|next| easy_piece(next).is_some_and(|(s, _)| s < 300.0))
    {
        return Following::ParallelRepeat;
    }
    let Node::Step(step) = &item.node else { return Following::Work };
    let cooldown = step.kind == Some(Kind::Cooldown) || item.kind == Some(Kind::Cooldown);
    match (step.targets.first().map(|t| &t.value), step.kind) {
        _ if cooldown => Following::Easy,
        (None, _) => Following::Easy,
        (Some(TargetLine::Pace(PaceLine::Named { base, .. }, None)), _) => match base {
            NamedTarget::Walk => Following::Walk,
            NamedTarget::Easy | NamedTarget::Recovery | NamedTarget::Rest => Following::Easy,
            _ => Following::Work,
        },
        _ => Following::Work,
    }
}

/// `3×400m / 60s, 60s, 3min`: several recoveries in a list, which no repeat has.
pub fn is_list_of_recoveries(items: &[Item], index: usize) -> bool {
    list_of_recoveries(items, index).is_some()
}

/// The seconds of a piece that could be another recovery in a list.
fn list_of_recoveries(items: &[Item], index: usize) -> Option<f64> {
    let (item, piece) = (items.get(index)?, items.get(index + 1)?);
    let Node::Repeat { between: Some(between), .. } = &item.node else { return None };
    let Node::Step(step) = &piece.node else { return None };
    let Node::Step(recovery) = &between.node else { return None };
    let bare =
        piece.label.is_none() && step.targets.is_empty() && step.kind.is_none() && step.cues.is_empty();
    let same = step.targets.iter().map(|t| &t.value).eq(recovery.targets.iter().map(|t| &t.value))
        && step.end == recovery.end
        && step.kind == recovery.kind
        && step.incline == recovery.incline
        && step.cues.is_empty()
        && piece.label.is_none();
    let seconds = nominal(piece, EASY_PACE)?;
    let listed = bare && easy_piece(between).is_some() && seconds < 300.0;
    let repeated = same && seconds < 180.0;
    (listed || repeated).then_some(seconds)
}
