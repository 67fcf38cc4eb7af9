//! At the next start after a kill, a crash or a flat battery: the session that was cut off is offered.

use super::page_host::Stage;
use super::prompts;
use super::prompts::Asked;
use super::record;
use super::record::{Keeper, Witness};
use super::run::Shown;
use crate::cli::failure::Failure;
use crate::clock;
use crate::display::ago;
use crate::frontend;
use crate::frontend::{Kept, Resume};
use crate::history::unfinished::{self, Unfinished};
use crate::history::{Trouble, describe};
use crate::text::clean;
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

/// A log that another program holds is not waited for: a session starts at once.
const PATIENCE: Duration = Duration::from_millis(250);

/// What the program is to do next.
pub enum Next {
    /// What it was started for.
    AsMeant,
    /// Go on with this session.
    TakeUp(Box<Unfinished>),
    /// End, for a signal came.
    Signal(i32),
}

/// Offers what was cut off, one session after the other, until the runner goes on with one or has enough. Where nobody
/// can answer, it is said.
pub fn offer(shown: Shown, log: Option<&Path>, stage: &mut Stage) -> Result<Next, Failure> {
    loop {
        // What is in the way of the log is said where the session is journalled.
        let Ok(found) = find(log) else { return Ok(Next::AsMeant) };
        for why in &found.unreadable {
            let _ = writeln!(io::stderr(), "warning: {}", clean(why));
        }
        let Some(latest) = found.latest else { return Ok(Next::AsMeant) };
        let offered = offered(&latest, found.more);
        if shown == Shown::Unattended {
            let (name, done, gap) = (clean(&offered.name), offered.done(), ago(offered.gap));
            let _ = writeln!(
                io::stderr(),
                "note: {name} was cut off {gap} ({done}): `pacebell resume` goes on with it"
            );
            return Ok(Next::AsMeant);
        }
        let kept = match prompts::offer(offered, shown, stage)? {
            Asked::Signal(signal) => return Ok(Next::Signal(signal)),
            Asked::Answered(Resume::GoOn) => return Ok(Next::TakeUp(Box::new(latest))),
            Asked::Answered(Resume::Later) => return Ok(Next::AsMeant),
            Asked::Answered(Resume::Log) => Kept::Log,
            Asked::Answered(Resume::Discard) => Kept::Discard,
        };
        let session = latest.session.clone();
        let keeper = Keeper::take_up(latest, log, |_| {}).patiently();
        match keeper.carry_out(kept, &session, Witness { shown, stage }) {
            Ok(None) => {}
            Ok(Some(signal)) => return Ok(Next::Signal(signal)),
            // It can wait; today's workout cannot.
            Err(Failure::System(why)) => {
                let _ = writeln!(io::stderr(), "warning: {why}");
                return Ok(Next::AsMeant);
            }
            Err(failure) => return Err(failure),
        }
    }
}

fn find(log: Option<&Path>) -> Result<unfinished::Found, Trouble> {
    unfinished::find(&record::store(log)?.patient(PATIENCE))
}

/// As it is shown.
fn offered(unfinished: &Unfinished, others: usize) -> frontend::Unfinished {
    let now = clock::local_time();
    let away = unfinished.away(now.timestamp_millis());
    let started = describe::start(unfinished.started, *now.offset());
    let mut offered = frontend::Unfinished::of(&unfinished.session, away, started).and_others(others);
    if unfinished.speed != 1.0 {
        offered.name.push_str(&format!(" (rehearsal {}×)", unfinished.speed));
    }
    offered
}
