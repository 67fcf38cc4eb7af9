//! Remarks about a calendar that compiles: what a coach would say about it.

use super::calendar::{Calendar, CalendarDay, CalendarWeek, PlanItem, PlannedSession};
use super::item_id::ItemSlot;
use super::training::SessionKind;
use crate::units::{Distance, Millis, trimmed};
use chrono::NaiveDate;
use std::fmt;

/// The share of a week's running that should be easy.
const EASY_SHARE: f64 = 0.7;
/// The shortest run that is compared with the runs before it.
pub(crate) const SHORTEST_COMPARED: Millis = Millis::from_secs(30 * 60);
/// The shortest recovery run that is remarked on.
const SHORTEST_RECOVERY: Millis = Millis::from_secs(20 * 60);
/// The days before a run that it is compared with.
pub(crate) const DAYS_COMPARED: i64 = 30;

/// A remark about a plan. Each kind is made once, with all its places.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanRemark {
    /// The kind.
    pub kind: RemarkKind,
    /// The weeks and days that it is about, in order.
    pub places: Vec<RemarkPlace>,
}

/// The kind of a remark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RemarkKind {
    /// Two days in a row with a hard session.
    HardDaysInARow,
    /// Two progression runs or more in a week.
    TwoProgressions,
    /// Less than 70 % of a week's running in zones 1 and 2.
    HardWeek,
    /// A run that is longer than the longest of the 30 days before by more than a tenth.
    LongJump,
    /// Fewer than two strength sessions in a week.
    LittleStrength,
    /// A recovery run after a day that was neither hard nor long.
    IdleRecovery,
}

impl RemarkKind {
    /// True for a warning, false for a note.
    pub const fn is_warning(self) -> bool {
        matches!(self, RemarkKind::HardDaysInARow | RemarkKind::TwoProgressions | RemarkKind::HardWeek)
    }

    /// Returns the name for programs, in kebab-case.
    pub const fn code(self) -> &'static str {
        match self {
            RemarkKind::HardDaysInARow => "hard-days-in-a-row",
            RemarkKind::TwoProgressions => "two-progressions",
            RemarkKind::HardWeek => "hard-week",
            RemarkKind::LongJump => "long-jump",
            RemarkKind::LittleStrength => "little-strength",
            RemarkKind::IdleRecovery => "idle-recovery",
        }
    }

    /// Returns the sentence before the places.
    pub const fn sentence(self) -> &'static str {
        match self {
            RemarkKind::HardDaysInARow => "two hard days in a row",
            RemarkKind::TwoProgressions => "more than one progression run in a week",
            RemarkKind::HardWeek => "less than 70 % of the running is easy",
            RemarkKind::LongJump => "longer than the longest run of the 30 days before by more than a tenth",
            RemarkKind::LittleStrength => "fewer than two strength sessions",
            RemarkKind::IdleRecovery => "a recovery run that follows neither a hard nor a long day",
        }
    }

    /// Returns the reason for the rule, with its source.
    pub const fn reason(self) -> &'static str {
        match self {
            RemarkKind::HardDaysInARow => "hard days need an easy day between them",
            RemarkKind::TwoProgressions => "one progression run a week is enough beside other hard sessions",
            RemarkKind::HardWeek => "most training advice has 70 to 80 % of the time in zones 1 and 2",
            RemarkKind::LongJump => {
                "such runs went with more overuse injuries (Frandsen 2025, 5,205 runners): an association, not a cause"
            }
            RemarkKind::LittleStrength => "two sessions a week are the usual advice",
            RemarkKind::IdleRecovery => {
                "recovery runs belong after hard and long days; otherwise run easy or rest"
            }
        }
    }
}

/// A place that a remark is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemarkPlace {
    /// The number of the week, from 1.
    pub week: usize,
    /// The days, as the plan names them. Empty for the whole week.
    pub days: Vec<ItemSlot>,
    /// The figures, such as `64.8 %`.
    pub figures: Option<String>,
}

impl fmt::Display for RemarkPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "week {}", self.week)?;
        self.write_rest(f)
    }
}

impl RemarkPlace {
    /// Writes the days and the figures.
    fn write_rest(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (nth, day) in self.days.iter().enumerate() {
            write!(f, "{}{}", if nth == 0 { " " } else { "/" }, day.key())?;
        }
        match &self.figures {
            Some(figures) => write!(f, " ({figures})"),
            None => Ok(()),
        }
    }
}

/// Writes the remark as one line: `two hard days in a row: week 2 tue/wed, weeks 5–8 tue/wed`.
impl fmt::Display for PlanRemark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_next = |first: &RemarkPlace, second: &RemarkPlace| {
            second.week == first.week + 1 && first.days == second.days && first.figures == second.figures
        };
        write!(f, "{}:", self.kind.sentence())?;
        for (nth, weeks) in self.places.chunk_by(is_next).enumerate() {
            f.write_str(if nth == 0 { " " } else { ", " })?;
            match weeks {
                [first, .., last] => {
                    write!(f, "weeks {}–{}", first.week, last.week)?;
                    first.write_rest(f)?;
                }
                weeks => weeks.iter().try_for_each(|place| write!(f, "{place}"))?,
            }
        }
        Ok(())
    }
}

/// A run, planned or from the log.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RunLength {
    /// The date.
    pub on: NaiveDate,
    /// The time. `None` for a race, whose time is not known in advance.
    pub time: Option<Millis>,
    /// The distance, if the whole of it is known.
    pub distance: Option<Distance>,
}

/// Returns the remarks about a calendar, warnings first. `logged` are the runs before it, in any order, if the log goes
/// back 30 days.
pub fn plan_remarks(calendar: &Calendar, logged: &[RunLength]) -> Vec<PlanRemark> {
    let kinds = [
        (RemarkKind::HardDaysInARow, hard_days_in_a_row(calendar)),
        (RemarkKind::TwoProgressions, by_week(calendar, two_progressions)),
        (RemarkKind::HardWeek, by_week(calendar, hard_week)),
        (RemarkKind::LongJump, long_jumps(calendar, logged)),
        (RemarkKind::LittleStrength, by_week(calendar, little_strength)),
        (RemarkKind::IdleRecovery, idle_recoveries(calendar)),
    ];
    let remarks = kinds.into_iter().filter(|(_, places)| !places.is_empty());
    remarks.map(|(kind, places)| PlanRemark { kind, places }).collect()
}

fn by_week(calendar: &Calendar, judge: fn(&CalendarWeek) -> Option<RemarkPlace>) -> Vec<RemarkPlace> {
    calendar.weeks.iter().filter_map(judge).collect()
}

/// Returns each day with the number of its week.
fn numbered(calendar: &Calendar) -> Vec<(usize, &CalendarDay)> {
    calendar.weeks.iter().flat_map(|week| week.days.iter().map(|day| (week.number, day))).collect()
}

fn is_hard(day: &CalendarDay) -> bool {
    day.items.iter().any(|item| item.kind().is_some_and(SessionKind::is_hard))
}

fn hard_days_in_a_row(calendar: &Calendar) -> Vec<RemarkPlace> {
    let days = numbered(calendar);
    let pairs = days.windows(2).filter_map(|pair| match pair {
        [(_, first), (week, second)] if is_hard(first) && is_hard(second) => {
            Some(RemarkPlace { week: *week, days: vec![first.slot, second.slot], figures: None })
        }
        _ => None,
    });
    pairs.collect()
}

fn two_progressions(week: &CalendarWeek) -> Option<RemarkPlace> {
    let is_progression = |item: &PlanItem| item.workout().is_some_and(|workout| workout.figures.progression);
    let days: Vec<ItemSlot> =
        week.days.iter().filter(|day| day.items.iter().any(is_progression)).map(|day| day.slot).collect();
    let count = week.items().filter(|item| is_progression(item)).count();
    (count >= 2).then_some(RemarkPlace { week: week.number, days, figures: None })
}

fn hard_week(week: &CalendarWeek) -> Option<RemarkPlace> {
    let mut zones = [0.0; 6];
    for workout in week.items().filter_map(PlanItem::workout) {
        for (sum, time) in zones.iter_mut().zip(workout.figures.zones) {
            *sum += time.as_secs_f64();
        }
    }
    let running: f64 = zones.iter().skip(1).sum();
    let share = |up_to: usize| zones.iter().take(up_to + 1).skip(1).sum::<f64>() / running;
    if running <= 0.0 || share(2) >= EASY_SHARE {
        return None;
    }
    let percent = |share: f64| format!("{:.1} %", share * 100.0);
    let figures = format!("{}; {} up to zone 3", percent(share(2)), percent(share(3)));
    Some(RemarkPlace { week: week.number, days: Vec::new(), figures: Some(figures) })
}

/// Returns the length of a session, if it is a run that is long enough to be compared.
fn run_length(session: &PlannedSession, on: NaiveDate) -> Option<RunLength> {
    match session {
        PlannedSession::Rest => None,
        PlannedSession::Race(race) => Some(RunLength { on, time: None, distance: Some(race.distance) }),
        PlannedSession::Workout(workout) => {
            let figures = &workout.figures;
            let counts = figures.kind.is_run() && figures.time >= SHORTEST_COMPARED;
            counts.then_some(RunLength { on, time: Some(figures.time), distance: figures.distance })
        }
    }
}

/// The longest of some runs, and the share by which another run is longer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LongerRun {
    /// The longest of the runs.
    pub(crate) longest: RunLength,
    /// True if distances were compared, false for times.
    pub(crate) by_distance: bool,
    /// The other run as a multiple of it.
    pub(crate) ratio: f64,
}

/// Compares a run with the longest of `before`: by distance if both are known, else by time.
pub(crate) fn compare_with_longest<'a>(
    run: RunLength,
    before: impl Iterator<Item = &'a RunLength> + Clone,
) -> Option<LongerRun> {
    let longest = |measure: fn(&RunLength) -> Option<f64>| {
        let measured = before.clone().filter_map(|run| Some((measure(run)?, *run)));
        measured.filter(|(length, _)| *length > 0.0).max_by(|a, b| a.0.total_cmp(&b.0))
    };
    let metres = |run: &RunLength| run.distance.map(Distance::metres);
    let seconds = |run: &RunLength| run.time.map(Millis::as_secs_f64);
    let compared = |length: Option<f64>, measure: fn(&RunLength) -> Option<f64>, by_distance| {
        let (most, longest) = longest(measure)?;
        Some(LongerRun { longest, by_distance, ratio: length? / most })
    };
    compared(metres(&run), metres, true).or_else(|| compared(seconds(&run), seconds, false))
}

/// True for a ratio above 1.10. Exactly a tenth more is not.
pub(crate) fn is_jump(ratio: f64) -> bool {
    ratio > 1.1 + 1e-9
}

fn long_jumps(calendar: &Calendar, logged: &[RunLength]) -> Vec<RemarkPlace> {
    let mut runs: Vec<RunLength> = logged.to_vec();
    let mut places = Vec::new();
    let known_from = logged.iter().map(|run| run.on).chain(calendar.first_day()).min();
    for (week, day) in numbered(calendar) {
        let sessions = day.items.iter().filter_map(|item| run_length(item.usual(), day.date));
        let of_day: Vec<RunLength> = sessions.collect();
        let is_known = known_from.is_some_and(|from| (day.date - from).num_days() >= DAYS_COMPARED);
        for run in of_day.iter().filter(|_| is_known) {
            let before = runs.iter().filter(|run| {
                let days = (day.date - run.on).num_days();
                (1..=DAYS_COMPARED).contains(&days)
            });
            let Some(longer) = compare_with_longest(*run, before).filter(|l| is_jump(l.ratio)) else {
                continue;
            };
            let figures = Some(jump_figures(run, &longer));
            places.push(RemarkPlace { week, days: vec![day.slot], figures });
        }
        runs.extend(of_day);
    }
    places
}

fn jump_figures(run: &RunLength, longer: &LongerRun) -> String {
    let length = |run: &RunLength| match (longer.by_distance, run.distance, run.time) {
        (true, Some(distance), _) => format!("{} km", trimmed(distance.metres() / 1000.0, 1)),
        (_, _, Some(time)) => format!("{} min", time.whole_secs() / 60),
        _ => String::new(),
    };
    let percent = trimmed((longer.ratio - 1.0) * 100.0, 0);
    format!("{} after {}, +{percent} %", length(run), length(&longer.longest))
}

fn little_strength(week: &CalendarWeek) -> Option<RemarkPlace> {
    let has_race = week.items().any(|item| item.kind() == Some(SessionKind::Race));
    let count = week.items().filter(|item| item.kind() == Some(SessionKind::Strength)).count();
    let place = RemarkPlace { week: week.number, days: Vec::new(), figures: Some(count.to_string()) };
    (!has_race && count < 2).then_some(place)
}

fn idle_recoveries(calendar: &Calendar) -> Vec<RemarkPlace> {
    let is_recovery = |item: &PlanItem| {
        let figures = item.workout().map(|workout| &workout.figures);
        figures.is_some_and(|f| f.kind == SessionKind::Recovery && f.time >= SHORTEST_RECOVERY)
    };
    let days = numbered(calendar);
    let idle = days.windows(2).filter_map(|pair| match pair {
        [(_, before), (week, day)] if day.items.iter().any(is_recovery) => {
            let earned = is_hard(before) || before.items.iter().any(|item| item.is_long);
            let place = RemarkPlace { week: *week, days: vec![day.slot], figures: None };
            (!earned).then_some(place)
        }
        _ => None,
    });
    idle.collect()
}
