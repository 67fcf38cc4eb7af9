//! The terminal's title: what a glance at the taskbar tells while another window is in front.

use crate::coach::View;
use crate::session::Phase;
use crate::text::cut;
use crate::tui::screens::running::labels;
use crate::tui::screens::running::labels::Units;

/// So many characters of the step's words, and of the workout's name: a taskbar shows no more, and it is written every
/// second.
const MOST: usize = 24;

/// What is left and of what, first the part that changes: `4:59 hard – Short intervals`.
pub fn title(view: &View<'_>, units: Units) -> String {
    let mut big = labels::big(view, units);
    if let Some(unit) = labels::big_unit(view, units) {
        big = format!("{big} {unit}");
    }
    let step = cut(labels::title(view), MOST);
    let says = match view.phase {
        Phase::Paused => format!("PAUSED {big} {step}"),
        Phase::Absent { .. } => format!("AWAY {big} {step}"),
        Phase::CountIn { .. } => format!("starts in {big} {step}"),
        Phase::Ready => format!("READY {big} {step}"),
        Phase::Running | Phase::Stopped => format!("{big} {step}"),
    };
    format!("{says} – {}", cut(&view.sequence.name, MOST))
}
