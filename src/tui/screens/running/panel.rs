//! Whether the belt's number has a panel, and what stands there without a number.

use super::labels::{self, belt, incline};
use super::scene::RunningScene;

/// The width from which a row below the time has room for the prompt that ends the step.
pub const PROMPT_COLUMNS: u16 = 70;

/// True if there is a number or an incline to set.
pub fn has_panel(scene: &RunningScene<'_>) -> bool {
    belt::belt(scene.view, scene.units).is_some() || incline::now(scene.view).is_some()
}

/// True if there is anything to say below the time of a step without a belt's number.
pub fn has_facts(scene: &RunningScene<'_>, columns: u16) -> bool {
    let prompts = labels::prompts(scene.view, scene.units, scene.theme.keymap());
    let is_prompted = columns >= PROMPT_COLUMNS && !prompts.is_empty();
    is_prompted || incline::words(scene.view).is_some() || labels::zone_tag(scene.view).is_some()
}
