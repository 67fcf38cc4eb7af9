//! Words of other languages, with the English ones that pacebell reads.

use super::slip::{Advice, Slip};
use std::ops::Range;

/// The longest phrase of the table, in words.
const LONGEST_PHRASE: usize = 3;

/// Every phrase in lower case, and what it means. A word that is also English is left out.
const WORDS: &[(&str, &str)] = &[
    // German
    ("leicht", "easy"),
    ("locker", "easy"),
    ("lockerer", "easy"),
    ("langsam", "easy"),
    ("ruhig", "easy"),
    ("zügig", "tempo"),
    ("flott", "tempo"),
    ("schnell", "fast"),
    ("hart", "hard"),
    ("voll", "all-out"),
    ("schwelle", "threshold"),
    ("schwellentempo", "threshold"),
    ("traben", "jog"),
    ("trab", "jog"),
    ("trabpause", "jog"),
    ("gehen", "walk"),
    ("gehpause", "walk"),
    ("pause", "rest"),
    ("einlaufen", "warm up"),
    ("aufwärmen", "warm up"),
    ("auslaufen", "cool down"),
    ("abwärmen", "cool down"),
    ("minuten", "min"),
    ("sekunden", "s"),
    ("sekunde", "s"),
    ("sek", "s"),
    ("stunde", "h"),
    ("stunden", "h"),
    ("std", "h"),
    ("mal", "x"),
    ("dann", "then"),
    ("bis", "->"),
    // French
    ("facile", "easy"),
    ("lent", "easy"),
    ("lentement", "easy"),
    ("footing", "easy"),
    ("souple", "easy"),
    ("vite", "fast"),
    ("rapide", "fast"),
    ("rapidement", "fast"),
    ("dur", "hard"),
    ("à fond", "all-out"),
    ("seuil", "threshold"),
    ("trot", "jog"),
    ("trotter", "jog"),
    ("trottiné", "jog"),
    ("marche", "walk"),
    ("marcher", "walk"),
    ("repos", "rest"),
    ("récup", "recovery"),
    ("récupération", "recovery"),
    ("recup", "recovery"),
    ("échauffement", "warm up"),
    ("echauffement", "warm up"),
    ("retour au calme", "cool down"),
    ("heure", "h"),
    ("heures", "h"),
    ("secondes", "s"),
    ("seconde", "s"),
    ("mètres", "m"),
    ("kilomètres", "km"),
    ("fois", "x"),
    ("puis", "then"),
    ("allure marathon", "MP"),
    // Spanish and Portuguese
    ("suave", "easy"),
    ("fácil", "easy"),
    ("facil", "easy"),
    ("leve", "easy"),
    ("lento", "easy"),
    ("rápido", "fast"),
    ("rapido", "fast"),
    ("fuerte", "hard"),
    ("duro", "hard"),
    ("umbral", "threshold"),
    ("trote", "jog"),
    ("caminar", "walk"),
    ("caminando", "walk"),
    ("andando", "walk"),
    ("descanso", "rest"),
    ("calentamiento", "warm up"),
    ("aquecimento", "warm up"),
    ("enfriamiento", "cool down"),
    ("vuelta a la calma", "cool down"),
    ("minutos", "min"),
    ("minuto", "min"),
    ("segundos", "s"),
    ("horas", "h"),
    ("hora", "h"),
    ("metros", "m"),
    ("kilómetros", "km"),
    ("veces", "x"),
    ("luego", "then"),
    // Italian
    ("piano", "easy"),
    ("veloce", "fast"),
    ("forte", "hard"),
    ("soglia", "threshold"),
    ("camminata", "walk"),
    ("cammino", "walk"),
    ("riposo", "rest"),
    ("recupero", "recovery"),
    ("riscaldamento", "warm up"),
    ("defaticamento", "cool down"),
    ("minuti", "min"),
    ("secondi", "s"),
    ("ora", "h"),
    ("ore", "h"),
    ("metri", "m"),
    ("volte", "x"),
    ("poi", "then"),
    // Dutch and Swedish
    ("rustig", "easy"),
    ("makkelijk", "easy"),
    ("lugnt", "easy"),
    ("lätt", "easy"),
    ("snel", "fast"),
    ("snabbt", "fast"),
    ("drempel", "threshold"),
    ("dribbelen", "jog"),
    ("wandelen", "walk"),
    ("gång", "walk"),
    ("vila", "rest"),
    ("inlopen", "warm up"),
    ("uitlopen", "cool down"),
    ("uppvärmning", "warm up"),
    ("minuter", "min"),
    ("seconden", "s"),
    ("sekunder", "s"),
    ("uur", "h"),
    ("timme", "h"),
    ("keer", "x"),
    ("sedan", "then"),
    ("distans", "easy"),
    ("lugn", "easy"),
    ("hårt", "hard"),
    ("tröskel", "threshold"),
    ("joggvila", "jog"),
    ("rustige", "easy"),
    ("duurloop", "easy"),
    ("wedstrijdtempo", "10K"),
    ("pauze", "rest"),
    ("met", "with"),
    ("rolig", "easy"),
    ("terskel", "threshold"),
    // Abbreviations and words around them
    ("dl", "easy"),
    ("ga1", "easy"),
    ("ga2", "steady"),
    ("tdl", "tempo"),
    ("wkt", "10K"),
    ("wettkampftempo", "10K"),
    ("renntempo", "10K"),
    ("tp", "jog"),
    ("gehp", "walk"),
    ("im", "at"),
    ("mit", "with"),
    ("und", "and"),
    ("dauerlauf", "easy"),
    ("steigerungen", "strides"),
    ("steigerungsläufe", "strides"),
    ("bergauf", "uphill"),
    ("vma", "3K"),
    ("allure", "at"),
    ("endurance fondamentale", "easy"),
    ("as10", "10K"),
    ("as21", "HMP"),
    ("as42", "MP"),
    ("avec", "with"),
    ("et", "and"),
    ("lignes droites", "strides"),
    ("en côte", "uphill"),
    ("rodaje", "easy"),
    ("ritmo", "at"),
    ("rectas", "strides"),
    ("con", "with"),
    ("entre", "between"),
    ("calentar", "warm up"),
    ("corsa lenta", "easy"),
    ("lenta", "easy"),
    ("corsa", "run"),
    ("allunghi", "strides"),
    ("salita", "uphill"),
    ("di", "of"),
    ("pr", "per"),
    ("pct", "%"),
    ("prozent", "%"),
    ("ftp", "threshold"),
    ("tresh", "threshold"),
    ("thresh", "threshold"),
    ("treshold", "threshold"),
    ("rftp", "threshold"),
    ("cp", "threshold"),
    ("heart rate zone", "Z"),
    ("hr zone", "Z"),
    ("pulse zone", "Z"),
    ("up hill", "uphill"),
    ("accel", "strides"),
    ("accels", "strides"),
    ("accelerations", "strides"),
    ("de", "of"),
];

/// `10 Minuten locker`: the line in English.
pub(super) fn advice(slip: &Slip<'_>) -> Option<Advice> {
    let text = translated(slip.whole())?;
    Some(Advice::new("pacebell reads English words", vec![slip.rewrite(text).computed()]))
}

/// Returns the meaning of a word of the table, or of one that is a typo away, with the cost of the difference.
pub(super) fn near(word: &str) -> Option<(u32, &'static str)> {
    let exact = WORDS.iter().find(|(foreign, _)| *foreign == word).map(|(_, meaning)| (30, *meaning));
    let letters = word.chars().count();
    let longer = || {
        let mut words = WORDS.iter().filter(|(foreign, _)| letters >= 4 && foreign.starts_with(word));
        words.next().map(|(_, meaning)| (90, *meaning))
    };
    let typo = || {
        let mut words = WORDS.iter().filter(|(foreign, _)| letters >= 5 && foreign.chars().count() >= 5);
        words
            .find(|(foreign, _)| strsim::damerau_levenshtein(foreign, word) == 1)
            .map(|(_, meaning)| (100, *meaning))
    };
    exact.or_else(longer).or_else(typo)
}

/// Translates the words outside of quotes, cues and labels. Returns nothing if all words are English.
pub(super) fn translated(text: &str) -> Option<String> {
    let end = quote(text).unwrap_or(text.len());
    let words = words(text.get(..end)?);
    let mut english = String::new();
    let (mut copied, mut i) = (0, 0);
    while let Some(first) = words.get(i) {
        let found = (1..=LONGEST_PHRASE).rev().find_map(|length| {
            let last = words.get(i + length - 1)?;
            let phrase = text.get(first.start..last.end)?.to_lowercase();
            let is_label = text.get(last.end..)?.trim_start().starts_with(':');
            let (_, meaning) = WORDS.iter().find(|(word, _)| *word == phrase && !is_label)?;
            Some((last.end, *meaning, length))
        });
        let Some((end, meaning, length)) = found else {
            i += 1;
            continue;
        };
        english += text.get(copied..first.start)?;
        english += meaning;
        copied = end;
        i += length;
    }
    english += text.get(copied..)?;
    (copied > 0).then_some(english)
}

/// Returns the start of the first quote or cue. A mark after a digit is a unit.
fn quote(text: &str) -> Option<usize> {
    let mut marks = text.char_indices().filter(|(_, letter)| matches!(letter, '|' | '\'' | '"'));
    let behind_digit =
        |at: usize| text.get(..at).is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit()));
    marks.find(|(at, letter)| *letter == '|' || !behind_digit(*at)).map(|(at, _)| at)
}

/// Returns the bytes of each word.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    for (start, letter) in text.char_indices().filter(|(_, letter)| letter.is_alphanumeric()) {
        let end = start + letter.len_utf8();
        match words.last_mut() {
            Some(word) if word.end == start => word.end = end,
            // A digit only ends a word: `GA1`.
            _ if letter.is_alphabetic() => words.push(start..end),
            _ => {}
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn translates_words_outside_of_quotes_and_labels() {
        assert_eq!(translated("10 Minuten leicht").as_deref(), Some("10 min easy"));
        assert_eq!(translated("retour au calme 10min").as_deref(), Some("cool down 10min"));
        assert_eq!(translated("8x400m schnell / 200m traben").as_deref(), Some("8x400m fast / 200m jog"));
        assert_eq!(translated("10min easy 'locker'"), None);
        assert_eq!(translated("Einlaufen: 10min easy"), None);
        assert_eq!(translated("10min quickly"), None);
    }

    #[test]
    fn no_word_of_the_language_is_foreign() {
        use crate::workout::language::lexicon;
        let english = |word: &str| lexicon::lookup(word, |_| Some(())).is_some();
        let both: Vec<&str> = WORDS.iter().map(|(word, _)| *word).filter(|word| english(word)).collect();
        assert!(both.is_empty(), "{both:?}");
    }
}
