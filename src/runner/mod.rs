//! The runner: the profile (results, treadmills, units) and the figures worked out from it.

pub mod figures;
pub mod profile;
