//! `pacebell` alone: choose a workout of the library, and run it.

use super::Failure;
use super::run::{farewell, listen, session, status, theme};
use super::what;
use crate::library;
use crate::runtime::{self, Notice};
use crate::tui::picker::{Entry, Picked, Picker};
use crate::tui::terminal::Terminal;
use crate::tui::{Tui, Units};
use crate::workout::{self, Options};
use std::io;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::mpsc::Receiver;
