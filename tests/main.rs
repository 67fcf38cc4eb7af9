//! Tests.

mod fixture;
mod picture;
mod screens;
