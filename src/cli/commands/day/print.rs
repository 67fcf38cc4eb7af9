//! `pacebell day` where there is no terminal: the day as text.

use super::{actions, file};
use crate::cli::context::{Context, output_width};
use crate::cli::failure::Failure;
use crate::cli::paint::{TextLook, TextPainter};
use crate::cli::spelled_output::SpelledOutput;
use crate::cli::table::{CutColumn, TableCell, TableLayout, wrap};
use crate::clock;
use crate::day::{
    DayBoard, DayConfig, DayState, DeskPresence, OFFERED_ACTIONS, OfferedAction, day_text, due,
};
use crate::display::day as words;
use crate::history::day_rows;
use crate::settings;
use crate::text::clean;
use std::io::Write;

/// Prints the day, or what to do where there is no `day.toml`.
pub fn print(context: &Context) -> Result<(), Failure> {
    match file::load_checked(context)? {
        Some(day) => print_day(context, &day.config),
        None => print_offer(),
    }
}

fn print_day(context: &Context, config: &DayConfig) -> Result<(), Failure> {
    let board = board(context, config)?;
    let painter = TextPainter::of_stdout(context);
    let mut out = SpelledOutput::stdout();
    let until = if board.within_hours { format!(", until {}", board.until) } else { String::new() };
    writeln!(
        out,
        "{}",
        painter.paint(&format!("{}{until}", board.now.format("%a %-d %B")), TextLook::Title)
    )?;
    let headline = words::headline(&board);
    let sitting = words::sitting(&board).map(|sitting| format!("; {sitting}")).unwrap_or_default();
    writeln!(out, "{}{sitting}\n", headline.title)?;
    let rows: Vec<[TableCell; 3]> = board
        .rows
        .iter()
        .map(|row| {
            [row.name.clone().into(), row.when.clone().into(), words::times(row, &board).join("  ").into()]
        })
        .collect();
    let layout = TableLayout {
        right: [false; 3],
        flexible: &[CutColumn { column: 2, least: 12 }],
        optional: &[1],
        columns: usize::from(output_width()).saturating_sub(2),
        has_heading: false,
    };
    layout.lines(&rows, &painter).iter().try_for_each(|line| writeln!(out, "  {line}"))?;
    writeln!(out, "\n{}; {}.", words::wins_today(&board.wins), board.wins.sentence())?;
    Ok(out.flush()?)
}

/// Returns the day as the log knows it. Takes no turn and asks no desktop.
fn board(context: &Context, config: &DayConfig) -> Result<DayBoard, Failure> {
    let now = clock::local_time();
    let database = context.log()?;
    let mut presence = DeskPresence::default();
    let state = match database.open_to_read()? {
        Some(connection) => {
            let now_ms = now.timestamp_millis();
            day_rows::add_sessions(&database, &connection, now_ms, &mut presence)
                .and_then(|()| day_rows::read_state(&connection, now_ms))
                .map_err(|error| database.explain(&error))?
        }
        None => DayState::default(),
    };
    let turn = due(config, now, &state, &presence);
    Ok(DayBoard::new(config, now, &turn, &actions::recent_wins(context, now)?))
}

/// Says what to do without a `day.toml`, with one to copy.
fn print_offer() -> Result<(), Failure> {
    let path = settings::day_path().map(|path| clean(&path.display().to_string()));
    let place = path.unwrap_or_else(|| "day.toml".to_string());
    let mut out = SpelledOutput::stdout();
    let text = format!(
        "There is no day.toml yet. In a terminal, `pacebell day` offers small breaks to choose from, and writes it. Or write \
         {place} yourself, for example:"
    );
    wrap(&text, usize::from(output_width()), "").iter().try_for_each(|line| writeln!(out, "{line}"))?;
    let chosen: Vec<OfferedAction> = OFFERED_ACTIONS.into_iter().filter(|action| action.is_chosen).collect();
    write!(out, "\n{}", day_text(&chosen))?;
    Ok(out.flush()?)
}
