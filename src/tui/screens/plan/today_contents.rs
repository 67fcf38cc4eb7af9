//! An agenda as the page of today shows it.

use super::view::{DayTab, OfferTarget, SessionMark, SessionOffer, ShorterRun, TodayGroup, TodayView};
use super::words::{self, PlanFigures};
use crate::agenda::{
    Agenda, AgendaDay, AgendaItem, AgendaWeek, AwayQuestion, ItemState, LimitLength, LoggedSession,
    LongRunLimit, MissedOffer, PlanChoice, TakenSession,
};
use crate::plan::PlannedSession;
use crate::text::clean;
use crate::units::{Distance, Millis, PaceUnit};

/// Returns today in words. `sessions` are those of the agenda.
pub fn today_view(agenda: &Agenda<'_>, sessions: &[LoggedSession], figures: &PlanFigures) -> TodayView {
    let week = agenda.week_of(agenda.today);
    let mut groups: Vec<TodayGroup> = agenda.question.iter().map(question).collect();
    groups.push(TodayGroup { heading: String::new(), offers: day_offers(agenda, figures) });
    groups.extend(untied(agenda, sessions));
    groups.extend(agenda.offer.iter().filter_map(|offer| missed(agenda, offer, figures)));
    groups.extend(week.and_then(|week| any_day(agenda, week, sessions, figures)));
    TodayView {
        plan: clean(&agenda.calendar.name),
        place: place(agenda, week),
        date: agenda.today.format("%A %-d %B %Y").to_string(),
        groups,
        days: week.map(|week| day_tabs(agenda, week)).unwrap_or_default(),
        notes: notes(agenda, week, figures),
        shorter: agenda.long_run.as_ref().and_then(shorter_run),
    }
}

/// Returns the place in the plan: `week 3 of 4 · Wed`.
fn place(agenda: &Agenda<'_>, week: Option<&AgendaWeek<'_>>) -> String {
    match (week, agenda.range()) {
        (Some(week), _) => {
            let day = agenda.today.format("%a");
            format!("week {} of {} · {day}", week.week.number, agenda.calendar.weeks_in_plan)
        }
        (None, Some((first, _))) if agenda.today < first => format!("begins {}", words::long_day(first)),
        (None, Some((_, last))) if agenda.today > last => "over".to_string(),
        (None, _) => String::new(),
    }
}

fn question(question: &AwayQuestion) -> TodayGroup {
    let answer = |title: &str, note: &str, target| SessionOffer {
        target: Some(target),
        title: title.to_string(),
        note: note.to_string(),
        ..SessionOffer::default()
    };
    let mut offers = vec![answer(
        "Go on with today",
        "what was missed is let go",
        OfferTarget::Answer(question.go_on.clone()),
    )];
    offers.extend(question.repeat.as_ref().map(|repeat| {
        let title = format!("Repeat week {}", repeat.week);
        answer(&title, "everything after it moves by whole weeks", OfferTarget::Answer(repeat.choice.clone()))
    }));
    offers.push(answer("End the plan", "your sessions stay in the log", OfferTarget::EndPlan));
    TodayGroup { heading: format!("No run for {} days. How do you want to go on?", question.days), offers }
}

/// Returns a run of today that is not in the plan, which may have been the session that is due.
fn untied(agenda: &Agenda<'_>, sessions: &[LoggedSession]) -> Option<TodayGroup> {
    let index = *agenda.untied_on(sessions, agenda.today).last()?;
    let run = sessions.get(index)?;
    let due = agenda.next_today().filter(|item| item.state == ItemState::Due)?;
    let offer = SessionOffer {
        target: Some(OfferTarget::Answer(agenda.tie(sessions, index, due.item.id)?)),
        title: format!("{} was it", clean(&run.workout)),
        total: words::time(run.time),
        note: format!("counts as {}", words::title(due)),
        ..SessionOffer::default()
    };
    Some(TodayGroup { heading: "Run today, not from the plan".to_string(), offers: vec![offer] })
}

/// Returns the sessions of the day, each with its alternatives below it.
fn day_offers(agenda: &Agenda<'_>, figures: &PlanFigures) -> Vec<SessionOffer> {
    let mut offers = Vec::new();
    for item in agenda.today_items() {
        let note = note(item, figures);
        offers.push(SessionOffer { note, ..words::offer(agenda, item, figures) });
        if item.state == ItemState::Due {
            offers.extend(alternatives(agenda, item, figures));
        }
    }
    if offers.is_empty() {
        let next = agenda.weeks.iter().flat_map(|week| &week.days).find(|day| {
            day.date > agenda.today && day.items.iter().any(|item| item.session.workout().is_some())
        });
        let note = next.and_then(|day| {
            let item = day.items.iter().find(|item| item.session.workout().is_some())?;
            Some(format!("next: {}, {}", words::title(item), words::long_day(day.date)))
        });
        offers.push(SessionOffer {
            title: "Rest".to_string(),
            note: note.unwrap_or_default(),
            ..SessionOffer::default()
        });
    }
    offers
}

fn alternatives<'a>(
    agenda: &'a Agenda<'_>,
    item: &'a AgendaItem<'_>,
    figures: &'a PlanFigures,
) -> impl Iterator<Item = SessionOffer> + 'a {
    let others = item.item.options.iter().enumerate();
    let others =
        others.filter(|(_, option)| !std::ptr::eq(*option, item.session) && option.workout().is_some());
    others.map(|(number, option)| {
        let other = AgendaItem { session: option, up_to: None, ..item.clone() };
        SessionOffer {
            target: Some(OfferTarget::Item { item: item.item.id, option: number }),
            title: format!("or {}", clean(&option.title())),
            note: words::summary(option, figures),
            // The chart is the one of the session above.
            sequence: None,
            ..words::offer(agenda, &other, figures)
        }
    })
}

/// Returns what else there is to know about a session.
fn note(item: &AgendaItem<'_>, figures: &PlanFigures) -> String {
    let or_rest = item.item.options.iter().skip(1).any(|option| matches!(option, PlannedSession::Rest));
    match item.state {
        ItemState::Moved { to } => format!("on {}", words::long_day(to)),
        ItemState::LetGo if item.skipped => "skipped".to_string(),
        ItemState::Run => "done".to_string(),
        ItemState::Part => "begun".to_string(),
        _ if item.item.optional => "optional".to_string(),
        _ if or_rest => "or rest".to_string(),
        _ => match item.item.about.as_deref() {
            Some(about) => clean(about),
            None => words::summary(item.session, figures),
        },
    }
}

fn missed(agenda: &Agenda<'_>, offer: &MissedOffer, figures: &PlanFigures) -> Option<TodayGroup> {
    let item = agenda.item(offer.item)?;
    let replaced: Vec<String> =
        offer.replaces.iter().filter_map(|id| agenda.item(*id)).map(words::title).collect();
    let note = match replaced.is_empty() {
        true => String::new(),
        false => format!("then {} falls away", replaced.join(" and ")),
    };
    let instead_of = offer.replaces.first().copied();
    let session = SessionOffer {
        target: Some(OfferTarget::Missed { item: offer.item, instead_of }),
        title: format!("{} ({}’s, not run)", words::title(item), offer.planned.format("%A")),
        note,
        mark: SessionMark::Ahead,
        days: Vec::new(),
        ..words::offer(agenda, item, figures)
    };
    let heading = if instead_of.is_some() { "or instead, once this week:" } else { "or, once this week:" };
    Some(TodayGroup { heading: heading.to_string(), offers: vec![session] })
}

fn any_day(
    agenda: &Agenda<'_>,
    week: &AgendaWeek<'_>,
    sessions: &[LoggedSession],
    figures: &PlanFigures,
) -> Option<TodayGroup> {
    let tomorrow_is_hard = agenda.today.succ_opt().is_some_and(|date| agenda.is_demanding(date));
    let offers: Vec<SessionOffer> = week
        .any
        .iter()
        .filter(|item| item.session.workout().is_some())
        .map(|item| {
            let done = item.sessions.last().and_then(|index| sessions.get(*index));
            let note = match (done, item.item.optional) {
                (Some(done), _) => format!("done {}", done.on.format("%A")),
                (None, _) if item.skipped => "skipped".to_string(),
                (None, true) => "optional".to_string(),
                (None, false) if tomorrow_is_hard => "tomorrow is hard or long".to_string(),
                (None, false) => "today suits: tomorrow is not hard".to_string(),
            };
            SessionOffer { note, ..words::offer(agenda, item, figures) }
        })
        .collect();
    (!offers.is_empty()).then(|| TodayGroup { heading: "This week, any day".to_string(), offers })
}

fn day_tabs(agenda: &Agenda<'_>, week: &AgendaWeek<'_>) -> Vec<DayTab> {
    let tab = |day: &AgendaDay<'_>| DayTab {
        day: day.date.format("%a").to_string(),
        word: words::day_word(day).to_string(),
        mark: words::day_mark(day),
        is_today: day.date == agenda.today,
    };
    week.days.iter().map(tab).collect()
}

fn notes(agenda: &Agenda<'_>, week: Option<&AgendaWeek<'_>>, figures: &PlanFigures) -> Vec<String> {
    let mut notes = Vec::new();
    notes.extend(agenda.long_run.as_ref().and_then(|limit| long_run(agenda, limit, figures.pace)));
    if let Some(week) = week.map(|week| week.week) {
        let about = week.about.as_deref().map(clean);
        notes.extend(match (week.name.as_deref().map(clean), about) {
            (Some(name), Some(about)) => Some(format!("{name}: {about}")),
            (name, about) => name.or(about).map(|text| text.trim_end_matches('.').to_string() + "."),
        });
    }
    notes
}

/// Returns the long run of today against the longest of the last 30 days.
fn long_run(agenda: &Agenda<'_>, limit: &LongRunLimit, unit: PaceUnit) -> Option<String> {
    let title = words::title(agenda.item(limit.item)?);
    let when = limit.longest.on.format("%-d %B");
    let distance = |distance: Distance| {
        let length = (distance.metres() / unit.metres() * 10.0).floor() / 10.0;
        format!("{length} {}", unit.name())
    };
    let (longest, most) = match limit.limit {
        LimitLength::Time(most) => {
            let minutes = |time: Millis| format!("{} min", words::minutes(time));
            (minutes(limit.longest.time.unwrap_or_default()), minutes(most))
        }
        LimitLength::Distance(most) => (distance(limit.longest.distance.unwrap_or_default()), distance(most)),
    };
    Some(format!(
        "Today: {title}. The longest of the past 30 days was {longest} ({when}): up to {most} is within a tenth of it."
    ))
}

fn shorter_run(limit: &LongRunLimit) -> Option<ShorterRun> {
    let title = clean(limit.shorter.as_deref()?);
    let session = TakenSession::UpTo(limit.limit.notation());
    Some(ShorterRun { title, choice: PlanChoice::Take { item: limit.item, session } })
}
