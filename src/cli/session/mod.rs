//! Running a session from the command line: its screen, its record, the questions around it.

pub(crate) mod display;
pub(crate) mod offer;
pub(crate) mod page_host;
pub(crate) mod prompts;
pub(crate) mod record;
pub(crate) mod run;
pub(crate) mod sensor;
pub(crate) mod sensor_choice;
pub(crate) mod trial_result;
pub(crate) mod typed_lines;
