//! `pacebell plan export`: the plan as a calendar file, and the file that the settings keep current.

use super::print_lines;
use crate::agenda::{Agenda, ItemState};
use crate::atomic_file;
use crate::cli::active_plan::{self, ActivePlan, RemovedItem};
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::load_workout::profile_if_usable;
use crate::cli::report::Report;
use crate::clock;
use crate::formats::ics::{self, ItemDecision, PlanEvents};
use crate::history::block_rows::{self, BlockFields, ChoiceKind, StoredChoice};
use crate::plan::ItemId;
use crate::runner::profile::Profile;
use crate::settings;
use crate::text::clean;
use chrono::DateTime;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Writes the plan that is on into a file.
pub fn export(context: &Context, output: &Path) -> Result<(), Failure> {
    let profile = profile_if_usable();
    let plan = active_plan::require(context, &profile)?;
    let events = events(context, &plan, &profile)?;
    let display_path = clean(&output.display().to_string());
    write(output, &events)?;
    let days = plan.agenda(clock::local_time().date_naive()).range();
    let days =
        days.map(|(first, last)| format!(", {} – {}", first.format("%-d %b %Y"), last.format("%-d %b %Y")));
    let sessions = match events.events.iter().filter(|event| !event.skipped).count() {
        1 => "1 session".to_string(),
        count => format!("{count} sessions"),
    };
    let cancelled = match events.events.iter().filter(|event| event.skipped).count() {
        0 => String::new(),
        count => format!(", {count} cancelled"),
    };
    print_lines(&[format!("{display_path}: {sessions}{cancelled}{}", days.unwrap_or_default())])
}

/// Rewrites the file that the settings name, after a change to the plan. Without a plan, a calendar that is there loses its
/// events.
pub fn refresh(context: &Context) -> Result<(), Failure> {
    // Not every command has read the settings. Mistakes in them are reported by those that need them.
    let Some(output) = settings::settings().ok().and_then(|settings| settings.calendar_file) else {
        return Ok(());
    };
    let profile = profile_if_usable();
    match active_plan::load(context, &profile)? {
        Some(plan) => write(&output, &events(context, &plan, &profile)?),
        None if output.is_file() => write(&output, &PlanEvents::none()),
        None => Ok(()),
    }
}

/// Writes the events. Only a calendar of pacebell's own is overwritten.
fn write(output: &Path, events: &PlanEvents) -> Result<(), Failure> {
    if !output.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("ics")) {
        let path = clean(&output.display().to_string());
        let report = Report::new(format!("{path} does not end in .ics"));
        return Err(Failure::Input(report.with_help("a plan is written as a calendar, such as run.ics")));
    }
    if !ics::may_replace(&first_bytes(output)) {
        let path = clean(&output.display().to_string());
        let report = Report::new(format!("{path} is not a calendar that pacebell has written"));
        return Err(Failure::Input(report.with_help("choose another name, or move that file away")));
    }
    atomic_file::replace(output, &ics::text(events)).map_err(|error: io::Error| {
        let path = clean(&output.display().to_string());
        let report = Report::new(format!("cannot write {path}: {error}"));
        Failure::System(report.with_help("choose a file in a folder that exists and that you can write to"))
    })
}

/// Returns the beginning of a file; nothing if there is none.
fn first_bytes(path: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    // Writing a file that cannot be read, or that is a folder or a device, says why it fails.
    if path.is_file()
        && let Ok(file) = File::open(path)
    {
        let _ = file.take(ics::HEAD_BYTES).read_to_end(&mut bytes);
    }
    bytes
}

/// Returns the sessions where the runner's choices have put them.
fn events(context: &Context, plan: &ActivePlan, profile: &Profile) -> Result<PlanEvents, Failure> {
    let block = &plan.history.block;
    let database = active_plan::database(context)?;
    let choices = match database.open_to_read()? {
        Some(connection) => {
            block_rows::all_choices(&connection, block.id).map_err(|error| database.explain(&error))?
        }
        None => Vec::new(),
    };
    let latest = choices.iter().flat_map(|choice| [Some(choice.at_ms), choice.undone_at_ms]).flatten();
    let changed = latest.chain([block.fields.changed_at_ms]).max().unwrap_or_default();
    let changed = DateTime::from_timestamp_millis(changed).unwrap_or_default();
    let agenda = plan.agenda(clock::local_time().date_naive());
    let changes = block_revision(&block.fields);
    let revision =
        |id: ItemId| u32::try_from(revisions(&choices, id)).unwrap_or(u32::MAX).saturating_add(changes);
    let decision = |id: ItemId| ItemDecision { choices: revision(id), ..decision(&agenda, id) };
    let style = profile.line_style();
    let mut events = PlanEvents::of(&plan.calendar, block.key.to_string(), changed, &style, decision);
    for RemovedItem { on, item } in active_plan::removed_items(&block.fields, profile, &plan.calendar) {
        events.cancel(&item, on, revision(item.id));
    }
    Ok(events)
}

/// Returns a number that rises with each change to the plan itself, and with each undoing of one: the tenths of a
/// second from its start to the latest change.
fn block_revision(fields: &BlockFields) -> u32 {
    match fields.changed_at_ms.saturating_sub(fields.began_at_ms) {
        ..=0 => 0,
        after => u32::try_from(after / 100 + 1).unwrap_or(u32::MAX),
    }
}

/// Returns the number of times that an item may have changed: each choice about it, and each undoing of one.
fn revisions(choices: &[StoredChoice], id: ItemId) -> usize {
    let name = id.to_string();
    let concerns = |choice: &&StoredChoice| match choice.what {
        // A whole week and all later ones move.
        ChoiceKind::Shift => choice.item.parse::<ItemId>().is_ok_and(|first| first.week <= id.week),
        // A missed item moves to the day of the one that it replaces.
        ChoiceKind::Take => choice.item == name || choice.value.as_deref() == Some(name.as_str()),
        ChoiceKind::Move | ChoiceKind::Skip => choice.item == name,
    };
    choices.iter().filter(concerns).map(|choice| 1 + usize::from(choice.undone_at_ms.is_some())).sum()
}

/// Returns the days of an item, its session and whether it is skipped.
fn decision(agenda: &Agenda<'_>, id: ItemId) -> ItemDecision {
    for week in &agenda.weeks {
        let is_here = |state: ItemState| !matches!(state, ItemState::Moved { .. });
        let days =
            week.days.iter().flat_map(|day| day.items.iter().map(move |item| (day.date, day.date, item)));
        let ends = week.days.first().zip(week.days.last());
        let any = ends
            .into_iter()
            .flat_map(|(first, last)| week.any.iter().map(move |item| (first.date, last.date, item)));
        let found = days.chain(any).find(|(_, _, item)| item.item.id == id && is_here(item.state));
        if let Some((from, to, item)) = found {
            let option = item.item.options.iter().position(|option| std::ptr::eq(option, item.session));
            return ItemDecision {
                from: Some(from),
                to: Some(to),
                option: option.unwrap_or(0),
                skipped: item.skipped && !item.was_run(),
                choices: 0,
            };
        }
    }
    ItemDecision::default()
}
