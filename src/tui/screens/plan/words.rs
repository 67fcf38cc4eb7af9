//! Sessions and days of a plan in words.

use super::view::{MoveTarget, OfferTarget, SessionMark, SessionOffer};
use crate::agenda::{Agenda, AgendaDay, AgendaItem, ItemState, shortened};
use crate::belt::Treadmill;
use crate::display;
use crate::plan::{PlannedSession, SessionKind};
use crate::text::clean;
use crate::units::{Millis, PaceUnit, clock};
use crate::workout::sequence::Sequence;
use crate::workout::{LineStyle, line};
use chrono::{Days, NaiveDate};

/// The days from today on that a session can be moved to.
const DAYS_TO_MOVE: u64 = 13;
/// The columns of a workout in one line.
const LINE_COLUMNS: usize = 44;

/// The runner's units and treadmill.
#[derive(Clone, Debug)]
pub struct PlanFigures {
    /// The words of workouts.
    pub style: LineStyle,
    /// The treadmill.
    pub treadmill: Treadmill,
    /// The unit of paces.
    pub pace: PaceUnit,
}

/// Returns the sign for a state.
pub fn mark(state: ItemState) -> SessionMark {
    match state {
        ItemState::Ahead | ItemState::Due => SessionMark::Ahead,
        ItemState::Run => SessionMark::Run,
        ItemState::Part => SessionMark::Part,
        ItemState::Moved { .. } => SessionMark::Moved,
        ItemState::LetGo => SessionMark::LetGo,
    }
}

/// Returns a length of time in minutes, or hours and minutes: `15:00`, `1:39:00`.
pub fn time(time: Millis) -> String {
    clock(time.as_secs_f64().round() as u64)
}

/// Returns whole minutes. Empty for none.
pub fn minutes(time: Millis) -> String {
    let minutes = (time.as_secs_f64() / 60.0).round();
    if minutes >= 1.0 { format!("{minutes}") } else { String::new() }
}

/// Returns the title of the session that is to be run, with the length that the runner chose.
pub fn title(item: &AgendaItem<'_>) -> String {
    let shorter = item.session.workout().zip(item.up_to.as_deref());
    let shorter = shorter.and_then(|(workout, most)| shortened(workout, most));
    clean(&shorter.unwrap_or_else(|| item.session.title()))
}

/// Returns the alternatives that were not taken: `or rest`. Empty without any, and once the item was run.
pub fn other_options(item: &AgendaItem<'_>) -> String {
    let open = matches!(item.state, ItemState::Due | ItemState::Ahead);
    let others = item.item.options.iter().filter(|option| open && !std::ptr::eq(*option, item.session));
    let words = others.map(|option| match option {
        PlannedSession::Rest => "or rest".to_string(),
        option => format!("or {}", clean(&option.title())),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Returns the kind of a day in a word: `long`, `hard`, `–` for rest.
pub fn day_word(day: &AgendaDay<'_>) -> &'static str {
    let here = day.items.iter().filter(|item| !matches!(item.state, ItemState::Moved { .. }));
    let word = here.filter(|item| !item.skipped || item.was_run()).filter_map(item_word).next();
    let gone = || day.items.iter().filter_map(item_word).next();
    word.or_else(gone).unwrap_or("–")
}

fn item_word(item: &AgendaItem<'_>) -> Option<&'static str> {
    let kind = item.session.kind()?;
    Some(match kind {
        SessionKind::Race => "RACE",
        SessionKind::Easy | SessionKind::Steady | SessionKind::Hard if item.is_long() => "long",
        kind => kind.word(),
    })
}

/// Returns the sign of a whole day: that of its most telling session.
pub fn day_mark(day: &AgendaDay<'_>) -> SessionMark {
    let signs: Vec<SessionMark> =
        day.items.iter().filter(|item| item.session.kind().is_some()).map(|item| mark(item.state)).collect();
    let order =
        [SessionMark::Run, SessionMark::Part, SessionMark::Ahead, SessionMark::Moved, SessionMark::LetGo];
    order.into_iter().find(|sign| signs.contains(sign)).unwrap_or_default()
}

/// Returns a session as it is offered to run, without a note.
pub fn offer(agenda: &Agenda<'_>, item: &AgendaItem<'_>, figures: &PlanFigures) -> SessionOffer {
    let sequence = item.sequence();
    let option = item.item.options.iter().position(|option| std::ptr::eq(option, item.session));
    let is_rest = matches!(item.session, PlannedSession::Rest);
    let runs = !is_rest && !matches!(item.state, ItemState::Moved { .. });
    SessionOffer {
        target: runs.then(|| OfferTarget::Item { item: item.item.id, option: option.unwrap_or(0) }),
        title: title(item),
        total: sequence.as_deref().map(display::total).unwrap_or_default(),
        note: String::new(),
        mark: mark(item.state),
        speed: sequence.as_deref().map(|sequence| speed(sequence, figures)).unwrap_or_default(),
        sequence,
        days: days_to_move(agenda, item),
    }
}

/// Returns a workout in a few words: `8 × 60 s hard, 60 s easy between`. Empty if that is its title.
pub fn summary(session: &PlannedSession, figures: &PlanFigures) -> String {
    match session.workout() {
        Some(workout) if workout.title != workout.text => {
            clean(&line(&workout.sequence, &figures.style).fit_pieces(LINE_COLUMNS))
        }
        _ => String::new(),
    }
}

/// Returns the belt's number of a workout at a single speed.
fn speed(sequence: &Sequence, figures: &PlanFigures) -> String {
    let [step] = sequence.steps.as_slice() else { return String::new() };
    let Some(speed) = step.target.start.speed.filter(|s| sequence.show_pace && s.mps() > 0.0) else {
        return String::new();
    };
    let treadmill = &figures.treadmill;
    let nearest = treadmill.belt.nearest_setting(speed, step.incline, treadmill.ceiling);
    display::number_and_pace(&treadmill.belt, nearest.setting, figures.pace).0
}

/// Returns the days that an item can be moved to, from the one after its own on.
fn days_to_move(agenda: &Agenda<'_>, item: &AgendaItem<'_>) -> Vec<MoveTarget> {
    let is_fixed = item.was_run()
        || matches!(item.state, ItemState::Moved { .. })
        || item.session.kind().is_none_or(|kind| kind == SessionKind::Race);
    let own =
        agenda.weeks.iter().flat_map(|week| &week.days).find(|day| {
            day.items.iter().any(|found| found.item.id == item.item.id && found.state == item.state)
        });
    let Some(own) = own.filter(|_| !is_fixed) else { return Vec::new() };
    let last = agenda.today.checked_add_days(Days::new(DAYS_TO_MOVE)).unwrap_or(agenda.today);
    let days = agenda.weeks.iter().flat_map(|week| &week.days);
    let mut targets: Vec<MoveTarget> = days
        .filter(|day| (agenda.today..=last).contains(&day.date) && day.date != own.date)
        .map(|day| MoveTarget { to: day.date, day: long_day(day.date), note: day_note(day) })
        .collect();
    targets.sort_by_key(|target| (target.to < own.date, target.to));
    targets
}

fn day_note(day: &AgendaDay<'_>) -> String {
    let here = day.items.iter().filter(|item| !matches!(item.state, ItemState::Moved { .. }));
    let titles: Vec<String> = here.filter(|item| item.session.kind().is_some()).map(title).collect();
    match titles.is_empty() {
        true => "A free day.".to_string(),
        false => format!("That day also has: {}.", titles.join(", ")),
    }
}

/// Returns a day: `Wed 16`.
pub fn short_day(date: NaiveDate) -> String {
    date.format("%a %-d").to_string()
}

/// Returns a day: `Wed 16 December`.
pub fn long_day(date: NaiveDate) -> String {
    date.format("%a %-d %B").to_string()
}
