//! The backends that play samples on a device, one file or folder each.

#[cfg(target_os = "linux")]
pub(crate) mod aplay;
#[cfg(any(target_os = "macos", windows))]
pub(crate) mod cpal;
#[cfg(target_os = "linux")]
pub(crate) mod pulse;
