//! `pacebell checkin`: ten seconds in the morning, and what they make of today.

use crate::agenda::{CheckinAnswers, DailyCheckin};
use crate::cli::active_plan;
use crate::cli::args::checkin::CheckinArguments;
use crate::cli::checkin_words;
use crate::cli::context::{Context, output_width};
use crate::cli::failure::Failure;
use crate::cli::load_workout::profile_if_usable;
use crate::cli::paint::{TextLook, TextPainter};
use crate::cli::report::Report;
use crate::cli::spelled_output::SpelledOutput;
use crate::cli::table::wrap;
use crate::clock;
use crate::history::checkins;
use std::io::{self, IsTerminal, Write};

/// The scales with the words of their numbers.
const SCALES: [(&str, &str); 4] = [
    ("Sleep", "1 awful  2 poor  3 usual  4 good  5 deep"),
    ("Soreness", "1 very  2 sore  3 usual  4 little  5 none"),
    ("Energy", "1 empty  2 low  3 usual  4 fresh  5 full"),
    ("Mood", "1 dark  2 low  3 usual  4 good  5 bright"),
];

/// Asks, or takes what was given, and shows what it makes of today. With neither, shows what was answered today.
pub fn checkin(context: &Context, arguments: &CheckinArguments) -> Result<(), Failure> {
    let today = clock::local_time().date_naive();
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
        let database = context.log()?;
        let connection = database.open()?;
        let now = clock::since_1970();
        checkins::write(&connection, DailyCheckin { on: today, answers }, now)
            .map_err(|error| database.explain(&error))?;
    }
    show(context, today)
}

fn show(context: &Context, today: chrono::NaiveDate) -> Result<(), Failure> {
    let Some((checkin, verdict)) = checkin_words::of_today(context, today)? else { return Ok(()) };
    let plan = active_plan::load(context, &profile_if_usable())?;
    let agenda = plan.as_ref().map(|plan| plan.agenda(today));
    let painter = TextPainter::of_stdout(context);
    let mut out = SpelledOutput::stdout();
    for line in wrap(&checkin_words::sentence(&checkin, &verdict), usize::from(output_width()), "") {
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
    for (scale, (name, words)) in scales.iter_mut().zip(SCALES) {
        *scale = loop {
            let Some(line) = ask_line(&format!("{name:<9} {words}: "))? else { return Ok(None) };
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
