//! `pacebell today`: what the plan has for today, and the one offer.

use super::day;
use super::plan::screen::{self, PlanPage};
use crate::agenda::{Agenda, AgendaItem, AwayQuestion, ItemState, MissedOffer};
use crate::cli::active_plan::{self, ActivePlan};
use crate::cli::args::plan::TodayArguments;
use crate::cli::checkin_words;
use crate::cli::context::{Context, output_width};
use crate::cli::due_session;
use crate::cli::failure::Failure;
use crate::cli::load_workout::profile_if_usable;
use crate::cli::paint::{TextLook, TextPainter};
use crate::cli::plan_words;
use crate::cli::spelled_output::SpelledOutput;
use crate::cli::table::{CutColumn, TableCell, TableLayout, wrap};
use crate::clock;
use crate::formats::today as today_json;
use crate::text::clean;
use std::io::{self, Write};

/// Runs the command.
pub fn today(context: &Context, arguments: &TodayArguments) -> Result<(), Failure> {
    if !arguments.json && !arguments.line && screen::show(context, PlanPage::Today)? {
        return Ok(());
    }
    let plan = active_plan::load(context, &profile_if_usable())?;
    let today = clock::local_time().date_naive();
    let agenda = plan.as_ref().map(|plan| plan.agenda(today));
    if arguments.json {
        return Ok(io::stdout().write_all(today_json::text(today, agenda.as_ref()).as_bytes())?);
    }
    let mut out = SpelledOutput::stdout();
    if arguments.line {
        // Nothing to say without a plan: the line is part of a prompt.
        let line = agenda.as_ref().map(line).filter(|line| !line.is_empty());
        return Ok(line.map_or(Ok(()), |line| writeln!(out, "{line}"))?);
    }
    let (Some(plan), Some(agenda)) = (&plan, &agenda) else {
        writeln!(out, "{}", active_plan::NONE_IS_ON)?;
        return Ok(out.flush()?);
    };
    let is_too_late = checkin_words::is_too_late(agenda, &plan.history.sessions);
    let checkin = checkin_words::of_today(context, today)?.filter(|_| !is_too_late);
    let page = TodayText {
        checkin: checkin
            .as_ref()
            .map(|(answers, verdict)| checkin_words::paragraph(answers, verdict, agenda)),
        wins: day::wins_note(context)?,
        plan,
        agenda,
        painter: TextPainter::of_stdout(context),
        columns: usize::from(output_width()),
    };
    page.lines().iter().try_for_each(|line| writeln!(out, "{line}"))?;
    Ok(out.flush()?)
}

/// Returns today in one line, for a prompt or a status bar: `Easy 15 15:00`, `✓ Easy 15`, `Rest`.
fn line(agenda: &Agenda<'_>) -> String {
    if agenda.range().is_none_or(|(first, last)| !(first..=last).contains(&agenda.today)) {
        return String::new();
    }
    let Some(item) = agenda.next_today().filter(|item| !matches!(item.state, ItemState::Moved { .. })) else {
        return "Rest".to_string();
    };
    let title = match item.up_to {
        Some(_) => plan_words::due_title(item),
        None => clean(&item.session.title()),
    };
    match item.state {
        ItemState::Due => format!("{title} {}", plan_words::due_total(item)).trim_end().to_string(),
        _ => format!("{} {title}", plan_words::mark(item)),
    }
}

struct TodayText<'a> {
    /// What this morning's check-in makes of the day.
    checkin: Option<String>,
    /// The small wins of the last days.
    wins: Option<String>,
    plan: &'a ActivePlan,
    agenda: &'a Agenda<'a>,
    painter: TextPainter,
    columns: usize,
}

const COLUMNS: usize = 4;

impl TodayText<'_> {
    fn lines(&self) -> Vec<String> {
        let agenda = self.agenda;
        let date = agenda.today.format("%A %-d %B %Y").to_string();
        let mut lines = vec![self.painter.paint(&date, TextLook::Title), self.plan_line(), String::new()];
        let mut rows: Vec<[TableCell; COLUMNS]> = agenda.today_items().iter().map(row).collect();
        if rows.is_empty() {
            rows.push(["".into(), "Rest".into(), "".into(), "".into()]);
        }
        lines.extend(self.table(&rows));
        let about = agenda.day(agenda.today).and_then(|day| day.about);
        lines.extend(about.iter().flat_map(|about| wrap(&clean(about), self.columns, "")));
        lines.extend(self.offer());
        let any = agenda.week_of(agenda.today).map_or(&[][..], |week| &week.any);
        if !any.is_empty() {
            lines.push(String::new());
            lines.push("This week, on any day:".to_string());
            lines.extend(self.table(&any.iter().map(row).collect::<Vec<_>>()));
        }
        lines.extend(self.untied());
        lines.extend(self.long_run());
        if let Some(checkin) = &self.checkin {
            lines.push(String::new());
            lines.extend(wrap(checkin, self.columns, ""));
        }
        if let Some(wins) = &self.wins {
            lines.push(String::new());
            lines.push(wins.clone());
        }
        if let Some(note) = active_plan::edit_note(&self.plan.history.block.fields) {
            lines.push(String::new());
            lines.extend(wrap(&note, self.columns, ""));
        }
        lines.extend(agenda.question.as_ref().into_iter().flat_map(|question| self.question(question)));
        lines.push(String::new());
        lines.push(self.last_line());
        lines
    }

    fn plan_line(&self) -> String {
        let name = clean(&self.plan.calendar.name);
        match self.agenda.week_of(self.agenda.today) {
            Some(week) => {
                format!("{name}, week {} of {}", week.week.number, self.plan.calendar.weeks_in_plan)
            }
            None => name,
        }
    }

    fn table(&self, rows: &[[TableCell; COLUMNS]]) -> Vec<String> {
        let layout = TableLayout {
            right: [false, false, true, false],
            flexible: &[CutColumn { column: 1, least: 16 }],
            optional: &[3],
            columns: self.columns.saturating_sub(2),
            has_heading: false,
        };
        layout.lines(rows, &self.painter).into_iter().map(|line| format!("  {line}")).collect()
    }

    fn offer(&self) -> Vec<String> {
        let Some(MissedOffer { item, planned, replaces }) = &self.agenda.offer else { return Vec::new() };
        let Some(missed) = self.agenda.item(*item) else { return Vec::new() };
        let title = plan_words::title(missed.item);
        let replaced: Vec<String> =
            replaces.iter().filter_map(|id| Some(plan_words::title(self.agenda.item(*id)?.item))).collect();
        let then = match replaced.is_empty() {
            true => String::new(),
            false => format!(" {} then falls away.", replaced.join(" and ")),
        };
        let text = format!(
            "Or instead, today only: {title} ({}), which was not run on {}.{then}",
            plan_words::total(missed.item),
            planned.format("%A")
        );
        let mut lines = vec![String::new()];
        lines.extend(wrap(&text, self.columns, ""));
        lines.push(format!("To take it: pacebell plan take {item}"));
        lines
    }

    /// Offers a run of today that is not in the plan for the session that is due.
    fn untied(&self) -> Vec<String> {
        let sessions = &self.plan.history.sessions;
        let run = self.agenda.untied_on(sessions, self.agenda.today);
        let run = run.last().and_then(|index| sessions.get(*index));
        let due = due_session::due_on(self.agenda, self.agenda.today).next();
        let Some((run, due)) = run.zip(due) else { return Vec::new() };
        let (run, due) = (clean(&run.workout), plan_words::due_title(due));
        let mut lines = vec![String::new()];
        lines.extend(wrap(
            &format!("You ran {run} today. If that was {due}: pacebell plan done"),
            self.columns,
            "",
        ));
        lines
    }

    fn long_run(&self) -> Vec<String> {
        let Some(limit) = &self.agenda.long_run else { return Vec::new() };
        let Some(item) = self.agenda.item(limit.item) else { return Vec::new() };
        let text = format!(
            "{} is longer than your longest run of the last 30 days ({}) by {:.0} %. Up to {} is within a tenth of it.",
            plan_words::title(item.item),
            plan_words::day(limit.longest.on),
            (limit.ratio - 1.0) * 100.0,
            limit.limit.notation()
        );
        let mut lines = vec![String::new()];
        lines.extend(wrap(&text, self.columns, ""));
        if limit.shorter.is_some() {
            lines.push(format!("To take that: pacebell plan take {} {}", limit.item, limit.limit.notation()));
        }
        lines
    }

    fn question(&self, question: &AwayQuestion) -> Vec<String> {
        let percent = 100.0 * (1.0 - question.vdot_factor);
        let text = format!("You have not run for {} days.", question.days);
        let slower = format!("{text} By Daniels, your VDOT is {percent:.1} % lower for now.");
        let mut lines = vec![String::new()];
        lines.extend(wrap(if percent > 0.0 { &slower } else { &text }, self.columns, ""));
        lines.push("  go on with today's day:   pacebell plan resume".to_string());
        if let Some(repeat) = &question.repeat {
            lines.push(format!("  repeat week {}:            pacebell plan resume --repeat", repeat.week));
        }
        lines.push("  end the plan:             pacebell plan stop".to_string());
        lines
    }

    fn last_line(&self) -> String {
        match due_session::due_on(self.agenda, self.agenda.today).next() {
            Some(_) => "Run it: pacebell run today".to_string(),
            None => match due_session::next(self.agenda) {
                Some((date, item)) => {
                    format!("Next: {}, {}", plan_words::day(date), plan_words::title(item.item))
                }
                None => "The plan is over. To end it: pacebell plan stop".to_string(),
            },
        }
    }
}

fn row(item: &AgendaItem<'_>) -> [TableCell; COLUMNS] {
    let title = match item.state {
        ItemState::Moved { to } => {
            format!("{}, moved to {}", plan_words::title(item.item), plan_words::day(to))
        }
        _ if item.skipped => format!("{}, skipped", plan_words::title(item.item)),
        _ => plan_words::due_title(item),
    };
    let is_open = matches!(item.state, ItemState::Due | ItemState::Ahead);
    let look = if is_open { TextLook::Title } else { TextLook::Quiet };
    let kind = item.session.kind().map(|kind| kind.word()).unwrap_or_default();
    [
        plan_words::mark(item).into(),
        TableCell::new(title, look),
        plan_words::due_total(item).into(),
        kind.into(),
    ]
}
