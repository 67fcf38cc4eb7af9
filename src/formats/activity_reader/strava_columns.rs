//! The columns and the numbers of Strava's list, whose headings and separators are those of the account's language.

use csv::StringRecord;

/// The place of each column that matters.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct StravaColumns {
    /// The start, in UTC.
    pub date: usize,
    /// The name.
    pub name: usize,
    /// The sport.
    pub kind: usize,
    /// The description.
    pub about: usize,
    /// The note that only the athlete sees.
    pub private_note: Option<usize>,
    /// The time from start to end, in seconds.
    pub elapsed: usize,
    /// The time without standing, in seconds.
    pub moving: Option<usize>,
    /// The distance in kilometres; in metres in old exports.
    pub distance: usize,
    /// The distance in metres.
    pub metres: Option<usize>,
    /// The file of the activity.
    pub file: Option<usize>,
    /// The mean heart rate.
    pub mean_heart: Option<usize>,
    /// The highest heart rate.
    pub highest_heart: Option<usize>,
    /// The answer to how hard it was, from 1 to 10.
    pub rpe: Option<usize>,
}

/// The headings of a column in several languages, in small letters.
mod heading {
    pub const FILE: &[&str] = &[
        "filename",
        "dateiname",
        "nom du fichier",
        "nombre de archivo",
        "nombre del archivo",
        "nome del file",
        "nome file",
        "nome do arquivo",
        "nome do ficheiro",
        "bestandsnaam",
    ];
    pub const MOVING: &[&str] = &[
        "moving time",
        "bewegungszeit",
        "durée de déplacement",
        "temps de déplacement",
        "tiempo en movimiento",
        "tempo in movimento",
        "tempo de movimentação",
        "tempo em movimento",
        "beweegtijd",
    ];
    pub const MEAN_HEART: &[&str] = &[
        "average heart rate",
        "durchschnittliche herzfrequenz",
        "durchschnittl. herzfrequenz",
        "fréquence cardiaque moyenne",
        "ritmo cardiaco promedio",
        "frecuencia cardiaca media",
        "frequenza cardiaca media",
        "frequência cardíaca média",
        "ritmo cardíaco médio",
        "gemiddelde hartslag",
    ];
    pub const HIGHEST_HEART: &[&str] = &[
        "max heart rate",
        "max. herzfrequenz",
        "maximale herzfrequenz",
        "fréquence cardiaque max.",
        "fréquence cardiaque maximum",
        "ritmo cardiaco máximo",
        "frecuencia cardiaca máxima",
        "frequenza cardiaca massima",
        "frequência cardíaca máxima",
        "max. hartslag",
        "maximale hartslag",
    ];
    pub const RPE: &[&str] = &[
        "perceived exertion",
        "wahrgenommene anstrengung",
        "gefühlte anstrengung",
        "effort perçu",
        "effort ressenti",
        "esfuerzo percibido",
        "sforzo percepito",
        "percezione dello sforzo",
        "esforço percebido",
        "percepção de esforço",
        "waargenomen inspanning",
    ];
    pub const PRIVATE_NOTE: &[&str] = &[
        "activity private note",
        "private notiz zur aktivität",
        "note privée de l'activité",
        "note privée sur l’activité",
        "nota privada de la actividad",
        "nota privata dell'attività",
        "nota privada da atividade",
        "privénotitie bij activiteit",
    ];
}

/// The first columns, whose order is the same in every language and year.
const FIRST: [&str; 7] = ["id", "date", "name", "type", "description", "elapsed time", "distance"];

impl StravaColumns {
    /// Finds the columns by their headings. `None` if this is not Strava's list: `sample`, its first row, must have a number
    /// and a date where Strava has them.
    pub fn of(headings: &StringRecord, sample: Option<&StringRecord>) -> Option<StravaColumns> {
        let lower: Vec<String> = headings.iter().map(|h| h.trim().to_lowercase().replace('_', " ")).collect();
        let is_named = FIRST.iter().zip(&lower).all(|(name, heading)| heading.ends_with(name));
        let has_date = |row: &StringRecord| {
            let is_number =
                row.get(0).is_some_and(|id| !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit()));
            is_number && row.get(1).is_some_and(|date| super::strava_date::date(date).is_some())
        };
        if lower.len() < FIRST.len() || !(is_named || sample.is_some_and(has_date)) {
            return None;
        }
        let find = |names: &[&str]| lower.iter().position(|heading| names.contains(&heading.as_str()));
        // Elapsed time and distance come twice: as the site shows them, and later as plain numbers, with the moving time
        // between them.
        let again =
            lower.iter().skip(FIRST.len()).position(|heading| *heading == lower[5]).map(|i| i + FIRST.len());
        let metres =
            lower.iter().skip(FIRST.len()).position(|heading| *heading == lower[6]).map(|i| i + FIRST.len());
        let between =
            again.zip(metres).filter(|(again, metres)| *metres == again + 2).map(|(again, _)| again + 1);
        let by_content = || sample?.iter().position(|cell| cell.starts_with("activities/"));
        Some(StravaColumns {
            date: 1,
            name: 2,
            kind: 3,
            about: 4,
            private_note: find(heading::PRIVATE_NOTE),
            elapsed: 5,
            moving: find(heading::MOVING).or(between),
            distance: 6,
            metres,
            file: find(heading::FILE).or_else(by_content),
            mean_heart: find(heading::MEAN_HEART),
            highest_heart: find(heading::HIGHEST_HEART),
            rpe: find(heading::RPE),
        })
    }
}

/// Returns the numbers that a text may mean, the likelier first: `1,234` is 1234 in one language and 1.234 in another.
pub fn readings(text: &str) -> Vec<f64> {
    let kept: String = text.chars().filter(|c| c.is_ascii_digit() || ['.', ','].contains(c)).collect();
    if kept.is_empty() || text.chars().any(char::is_alphabetic) || text.trim().starts_with('-') {
        return Vec::new();
    }
    let read = |decimal: Option<char>| {
        let text: String = kept.chars().filter(|c| c.is_ascii_digit() || Some(*c) == decimal).collect();
        text.replace(',', ".").parse::<f64>().ok().filter(|n| n.is_finite())
    };
    let Some(last) = kept.rfind(['.', ',']) else { return read(None).into_iter().collect() };
    let sign = kept[last..].chars().next();
    let count = kept.matches(['.', ',']).count();
    let is_alike = kept.matches(['.', ',']).all(|s| sign.is_some_and(|sign| s.starts_with(sign)));
    let groups = kept.len() - last - 1 == 3;
    let readings = match (count, is_alike) {
        (1, _) if groups && (1..=3).contains(&last) && !kept.starts_with('0') => vec![read(None), read(sign)],
        (1, _) => vec![read(sign)],
        (_, true) => vec![read(None)],
        (_, false) => vec![read(sign)],
    };
    readings.into_iter().flatten().collect()
}

/// Reads a time in seconds, or with colons.
pub fn seconds(text: &str) -> Option<f64> {
    if text.contains(':') {
        let parts: Option<Vec<f64>> = text.trim().split(':').map(|part| part.trim().parse().ok()).collect();
        return Some(parts?.into_iter().fold(0.0, |sum, part| sum * 60.0 + part)).filter(|s| *s >= 0.0);
    }
    readings(text).first().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_of_every_language_are_read() {
        for (text, expected) in [
            ("10.02", &[10.02][..]),
            ("10,02", &[10.02]),
            ("1,002.50", &[1002.5]),
            ("1.002,50", &[1002.5]),
            ("1 002,5", &[1002.5]),
            ("1\u{202f}234", &[1234.0]),
            ("1,234", &[1234.0, 1.234]),
            ("12.345", &[12345.0, 12.345]),
            ("1,234,567", &[1_234_567.0]),
            ("5012.2998046875", &[5012.2998046875]),
            ("0.125", &[0.125]),
            ("3600", &[3600.0]),
            ("", &[]),
            ("n/a", &[]),
            ("-5", &[]),
        ] {
            assert_eq!(readings(text), expected, "{text}");
        }
    }

    #[test]
    fn times_are_read_with_and_without_colons() {
        assert_eq!(
            [seconds("3,125"), seconds("3125.0"), seconds("52:05"), seconds("1:02:03")],
            [Some(3125.0), Some(3125.0), Some(3125.0), Some(3723.0)]
        );
    }

    #[test]
    fn columns_are_found_by_name_and_by_place() {
        let record = |cells: &[&str]| StringRecord::from(cells.to_vec());
        let english = record(&[
            "Activity ID",
            "Activity Date",
            "Activity Name",
            "Activity Type",
            "Activity Description",
            "Elapsed Time",
            "Distance",
            "Max Heart Rate",
            "Filename",
            "Elapsed Time",
            "Moving Time",
            "Distance",
            "Average Heart Rate",
        ]);
        let columns = StravaColumns::of(&english, None).unwrap();
        assert_eq!(
            (columns.moving, columns.metres, columns.file, columns.mean_heart),
            (Some(10), Some(11), Some(8), Some(12))
        );
        // Words that nobody put into the tables: only their places and the first row tell.
        let other = record(&["A", "B", "C", "D", "E", "F", "G", "H", "I", "F", "K", "G"]);
        let row = record(&[
            "12",
            "5 Jan 2025, 06:30:12",
            "n",
            "Run",
            "",
            "60",
            "0.2",
            "",
            "activities/1.fit.gz",
            "60",
            "59",
            "200",
        ]);
        let columns = StravaColumns::of(&other, Some(&row)).unwrap();
        assert_eq!((columns.moving, columns.metres, columns.file), (Some(10), Some(11), Some(8)));
        assert_eq!(StravaColumns::of(&other, None), None);
        assert_eq!(StravaColumns::of(&record(&["id", "date"]), None), None);
    }
}
