//! The default voice: how much is said unless the user chooses with `--voice` or in the settings.
//!
//! The built-in clips speak. Words that they lack are spoken by the first of the
//! [installed programs](super::installed_programs) that answers.

use crate::cues::Verbosity;

/// The default on the screen: the next step and the speed to set. More would annoy others in a gym, so it is for those who
/// ask for it.
pub const ON_SCREEN: Verbosity = Verbosity::Brief;

/// The default with output as lines. They may be read by a screen reader, and two voices at once cannot be understood.
pub const AS_LINES: Verbosity = Verbosity::Off;

/// The default in an exported sound file.
pub const IN_EXPORT: Verbosity = Verbosity::Brief;
