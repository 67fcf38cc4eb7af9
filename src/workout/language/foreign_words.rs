//! Words of other languages, with the English ones that pacebell reads.

use std::ops::Range;

/// The longest phrase of the table, in words.
const LONGEST_PHRASE: usize = 4;

/// Every phrase in lower case, and what it means. A word that is also English is left out.
pub(crate) const WORDS: &[(&str, &str)] = &[
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
    ("trabpausen", "jog"),
    ("lockere", "easy"),
    ("lockeres", "easy"),
    ("ruhiger", "easy"),
    ("lockerer dauerlauf", "easy"),
    ("ruhiger dauerlauf", "easy"),
    ("locker laufen", "easy"),
    ("steigerung", "strides"),
    ("halbmarathontempo", "HMP"),
    ("marathontempo", "MP"),
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
    ("allure semi", "HMP"),
    ("allure semi marathon", "HMP"),
    ("allure 10 km", "10K"),
    ("allure 10k", "10K"),
    ("allure 5 km", "5K"),
    ("calme", "easy"),
    ("récupération trot", "jog"),
    ("récup trot", "jog"),
    ("récup marche", "walk"),
    ("trottée", "jog"),
    ("lente", "easy"),
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
    ("ritmo maratón", "MP"),
    ("ritmo maraton", "MP"),
    ("ritmo media maratón", "HMP"),
    ("recuperación", "recovery"),
    ("recuperacion", "recovery"),
    ("trotando", "jog"),
    ("trotar", "jog"),
    ("vuelta calma", "cool down"),
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
    ("terskelfart", "threshold"),
    ("nedjogg", "cool down"),
    ("nedjogging", "cool down"),
    ("nedvarvning", "cool down"),
    ("oppvarming", "warm up"),
    ("oppvarmning", "warm up"),
    ("langkjøring", "run"),
    ("rolige", "easy"),
    ("opvarmning", "warm up"),
    ("minutter", "min"),
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
    ("dont", "with"),
    ("au seuil", "threshold"),
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

/// Words that could mean something else, too: they are translated only to be offered.
const UNCERTAIN: [&str; 17] = [
    "tresh",
    "thresh",
    "treshold",
    "ftp",
    "rftp",
    "cp",
    "vma",
    "wkt",
    "wettkampftempo",
    "renntempo",
    "wedstrijdtempo",
    "accel",
    "accels",
    "im",
    "di",
    "ga2",
    "pct",
];

/// Returns the text in English and the words that were translated, with what each means. Returns nothing if there is
/// none, or if one of them is uncertain.
pub(crate) fn in_english(text: &str) -> Option<(String, Vec<(String, &'static str)>)> {
    let (english, words) = translate(text)?;
    let is_certain = words.iter().all(|(word, _)| !UNCERTAIN.contains(&word.as_str()));
    is_certain.then_some((english, words))
}

/// Translates the words outside of quotes, cues and labels. Returns nothing if all words are English.
pub(crate) fn translated(text: &str) -> Option<String> {
    Some(translate(text)?.0)
}

fn translate(text: &str) -> Option<(String, Vec<(String, &'static str)>)> {
    let end = quote(text).unwrap_or(text.len());
    let words = words(text.get(..end)?);
    let mut english = String::new();
    let mut read = Vec::new();
    let (mut copied, mut i) = (0, 0);
    while let Some(first) = words.get(i) {
        let found = (1..=LONGEST_PHRASE).rev().find_map(|length| {
            let last = words.get(i + length - 1)?;
            let phrase = text.get(first.start..last.end)?.to_lowercase();
            let is_label = text.get(last.end..)?.trim_start().starts_with(':');
            let (_, meaning) = WORDS.iter().find(|(word, _)| *word == phrase && !is_label)?;
            Some((last.end, *meaning, length, phrase))
        });
        let Some((end, meaning, length, phrase)) = found else {
            i += 1;
            continue;
        };
        english += text.get(copied..first.start)?;
        english += meaning;
        read.push((phrase, meaning));
        copied = end;
        i += length;
    }
    english += text.get(copied..)?;
    (copied > 0).then_some((english, read))
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
