//! `pacebell plan`: plans in the library, and the one that the runner follows.

pub(super) mod calendar_file;
mod change;
mod check;
pub(super) mod dates;
mod difference;
mod grid;
mod list;
mod morning;
mod offer;
pub(crate) mod screen;
mod show;
mod start;
mod take;
mod update;

use crate::cli::args::plan::{PlanArguments, PlanCommand};
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::spelled_output::SpelledOutput;
use screen::PlanPage;
use std::io::Write;
use std::process::ExitCode;

/// Runs the command.
pub fn plan(context: &Context, arguments: PlanArguments) -> Result<ExitCode, Failure> {
    let changes = arguments.command.as_ref().is_some_and(PlanCommand::changes_plan);
    match arguments.command {
        None if !arguments.json && screen::show(context, PlanPage::Plan)? => Ok(()),
        None => grid::print(context, arguments.json),
        Some(PlanCommand::List) => list::list(context),
        Some(PlanCommand::Show { plan, dates, json }) => {
            show::show(context, plan.as_deref(), &dates, json || arguments.json)
        }
        Some(PlanCommand::Start { plan, dates }) => start::start(context, &plan, &dates),
        Some(PlanCommand::Update { yes }) => update::update(context, yes),
        Some(PlanCommand::Move { item, to }) => change::move_item(context, &item, &to),
        Some(PlanCommand::Skip { item }) => change::skip_item(context, &item),
        Some(PlanCommand::Take { item, most }) => take::take(context, &item, most.as_deref()),
        Some(PlanCommand::Done { item, on }) => offer::done(context, item.as_deref(), on.as_deref()),
        Some(PlanCommand::Resume { repeat }) => offer::resume(context, repeat),
        Some(PlanCommand::Stop) => change::stop(context),
        Some(PlanCommand::Check { plans }) => return check::check(context, &plans),
        Some(PlanCommand::New { name }) => check::new(&name),
        Some(PlanCommand::Export { output }) => calendar_file::export(context, &output),
    }?;
    if changes {
        calendar_file::refresh(context)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints lines to standard output.
fn print_lines(lines: &[String]) -> Result<(), Failure> {
    let mut out = SpelledOutput::stdout();
    lines.iter().try_for_each(|line| writeln!(out, "{line}"))?;
    Ok(out.flush()?)
}
