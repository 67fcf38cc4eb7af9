//! The runner: the profile (results, treadmills, units) and the figures calculated from it.

pub mod figures;
pub mod profile;
