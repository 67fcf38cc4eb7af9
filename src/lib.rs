//! pacebell: a workout timer for runners on a treadmill, in the terminal.
//!
//! # Layers
//!
//! A module uses only modules on its own line or below it. `tests/architecture.rs` checks this.
//!
//! ```text
//!                                main
//!                                  │
//!                                 cli                      commands, arguments, exit codes
//!                                  │
//!                               runtime                    the event loop of a session
//!                                  │
//!                             tui · plain                  the screen, and lines of text
//!                                  │
//!  frontend · voice · audio · radio · keep_awake · notify · history · library · settings
//!                                  │
//!          clock · atomic_file · folders · programs · keymap · display
//! ─────────────────────────────────┼─────────────────────────────────
//!                                  │                       below this line: no I/O, no clock
//!                                coach                     drives a session with its cues
//!                                  │
//!                                cues                      signals and speech
//!                                  │
//!           session · formats · agenda · trends · day      a run's state; JSON, FIT, TCX; today's plan; weeks in numbers; breaks
//!                                  │
//!                               runner                     the profile, and the figures in it
//!                                  │
//!                               workout                    the workout language
//!                                  │
//!                      athlete · belt · sensors            paces and zones; the treadmill; bytes of sensors
//!                                  │
//!                     spanned_toml · loose_file            files, and what a broken one means
//!                                  │
//!                             diagnostic
//!                                  │
//!                            units · text
//! ```
//!
//! The runtime drives a [`frontend::Frontend`] without knowing which. That is why the trait is below `tui` and `plain`.
//!
//! # From text to sound
//!
//! ```text
//! text ─parse→ Document ─resolve→ Workout ─compile→ Sequence ─run→ Session
//!                                                                     │
//!                                       Effects ←plan─ Forecast ←─────┘
//! ```
//!
//! Data flows in this direction only. Five decisions shape the code:
//!
//! - A session makes a new forecast after each change, instead of keeping a schedule up to date.
//! - Steps and repeats have ids that do not depend on their position.
//! - Sequences, commands and events are plain data with a version, so any session can be replayed.
//! - An absence (a closed lid, a stopped process) is an input like any other.
//! - The treadmill is part of the model, with its limits and its lag, and not an afterthought.
//!
//! # Glossary
//!
//! Running:
//!
//! - **workout**: what a file or a line of notation describes, such as `8×60s hard / 60s easy`.
//! - **step**: a part of a workout with one target and one end. An **open** step ends when the runner presses a key.
//! - **repeat**, **rep**, **set**: a part that is run several times; one pass through it; one pass through an outer repeat.
//! - **recovery**: the step between two reps. Its role is *between*.
//! - **target**: the intensity to run at: a pace, a speed, an effort, a heart rate, an RPE or a breathing pace.
//! - **effort**: an intensity with a name, such as `easy` or `hard`. **RPE** is the perceived effort from 0 to 10.
//! - **zone**: the intensity as a number: 0 is standing, 1 is very easy, 5 is hard.
//! - **ramp**: a step whose target or incline changes evenly from its start to its end.
//! - **VDOT**: the fitness figure of Daniels and Gilbert. A race result gives it, and it gives all paces.
//! - **flat**: the incline that the runner uses as level ground, such as 1 %.
//!
//! Treadmill:
//!
//! - **belt**: the running belt with its unit, range, smallest step, lag and calibration factor.
//! - **number** and **speed**: what the console shows, and the true speed under the runner's feet. The **factor** relates
//!   the two.
//! - **setting**: a number with the speed it stands for. **press**: a change of the setting.
//! - **lag**: the seconds that the belt takes to change its speed by one unit.
//! - **ceiling**: the speed that no target passes unless the runner goes faster by hand.
//! - **rails**: the sides of the treadmill, where the runner stands during a recovery that is too short for the belt to
//!   slow down.
//!
//! Sensors:
//!
//! - **sensor**: a Bluetooth device that measures the runner or the treadmill. A **strap** measures the heart rate, a
//!   **foot pod** the speed and the cadence.
//! - **reading**: the heart rate that counts at a moment: **stale** from three seconds on, **missing** from five.
//!
//! Session:
//!
//! - **sequence**: a compiled workout: a flat list of planned steps.
//! - **session**: one run of a sequence. **lap**: one visit to a step.
//! - **active time**: the time that a session has run, without pauses. **moment**: an instant on the session's clock.
//! - **count-in**: the seconds before the clock starts, for pressing the number and getting onto the belt.
//! - **command**, **event**: what the runner asks of a session, and what happens.
//! - **bend**: a change of the rest of a session: easier, one rep more, or cut to the time that is left.
//! - **forecast**: the steps to come with their times, as far as they are known. Each change raises its **revision**.
//! - **rehearsal**: a session whose clock runs faster than real time, to try a workout out.
//! - **time trial**: a workout with a race in it, whose result can go into the profile.
//!
//! Plan:
//!
//! - **plan**: a file with weeks of training. **block**: a plan that is followed from a date on, or up to a race.
//! - **week**: seven days of a plan. A **down** week is an easier one.
//! - **item**: a session of a plan on its day, or on any day of its week. It may offer a choice.
//! - **calendar**: a plan on its dates, compiled for the athlete. **anchor**: the date that the weeks are counted from.
//! - **agenda**: the calendar with the log and the runner's **choices** laid over it, as of one day.
//! - **progress**: a value of a plan that changes from week to week.
//!
//! Day:
//!
//! - **action**: a small break of `day.toml`, with the time of sitting or the times of day at which it is due.
//! - **reminder**: a due action that is shown once. **turn**: the right of one of several programs to show it.
//! - **win**: an action that was done.
//!
//! Sound and screen:
//!
//! - **cue**: anything that the program says, sounds or shows at its time. A **text cue** is written in the workout.
//! - **signal**: a sound with a meaning, such as *faster* or *count*. A **pip** is one sound of the count, and a **tick**
//!   marks something within a step.
//! - **phrase**: a sentence of the voice. **speech window**: the time in which it may be said.
//! - **clip**: a built-in recording of a word.
//! - **chart**: the intensity of a workout over its time, as bars.
//!
//! Log:
//!
//! - **log**: the database of all sessions. **entry**: one session in it.
//! - **journal**: writes the events of a running session to the log as they happen, so that a crash loses nothing.
//! - **unfinished session**: one that was neither logged nor discarded. It can be resumed.
//! - **profile**: the file about the runner and the treadmill. **settings**: the file about the program.
//! - **load**: RPE × minutes of a session.
//! - **trends**: what the log adds up to over weeks. **easy share**: the part of the running in zones 1 and 2.
//! - **monotony**, **strain**: how alike the days of a week are, and the load of the week × that figure.

#![forbid(unsafe_code)]

pub mod agenda;
pub mod athlete;
pub mod atomic_file;
pub mod audio;
pub mod belt;
pub mod cli;
pub mod clock;
pub mod coach;
pub mod cues;
pub mod day;
pub mod diagnostic;
pub mod display;
pub mod folders;
pub mod formats;
pub mod frontend;
pub mod history;
pub mod keep_awake;
pub mod keymap;
pub mod library;
pub mod loose_file;
pub mod notify;
pub mod plain;
pub mod plan;
pub mod programs;
pub mod radio;
pub mod runner;
pub mod runtime;
pub mod sensors;
pub mod session;
pub mod settings;
pub mod spanned_toml;
pub mod text;
pub mod trends;
pub mod tui;
pub mod units;
pub mod voice;
pub mod workout;
