//! `pacebell checkin`: ten seconds in the morning, and what they make of today.

use crate::agenda::{CheckinAnswers, CheckinChoice, DailyCheckin};
use crate::cli::active_plan;
use crate::cli::args::checkin::CheckinArguments;
use crate::cli::checkin_words;
use crate::cli::context::{Context, output_width};
use crate::cli::failure::Failure;
use crate::cli::load_workout::profile_if_usable;
use crate::cli::paint::{TextLook, TextPainter};
use crate::cli::report::Report;
use crate::cli::session::display::Display;
use crate::cli::session::page_host::PageHost;
use crate::cli::spelled_output::SpelledOutput;
use crate::cli::table::wrap;
use crate::clock;
use crate::display::checkin::{CheckinScale, SCALES, sentence};
use crate::history::checkins;
use crate::tui::screens::checkin::{CheckinForm, CheckinOutcome, CheckinPage};
use chrono::NaiveDate;
use std::io::{self, IsTerminal, Write};

/// Asks, or takes what was given, and shows what it makes of today. With neither, shows what was answered today.
pub fn checkin(context: &Context, arguments: &CheckinArguments) -> Result<(), Failure> {
    let today = clock::local_time().date_naive();
    let is_given = !arguments.scales.is_empty() || arguments.stop || arguments.heart.is_some();
    if !is_given && context.terminal.has_screen {
        return check_in_on_screen(context, today);
    }
    let answers = match arguments.scales[..] {
        [sleep, soreness, energy, mood] => {
            let (resting_heart, must_stop) = (arguments.heart, arguments.stop);
            Some(CheckinAnswers { sleep, soreness, energy, mood, resting_heart, must_stop })
        }
        _ if arguments.stop || arguments.heart.is_some() => return Err(answers_missing()),
        _ if checkin_words::of_today(context, today)?.is_some() => None,
        _ if io::stdin().is_terminal() => match ask()? {
            Some(answers) => Some(answers),
            None => return Ok(()),
        },
        _ => return Err(answers_missing()),
    };
    if let Some(answers) = answers {
        write(context, DailyCheckin { on: today, answers })?;
    }
    show(context, today)
}

/// Shows the page, and prints what was made of the answers.
fn check_in_on_screen(context: &Context, today: NaiveDate) -> Result<(), Failure> {
    let mut host = PageHost::new(context, Display::Screen)?;
    let plan = active_plan::load(context, &profile_if_usable())?;
    let choices = checkin_words::choice_words(plan.as_ref().map(|plan| plan.agenda(today)).as_ref());
    let choice = ask_on_page(&mut host, choices)?;
    host.leave()?;
    if choice.is_some() { show(context, today) } else { Ok(()) }
}

/// Asks on a page of the screen, keeps the answers, and returns the runner's choice. `None` if the runner left it out.
/// `choices` are as planned, easier and rest in words.
///
/// # Errors
/// If a signal ends the program, the terminal is gone, or the log cannot be read or written.
pub fn ask_on_page(host: &mut PageHost<'_>, choices: [String; 3]) -> Result<Option<CheckinChoice>, Failure> {
    let on = clock::local_time().date_naive();
    let mut earlier = checkin_words::up_to(host.context, on)?;
    let given = earlier.pop_if(|last| last.on == on).map(|last| last.answers);
    let form = CheckinForm { on, earlier, given, choices };
    match host.show(&mut CheckinPage::new(form, host.context.theme))? {
        CheckinOutcome::Left => Ok(None),
        CheckinOutcome::Answered { answers, choice } => {
            if given != Some(answers) {
                write(host.context, DailyCheckin { on, answers })?;
            }
            Ok(Some(choice))
        }
    }
}

fn write(context: &Context, checkin: DailyCheckin) -> Result<(), Failure> {
    let database = context.log()?;
    let mut connection = database.open()?;
    checkins::write(&mut connection, checkin, clock::since_1970())
        .map_err(|error| database.explain(&error))?;
    Ok(())
}

fn show(context: &Context, today: NaiveDate) -> Result<(), Failure> {
    let Some((checkin, verdict)) = checkin_words::of_today(context, today)? else { return Ok(()) };
    let plan = active_plan::load(context, &profile_if_usable())?;
    let agenda = plan.as_ref().map(|plan| plan.agenda(today));
    let painter = TextPainter::of_stdout(context);
    let mut out = SpelledOutput::stdout();
    for line in wrap(&sentence(&checkin, &verdict), usize::from(output_width()), "") {
        writeln!(out, "{line}")?;
    }
    writeln!(out)?;
    for choice in checkin_words::choices(&verdict, agenda.as_ref()) {
        let look = if choice.starts_with('▸') { TextLook::Title } else { TextLook::Plain };
        writeln!(out, "{}", painter.paint(&choice, look))?;
    }
    Ok(out.flush()?)
}

/// Asks line by line. `None` if the input ends, because the runner left it out.
fn ask() -> Result<Option<CheckinAnswers>, Failure> {
    let mut out = io::stdout();
    writeln!(out, "How are you? Enter is 3, the usual. Ctrl-D leaves it out today.")?;
    let stop = "Sharp pain, fever or illness, an injury that changes your stride? [y/N] ";
    let Some(stop) = ask_line(stop)? else { return Ok(None) };
    let must_stop = matches!(stop.as_str(), "y" | "yes");
    let mut scales = [3; 4];
    for (scale, CheckinScale { name, words }) in scales.iter_mut().zip(SCALES) {
        let words: Vec<String> = (1..).zip(words).map(|(number, word)| format!("{number} {word}")).collect();
        let question = format!("{name:<9} {}: ", words.join("  "));
        *scale = loop {
            let Some(line) = ask_line(&question)? else { return Ok(None) };
            match line.as_str() {
                "" => break 3,
                line => match line.parse() {
                    Ok(number @ 1..=5) => break number,
                    _ => writeln!(out, "Write a number from 1 to 5.")?,
                },
            }
        };
    }
    let resting_heart = loop {
        let Some(line) = ask_line("Resting heart rate, if you measured it: ")? else { return Ok(None) };
        match line.parse() {
            _ if line.is_empty() => break None,
            Ok(heart @ 20..=200) => break Some(heart),
            _ => writeln!(out, "Write beats per minute, such as 52, or press Enter.")?,
        }
    };
    let [sleep, soreness, energy, mood] = scales;
    Ok(Some(CheckinAnswers { sleep, soreness, energy, mood, resting_heart, must_stop }))
}

fn ask_line(question: &str) -> Result<Option<String>, Failure> {
    let mut out = io::stdout();
    write!(out, "{question}")?;
    out.flush()?;
    let mut line = String::new();
    io::stdin().read_line(&mut line)?;
    if !line.ends_with('\n') {
        writeln!(out)?;
        return Ok(None);
    }
    Ok(Some(line.trim().to_lowercase()))
}

fn answers_missing() -> Failure {
    let report = Report::new("the four answers are missing");
    Failure::Input(report.with_help(
        "write sleep, soreness, energy and mood from 1 to 5, where 5 is good: `pacebell checkin 3 4 3 4`",
    ))
}
