//! What the runner has written: profile, settings, workouts; how many mistakes are in them, and what shows those.

use super::Fact;
use crate::clock;
use crate::library::{self, Item};
use crate::settings;
use crate::settings::{Profile, Settings, Unusable};
use crate::workout::{self, Options};

/// The settings, as far as they can be read.
pub fn settings() -> Result<Settings, Unusable> {
    settings::settings()
}

/// All of it.
pub fn all(settings: &Result<Settings, Unusable>) -> Vec<Fact> {
    vec![the_settings(settings), profile(), workouts()]
}

fn mistakes(count: usize) -> String {
    format!("{count} {}", if count == 1 { "mistake" } else { "mistakes" })
}

fn the_settings(settings: &Result<Settings, Unusable>) -> Fact {
    let there = settings::settings_path().is_some_and(|path| path.exists());
    match settings {
        Ok(_) if there => Fact::ok("config.toml: no mistakes"),
        Ok(_) => Fact::ok("config.toml: there is none, so everything is as usual"),
        Err(Unusable::Wrong(_, problems)) => Fact::wrong(
            format!("config.toml: {}", mistakes(problems.len())),
            "`pacebell sounds` shows them underlined, as every command with a screen does",
        ),
        Err(Unusable::Unreadable(why)) => {
            Fact::wrong(format!("config.toml: {why}"), "mend or move the file; it need not be there")
        }
    }
}

fn profile() -> Fact {
    match settings::profile(Some(clock::local_time().date_naive())) {
        Profile::Missing => {
            Fact::ok("profile.toml: there is none, so paces are those of nobody in particular")
                .helped("`pacebell profile race 5K 25:00` begins one")
        }
        Profile::Read(_, parsed) if parsed.warnings.is_empty() => Fact::ok("profile.toml: no mistakes"),
        Profile::Read(_, parsed) => {
            let count = parsed.warnings.len();
            let word = if count == 1 { "thing looks" } else { "things look" };
            Fact::note(format!("profile.toml: {count} {word} odd")).helped("`pacebell profile` shows what")
        }
        Profile::Wrong(_, problems) => Fact::wrong(
            format!("profile.toml: {}", mistakes(problems.len())),
            "`pacebell profile` shows them underlined",
        ),
        Profile::Unreadable(why) => {
            Fact::wrong(format!("profile.toml: {why}"), "mend or move the file; it need not be there")
        }
    }
}

fn workouts() -> Fact {
    let own: Vec<Item> = library::all().into_iter().filter(Item::is_mine).collect();
    let wrong: Vec<&Item> = own.iter().filter(|item| !is_fine(item)).collect();
    let word = if own.len() == 1 { "workout" } else { "workouts" };
    let says = format!("your library: {} {word}", own.len());
    match wrong.first() {
        None => Fact::ok(says),
        Some(first) => Fact::wrong(
            format!("{says}, {} with mistakes", wrong.len()),
            format!("`pacebell check {}` shows them underlined", first.name),
        ),
    }
}

fn is_fine(item: &Item) -> bool {
    item.source().is_ok_and(|source| workout::compile_file(&source, None, &Options::default()).is_ok())
}
