//! A week of an agenda as its page shows it.

use super::view::{SessionOffer, WeekFigure, WeekSession, WeekTable};
use super::words::{self, PlanFigures};
use crate::agenda::{Agenda, AgendaItem, AgendaWeek, ItemState, LoggedSession};
use crate::plan::{SessionKind, TrainingFigures};
use crate::text::clean;
use crate::units::Millis;

/// The share of easy running that the article on progression runs asks for.
const EASY_SHARE: f64 = 0.7;

/// Returns a week in words. `sessions` are those of the agenda, each with its perceived effort in `efforts`.
pub fn week_table(
    agenda: &Agenda<'_>,
    week: &AgendaWeek<'_>,
    sessions: &[LoggedSession],
    efforts: &[Option<f64>],
    figures: &PlanFigures,
) -> WeekTable {
    let log = WeekLog { sessions, efforts };
    let mut lines = Vec::new();
    for day in &week.days {
        let mut name = words::short_day(day.date);
        let is_today = day.date == agenda.today;
        if day.items.is_empty() {
            let offer = SessionOffer { title: "Rest".to_string(), ..SessionOffer::default() };
            lines.push(WeekSession {
                day: std::mem::take(&mut name),
                offer,
                is_today,
                ..WeekSession::default()
            });
        }
        for item in &day.items {
            let line = log.line(agenda, item, figures);
            lines.push(WeekSession { day: std::mem::take(&mut name), is_today, ..line });
        }
    }
    for item in &week.any {
        lines.push(WeekSession { day: "any".to_string(), ..log.line(agenda, item, figures) });
    }
    let first = week.days.first().map(|day| day.date);
    WeekTable {
        plan: clean(&agenda.calendar.name),
        place: format!("week {} of {}", week.week.number, agenda.calendar.weeks_in_plan),
        title: first.map(|date| format!("The week of {}", date.format("%-d %B"))).unwrap_or_default(),
        lines,
        figures: log.figures(week),
        notes: notes(week),
    }
}

/// The log, as a week needs it.
#[derive(Clone, Copy)]
struct WeekLog<'a> {
    sessions: &'a [LoggedSession],
    efforts: &'a [Option<f64>],
}

impl WeekLog<'_> {
    fn line(self, agenda: &Agenda<'_>, item: &AgendaItem<'_>, figures: &PlanFigures) -> WeekSession {
        let run: Millis = item.sessions.iter().filter_map(|i| self.sessions.get(*i)).map(|s| s.time).sum();
        let effort = item.sessions.iter().filter_map(|i| self.efforts.get(*i).copied().flatten()).next_back();
        let load = effort.filter(|_| run > Millis::ZERO).map(|rpe| rpe * run.as_secs_f64() / 60.0);
        let planned = item.figures().filter(|figures| figures.kind.is_run());
        let others = words::other_options(item);
        let note = match item.state {
            ItemState::Moved { to } => format!("→ {}", words::short_day(to)),
            ItemState::LetGo if item.skipped => "skipped".to_string(),
            ItemState::LetGo if item.item.optional => "left out".to_string(),
            ItemState::LetGo if item.session.kind().is_some() => "not run".to_string(),
            _ if item.item.optional => format!("optional {others}").trim_end().to_string(),
            _ => others,
        };
        let is_open = matches!(item.state, ItemState::Ahead | ItemState::Due);
        let mut other_options =
            item.item.options.iter().filter(|option| !std::ptr::eq(*option, item.session));
        let short_note = match () {
            () if !is_open || note.is_empty() => "",
            () if item.item.optional => "optional",
            () if other_options.all(|option| option.kind().is_none()) => "or rest",
            () => "or other",
        };
        WeekSession {
            day: String::new(),
            short_note: short_note.to_string(),
            offer: SessionOffer { note, ..words::offer(agenda, item, figures) },
            run: if run > Millis::ZERO { words::time(run) } else { String::new() },
            easy: planned.as_ref().map(|planned| words::minutes(easy(planned))).unwrap_or_default(),
            hard: planned.as_ref().map(|planned| words::minutes(planned.hard)).unwrap_or_default(),
            rpe: effort.map(|effort| effort.to_string()).unwrap_or_default(),
            load: load.map(|load| format!("{load:.0}")).unwrap_or_default(),
            is_today: false,
        }
    }

    fn figures(self, week: &AgendaWeek<'_>) -> Vec<WeekFigure> {
        let here = week.items().filter(|i| !matches!(i.state, ItemState::Moved { .. }) && !i.skipped);
        let planned: Vec<TrainingFigures> = here.filter_map(AgendaItem::figures).collect();
        let runs = || planned.iter().filter(|figures| figures.kind.is_run());
        let sum = |of: fn(&TrainingFigures) -> Millis| runs().map(of).sum::<Millis>();
        let (running, easy, hard) = (sum(|f| f.running), sum(easy), sum(|f| f.hard));
        let longest = runs().map(|figures| figures.time).max().unwrap_or_default();
        let strength = |kind: Option<SessionKind>| kind == Some(SessionKind::Strength);
        let logged = || week.items().flat_map(|i| &i.sessions).filter_map(|i| self.sessions.get(*i));
        let run = || logged().filter(|session| session.is_run).map(|session| session.time);
        let of_strength = || week.items().filter(|item| strength(item.session.kind()));
        let done_strength = of_strength().filter(|item| item.was_run()).count();
        // An optional session counts only once it was done.
        let planned_strength = of_strength().filter(|item| !item.item.optional || item.was_run()).count();
        let share = easy.as_secs_f64() / running.as_secs_f64().max(1.0);
        let figure = |name: &str, planned: String, so_far: String, note: &str| WeekFigure {
            name: name.to_string(),
            planned,
            so_far,
            note: note.to_string(),
            share: None,
        };
        let time = |time: Millis| words::time(time);
        let hard_note = "zones 4 and 5, in steps of 30 s or more";
        vec![
            figure("running", time(running), time(run().sum()), ""),
            WeekFigure {
                share: Some(share),
                ..figure("easy", format!("{:.0} %", share * 100.0), String::new(), &time(easy))
            },
            figure("hard", time(hard), String::new(), hard_note),
            figure("longest run", time(longest), time(run().max().unwrap_or_default()), ""),
            figure("strength", planned_strength.to_string(), done_strength.to_string(), ""),
        ]
    }
}

fn easy(figures: &TrainingFigures) -> Millis {
    figures.zones[1] + figures.zones[2]
}

fn notes(week: &AgendaWeek<'_>) -> Vec<String> {
    let mut notes = Vec::new();
    let name = week.week.name.as_deref().map(clean);
    let about = week.week.about.as_deref().map(clean);
    notes.extend(match (name, about) {
        (Some(name), Some(about)) => Some(format!("{name}: {about}")),
        (name, about) => name.or(about),
    });
    let runs = || week.week.items().filter_map(|item| item.workout()).map(|workout| &workout.figures);
    let (easy, running) = (runs().map(easy).sum::<Millis>(), runs().map(|f| f.running).sum::<Millis>());
    let share = easy.as_secs_f64() / running.as_secs_f64().max(1.0);
    if running > Millis::ZERO && share < EASY_SHARE {
        notes.push(format!(
            "{:.1} % of this week is easy. The article on progression runs asks for 70 to 80 %.",
            share * 100.0
        ));
    }
    notes
}
