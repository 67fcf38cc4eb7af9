//! Recoveries by a word: `w/ 90s jog`, `off 60`, `(200m jog)`, `on 2:30`.

use super::piece::{PhraseBody, PhrasePiece, RecoveryPhrase};
use super::step_phrase::{LengthSort, RECOVERIES, StepPhrase, StepPlace, time_text};
use super::{PhraseReader, PhraseResult, PhrasingError, required};
use crate::workout::language::messages::phrase::PhraseProblem;

/// Words that introduce a recovery.
const INTRODUCERS: [&str; 14] = [
    "with a",
    "with",
    "w/ a",
    "w/",
    "w.",
    "off a",
    "off",
    "recoveries of",
    "recovery of",
    "rest of",
    "r=",
    "R=",
    "rec=",
    "RI",
];
/// Words that introduce a recovery and say what it is.
const SPEAKING: [(&str, &str); 4] =
    [("rest", "rest"), ("jog", "jog"), ("walk", "walk"), ("recovery", "recovery")];

/// Words before the time from one start to the next, and whether a word has to follow it: `on a 2:30 cycle`.
const SEND_OFFS: [(&str, bool); 11] = [
    ("leaving every", false),
    ("going every", false),
    ("starting every", false),
    ("every", false),
    ("on a", true),
    ("on the", true),
    ("on", false),
    ("off a", true),
    ("off the", true),
    ("off", true),
    ("@ ", false),
];
/// The longest piece, in seconds, that its label makes a recovery.
const LONGEST_LABELLED: f64 = 240.0;
/// The shortest time in brackets, in seconds, that may be a pace per kilometre.
const FASTEST_PACE: f64 = 150.0;
/// The shortest rep, in metres, whose time is often written beside its pace.
const SHORTEST_TIMED: f64 = 800.0;
/// Words before a recovery whose bare number, up to ten, is minutes.
const BEFORE_MINUTES: [&str; 5] = ["off", "w/", "rec", "recs", "rec:"];
/// Words after a recovery's bare number.
const BARE: [&str; 6] = ["jog", "rest", "walk", "recovery", "easy", "float"];
/// Words after the time from one start to the next.
const CYCLES: [&str; 6] = ["cycle", "cycles", "turnaround", "send off", "sendoff", "departure"];

impl PhraseReader<'_> {
    /// The recovery after `body`, where one stands there.
    pub(super) fn recovery(&mut self, body: &PhrasePiece) -> PhraseResult<Option<RecoveryPhrase>> {
        let sort = body.length_sort();
        if self.scan.eat(&['/']).is_some() {
            if self.sees_second_race() {
                return Err(PhrasingError::Unread);
            }
            return Ok(Some(self.between(sort)?));
        }
        if let Some(open) = self.scan.eat(&['(', '[']) {
            let introduced = self.introducer();
            let between = match if introduced { None } else { self.speaking(sort)? } {
                Some(between) => between,
                None => self.bracketed(body, sort)?,
            };
            required(self.scan.eat(&[if open == '(' { ')' } else { ']' }]))?;
            return Ok(Some(between));
        }
        if let Some(send_off) = self.send_off()? {
            return Ok(Some(send_off));
        }
        let before = self.scan.clone();
        if self.introducer() {
            if let Some(speaking) = self.speaking(sort)? {
                return Ok(Some(speaking));
            }
            if !self.sees_step_part() {
                return Ok(Some(self.introduced(before.at, sort)?));
            }
            self.scan = before;
            return Ok(None);
        }
        if let Some(speaking) = self.speaking(sort)? {
            return Ok(Some(speaking));
        }
        // `6x800m 400m jog`: a length and a recovery's word, without any mark.
        if self.scan.peek().is_some_and(|c| c.is_ascii_digit())
            && let Ok(step) = self.step(StepPlace::Recovery(sort))
            && (step.is_recovery()
                || step.is_marked_recovery()
                || (step.is_only_time() && body.has_pace() && matches!(body.body, PhraseBody::Step(_))))
        {
            return Ok(Some(RecoveryPhrase::of(&step)));
        }
        self.scan = before;
        Ok(None)
    }

    /// The recovery after a comma, for reps that have one in any case: `yasso 800s x 10, 400 jog`.
    pub(super) fn recovery_behind_comma(&mut self, sort: Option<LengthSort>) -> Option<RecoveryPhrase> {
        let before = self.scan.clone();
        let notes = self.notes.len();
        if self.scan.eat(&[',', ';']).is_some()
            && let Ok(step) = self.step(StepPlace::Recovery(sort))
            && (step.is_recovery() || step.is_marked_recovery())
        {
            return Some(RecoveryPhrase::of(&step));
        }
        self.notes.truncate(notes);
        self.scan = before;
        None
    }

    /// True after the slash of `10k/5k`: a second pace, not a recovery of that distance.
    fn sees_second_race(&self) -> bool {
        let before = self.scan.text.get(..self.scan.at).unwrap_or_default().to_lowercase();
        let mut ahead = self.scan.clone();
        let number = ahead.number();
        let is_race = number.is_some_and(|number| [3.0, 5.0, 10.0, 15.0].contains(&number));
        let is_paced = ["k/", "mp/", "pace/", "mile/"].iter().any(|end| before.ends_with(end));
        is_race
            && is_paced
            && ahead.eat(&['k', 'K']).is_some()
            && ahead.peek().is_none_or(|c| ",;\n)".contains(c))
    }

    pub(super) fn sees_step_part(&self) -> bool {
        let mut ahead = self.scan.clone();
        let _ = ahead.take("the");
        ["last", "final", "first", "middle"].iter().any(|word| ahead.take(word))
    }

    pub(super) fn introducer(&mut self) -> bool {
        if INTRODUCERS.iter().any(|word| self.scan.take(word)) {
            let _ = self.scan.eat(&[':', '=']);
            return true;
        }
        // `r 90s`, `R: 2min`, `rec 2min`: a length has to follow, or `R` is a pace.
        let mut ahead = self.scan.clone();
        let word = ["recs", "rec", "r", "w"].iter().any(|word| ahead.take(word));
        let _ = word && ahead.eat(&[':', '=']).is_some();
        if word && ahead.peek().is_some_and(|c| c.is_ascii_digit()) {
            self.scan = ahead;
            return true;
        }
        false
    }

    /// True at `rest:` and `recovery:`, which say what follows.
    pub(super) fn sees_recovery_label(&self) -> bool {
        SPEAKING.iter().any(|(word, _)| {
            let mut ahead = self.scan.clone();
            ahead.take(word) && ahead.eat(&[':', '=']).is_some()
        })
    }

    /// `rest: 60s`, `recovery: 2min jog`. A long piece with such a label may follow the reps.
    pub(super) fn labelled_recovery(&mut self, sort: Option<LengthSort>) -> Option<RecoveryPhrase> {
        let before = self.scan.clone();
        let (_, target) = SPEAKING.iter().find(|(word, _)| self.scan.take(word))?;
        let step = (|| {
            self.scan.eat(&[':', '='])?;
            let mut step = self.step(StepPlace::Recovery(sort)).ok()?;
            let _ = step.give_target(target);
            step.seconds().is_some_and(|seconds| seconds <= LONGEST_LABELLED).then_some(step)
        })();
        if step.is_none() {
            self.scan = before;
        }
        step.map(|step| RecoveryPhrase::of(&step))
    }

    /// `rest 60s`, `jog 200m`, `equal jog`, `full recovery`.
    pub(super) fn speaking(&mut self, sort: Option<LengthSort>) -> PhraseResult<Option<RecoveryPhrase>> {
        let before = self.scan.clone();
        if let Some(share) = self.equal_share(sort) {
            return Ok(Some(share));
        }
        for (word, target) in SPEAKING {
            if self.scan.take(word) {
                let _ = self.scan.eat(&[':', '=']);
                if self.scan.peek().is_some_and(|c| c.is_ascii_digit()) {
                    let mut step = self.step(StepPlace::Recovery(sort))?;
                    let _ = step.give_target(target);
                    return Ok(Some(RecoveryPhrase::of(&step)));
                }
                self.scan = before.clone();
            }
        }
        if let Ok(step) = self.step(StepPlace::Recovery(sort))
            && step.back.is_some()
        {
            return Ok(Some(RecoveryPhrase::of(&step)));
        }
        self.scan = before;
        Ok(None)
    }

    /// Skips the words after a share: `50-90% of the interval time`.
    pub(super) fn share_of_rep(&mut self) -> bool {
        let _ = self.scan.take("of");
        let _ = self.scan.take("the");
        let _ = ["interval time", "rep time", "interval", "rep"].iter().any(|word| self.scan.take(word));
        true
    }

    /// `equal jog`, `1:1 rest`, `same time jog`: a share of the rep, which is measured as `sort`.
    pub(super) fn equal_share(&mut self, sort: Option<LengthSort>) -> Option<RecoveryPhrase> {
        let before = self.scan.clone();
        let is_timed = ["equal time", "same time", "1:1"].iter().any(|word| self.scan.take(word));
        let is_far = !is_timed
            && ["equal distance", "same distance", "equal", "same"].iter().any(|word| self.scan.take(word));
        let share = is_timed || is_far;
        let half = !share && ["half time", "half the time", "half"].iter().any(|word| self.scan.take(word));
        if share || half {
            let words = [
                ("jog", "jog"),
                ("jogs", "jog"),
                ("jog rest", "jog"),
                ("jog recovery", "jog"),
                ("jog recoveries", "jog"),
                ("recovery jog", "jog"),
                ("rest", "rest"),
                ("walk", "walk"),
                ("recovery", "recovery"),
                ("recoveries", "recovery"),
                ("recov", "recovery"),
                ("recs", "recovery"),
                ("rec", "recovery"),
                ("rests", "rest"),
                ("float recoveries", "jog"),
                ("float", "jog"),
                ("float recovery", "jog"),
                ("floats", "jog"),
                ("easy", "easy"),
            ];
            let is_float = self.scan.sees("float") || self.scan.sees("floats");
            if let Some(target) = self.scan.longest(&words) {
                if is_float {
                    self.notes.push("A float as long as its rep is taken as a jog.".to_string());
                }
                // A jog after a distance is as far as that.
                if is_far && sort == Some(LengthSort::Metres) && ["jog", "walk"].contains(&target) {
                    return Some(RecoveryPhrase::same_distance(target));
                }
                let share = if share { "100%" } else { "50%" };
                return Some(RecoveryPhrase::notation(format!("{share} {target}")));
            }
        }
        self.scan = before;
        None
    }

    pub(super) fn between(&mut self, sort: Option<LengthSort>) -> PhraseResult<RecoveryPhrase> {
        if self.scan.peek() == Some('(') {
            return Ok(RecoveryPhrase::notation(self.group()?.render()));
        }
        if let Some(share) = self.equal_share(sort) {
            return Ok(share);
        }
        let step = self.step(StepPlace::Recovery(sort))?;
        Ok(RecoveryPhrase::of(&step))
    }

    /// The recovery after the introducing word at `start`. A bare number is minutes up to ten, else seconds or metres.
    pub(super) fn introduced(
        &mut self,
        start: usize,
        sort: Option<LengthSort>,
    ) -> PhraseResult<RecoveryPhrase> {
        let word = self.since(start).to_lowercase();
        let number = self.scan.clone().number();
        let mut ahead = self.scan.clone();
        let _ = ahead.number();
        let is_bare =
            ahead.peek().is_none_or(|c| ",;\n)]".contains(c)) || BARE.iter().any(|word| ahead.sees(word));
        let Some(number) = number.filter(|n| is_bare && n.fract() == 0.0) else { return self.between(sort) };
        let minutes = BEFORE_MINUTES.contains(&word.as_str()) && (1.0..=10.0).contains(&number);
        let recovery = if minutes {
            self.scan = ahead;
            let target = self.named_target();
            let target = target.filter(|target| RECOVERIES.contains(&target.as_str()));
            let length = time_text(number * 60.0);
            RecoveryPhrase::notation(target.map_or(length.clone(), |target| format!("{length} {target}")))
        } else {
            self.between(sort)?
        };
        if let RecoveryPhrase::Between(text, _) = &recovery {
            let length = text.split(' ').next().unwrap_or_default();
            self.notes.push(format!("`{word} {number}` names no unit: taken as {length}."));
        }
        Ok(recovery)
    }

    /// `8x400m (90s) w/ 90s jog`: a time in brackets before a recovery is that of each rep.
    pub(super) fn timed_bracket(&mut self, step: &mut StepPhrase) -> PhraseResult<()> {
        let before = self.scan.clone();
        let notes = self.notes.len();
        let mut timed = step.clone();
        let metres = step.length_sort() == Some(LengthSort::Metres) && step.within.is_none();
        if metres
            && self.scan.eat(&['(']).is_some()
            && (self.unitless(&mut timed, true).unwrap_or(false) || self.timed(&mut timed).unwrap_or(false))
            && self.scan.eat(&[')']).is_some()
        {
            let rep = PhrasePiece::step(timed.clone());
            if self.ahead().recovery(&rep).is_ok_and(|recovery| recovery.is_some()) {
                *step = timed;
                return Ok(());
            }
        }
        self.notes.truncate(notes);
        self.scan = before;
        Ok(())
    }

    /// `(90s)`. A clock alone after a distance could be the rep's time as well.
    pub(super) fn bracketed(
        &mut self,
        body: &PhrasePiece,
        sort: Option<LengthSort>,
    ) -> PhraseResult<RecoveryPhrase> {
        let start = self.scan.at;
        let mut ahead = self.scan.clone();
        let clock = ahead.clock();
        let number = clock.is_some() || ahead.number().is_some();
        let alone = number && ahead.peek() == Some(')');
        // `6x1km 5K (3:50)`: as long as a rep at that pace takes.
        // `6 x 1000 (200)`: nobody writes the time of a rep so.
        let written = self.scan.clone().number().filter(|_| alone && clock.is_none());
        if let Some(jog) = written.filter(|n| n % 100.0 == 0.0 && (200.0..=800.0).contains(n))
            && body.metres().is_some_and(|metres| metres > jog)
        {
            self.scan = ahead;
            return Ok(RecoveryPhrase::notation(format!("{jog}m")));
        }
        let metres = body.metres().filter(|metres| *metres >= SHORTEST_TIMED);
        let timed = metres.zip(clock).is_some_and(|(m, s)| (12.0..=24.0).contains(&(m / s * 3.6)));
        if alone && sort == Some(LengthSort::Metres) && (!body.has_pace() || timed) {
            self.scan = ahead;
            return self.unclear_bracket(start);
        }
        if let Some(end) = self.pace_in_brackets(sort) {
            self.scan.at = end;
            return self.unclear_bracket(start);
        }
        self.between(sort)
    }

    fn unclear_bracket<T>(&self, start: usize) -> PhraseResult<T> {
        let written = self.since(start).to_string();
        self.unclear(start, PhraseProblem::UnclearBracket { written })
    }

    /// The place behind `4:05-4:10` in brackets, or behind `4:05` after a time: more likely a pace than a recovery, which
    /// does not vary by seconds.
    fn pace_in_brackets(&self, sort: Option<LengthSort>) -> Option<usize> {
        let mut ahead = self.scan.clone();
        let clock = ahead.clock().filter(|clock| *clock >= FASTEST_PACE)?;
        let is_range = ahead.eat(&['-', '–']).is_some() && ahead.clock().is_some();
        let is_odd = sort == Some(LengthSort::Seconds) && clock % 15.0 != 0.0;
        (ahead.peek() == Some(')') && (is_range || is_odd)).then_some(ahead.at)
    }

    /// `on 2:30`, `leaving every 3min`.
    pub(super) fn send_off(&mut self) -> PhraseResult<Option<RecoveryPhrase>> {
        let before = self.scan.clone();
        for (word, needs_cycle) in SEND_OFFS {
            if !self.scan.take(word) {
                continue;
            }
            let place = StepPlace::Recovery(Some(LengthSort::Seconds));
            let after = self.scan.clone();
            if let Ok(Some(length)) = self.length(place)
                && length.sort == LengthSort::Seconds
                && CYCLES.iter().any(|word| self.scan.take(word))
            {
                return Ok(Some(RecoveryPhrase::SendOff(length.text)));
            }
            self.scan = after;
            match self.step(place) {
                Ok(step) if step.is_recovery() && word == "on" => {
                    return Ok(Some(RecoveryPhrase::of(&step)));
                }
                Ok(step) if step.is_only_time() && !needs_cycle => {
                    let length = required(step.length)?;
                    return Ok(Some(RecoveryPhrase::SendOff(length.text)));
                }
                _ => self.scan = before.clone(),
            }
        }
        Ok(None)
    }
}
