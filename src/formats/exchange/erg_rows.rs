//! The lines of ERG and MRC files.

use super::report::{ConversionNotes, ReportKind, ReportPlace};

/// The unit of power.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ErgUnit {
    /// Watts.
    #[default]
    Watts,
    /// Percent of threshold power.
    Percent,
}

/// A mark: a power at a time.
#[derive(Clone, Debug, PartialEq)]
pub struct ErgMark {
    /// The time in whole seconds.
    pub second: u64,
    /// The power.
    pub power: f64,
    /// The name of the lap that begins there.
    pub label: Option<String>,
    /// The line, from 1.
    pub line: usize,
}

/// The content of a file.
#[derive(Debug, Default)]
pub struct ErgFile {
    /// The name.
    pub name: String,
    /// The description.
    pub about: Option<String>,
    /// The threshold power in watts.
    pub ftp: Option<f64>,
    /// The unit of power.
    pub unit: ErgUnit,
    /// The marks in order.
    pub marks: Vec<ErgMark>,
    /// The texts with their seconds.
    pub texts: Vec<(u64, String)>,
    /// A line for each line that is not a mark, and for each unknown section.
    pub skipped: ConversionNotes,
}

/// The sections that are read.
const SECTIONS: [&str; 3] = ["[COURSE HEADER]", "[COURSE DATA]", "[COURSE TEXT]"];
/// The longest time in minutes. A longer workout is refused.
const LONGEST: f64 = 100_000.0;
/// How near to a multiple of five seconds a mark is taken for it.
const NEAR_FIVE: f64 = 0.3;

/// Rounds a mark to the second, or to a multiple of five that is very near: 0.67 min is 40 s.
fn second(minutes: f64) -> u64 {
    let seconds = minutes * 60.0;
    let five = (seconds / 5.0).round() * 5.0;
    if (seconds - five).abs() <= NEAR_FIVE { five as u64 } else { seconds.round() as u64 }
}

/// Reads the lines.
pub fn read(text: &str) -> ErgFile {
    let mut file = ErgFile::default();
    let mut section = String::new();
    let mut lap: Option<String> = None;
    for (line, number) in text.lines().zip(1..) {
        let line = line.trim();
        if line.is_empty() || line.starts_with(';') {
            continue;
        }
        if line.starts_with('[') {
            section = line.to_ascii_uppercase();
            if !section.starts_with("[END") && !SECTIONS.contains(&section.as_str()) {
                file.note(number, line, "a section that is no part of the workout");
            }
            continue;
        }
        match section.as_str() {
            "[COURSE HEADER]" => file.header(line),
            "[COURSE DATA]" => match mark(line, number) {
                Some(mut mark) => {
                    mark.label = lap.take().or(mark.label);
                    if file.marks.last().is_none_or(|before| before.second <= mark.second) {
                        file.marks.push(mark);
                    } else {
                        file.skip(number, line);
                    }
                }
                None => match line.to_ascii_uppercase().find("LAP") {
                    Some(at) => {
                        let name = line.get(at + 3..).map(str::trim).filter(|name| !name.is_empty());
                        lap = Some(name.unwrap_or("Lap").to_string());
                    }
                    None => file.skip(number, line),
                },
            },
            "[COURSE TEXT]" => match line.split_once(['\t', ' ']) {
                Some((at, words)) if at.parse::<f64>().is_ok_and(|at| (0.0..1e7).contains(&at)) => {
                    let words = words.trim().rsplit_once('\t').map_or(words, |(words, _)| words).trim();
                    file.texts
                        .push((at.parse::<f64>().unwrap_or_default().round() as u64, words.to_string()));
                }
                _ => file.skip(number, line),
            },
            _ => {}
        }
    }
    file
}

/// Reads `1.5  120`, `1,5 80%` and `1.5 LAP`.
fn mark(line: &str, number: usize) -> Option<ErgMark> {
    let mut words = line.split_whitespace();
    let parse = |word: &str| {
        word.trim_end_matches('%').replace(',', ".").parse().ok().filter(|n: &f64| n.is_finite())
    };
    let minutes = parse(words.next()?).filter(|minutes| (0.0..LONGEST).contains(minutes))?;
    let power = parse(words.next()?)?.max(0.0);
    Some(ErgMark { second: second(minutes), power, label: None, line: number })
}

impl ErgFile {
    fn skip(&mut self, number: usize, line: &str) {
        self.note(number, line, "a line that is not a mark was skipped");
    }

    fn note(&mut self, number: usize, line: &str, text: &str) {
        let place = ReportPlace { step: None, line: Some(number) };
        self.skipped.push(place.note(ReportKind::LeftOut, Some(line.to_string()), text));
    }

    fn header(&mut self, line: &str) {
        let Some((key, value)) = line.split_once('=') else {
            let upper = line.to_ascii_uppercase();
            if upper.starts_with("MINUTES") {
                let is_percent = upper.contains("PERCENT") || upper.contains("FTP");
                self.unit = if is_percent { ErgUnit::Percent } else { ErgUnit::Watts };
            }
            return;
        };
        let value = value.trim();
        match key.trim().to_ascii_uppercase().as_str() {
            _ if value.is_empty() => {}
            "FILE NAME" => {
                let name = value.rsplit(['/', '\\']).next().unwrap_or(value);
                let name = name.trim_end_matches(".erg").trim_end_matches(".mrc");
                self.name = name.replace('_', " ").trim().to_string();
            }
            "DESCRIPTION" => self.about = Some(value.to_string()),
            "FTP" => self.ftp = value.parse().ok().filter(|ftp: &f64| (20.0..2000.0).contains(ftp)),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_whole_seconds() {
        assert_eq!(
            [second(0.67), second(1.33), second(12.5), second(0.12), second(13.17)],
            [40, 80, 750, 7, 790]
        );
    }
}
