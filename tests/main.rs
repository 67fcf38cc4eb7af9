//! Every integration test in one binary.

#[cfg(target_os = "linux")]
mod audio;
#[cfg(target_os = "linux")]
mod pulse_server;
