//! Tests.

mod fixture;
mod screens;
