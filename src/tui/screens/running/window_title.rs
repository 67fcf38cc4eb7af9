//! The terminal's title, to be read in the taskbar while another window is in front.

use super::labels;
use super::labels::time;
use crate::coach::View;
use crate::runner::profile::Units;
use crate::session::Phase;
use crate::text::cut;

/// The most characters of the step's title and of the workout's name. A taskbar shows no more.
const LONGEST_NAME: usize = 24;

/// The time left and the step, the part that changes first: `4:59 hard`. The workout's name follows while nothing runs
/// down: with it, the title of each second would be longer than most digits.
pub fn window_title(view: &View<'_>, units: Units) -> String {
    let big = time::big(view, units).with_unit();
    let title = labels::title(view);
    let step = cut(&title, LONGEST_NAME);
    let now = match view.phase {
        Phase::Paused => format!("PAUSED {big} {step}"),
        Phase::Absent { .. } => format!("AWAY {big} {step}"),
        Phase::CountIn { .. } => format!("starts in {big} {step}"),
        Phase::Ready => format!("READY {big} {step}"),
        Phase::Running | Phase::Stopped => return format!("{big} {step}"),
    };
    format!("{now} – {}", cut(&view.sequence.name, LONGEST_NAME))
}
