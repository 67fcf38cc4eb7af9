//! Whole sessions in the words of training plans, put into other words: `Jeff Galloway 30/30 for 3 miles`, `EMOM 10: …`.

use super::text_tokens::TextTokens;

/// Names of runs in training plans that say nothing beside what follows, and how hard the run is.
const PLAN_NAMES: [(&str, &str); 14] = [
    ("general aerobic + speed", "easy"),
    ("general aerobic and speed", "easy"),
    ("ga + speed", "easy"),
    ("ga + strides", "easy"),
    ("recovery + speed", "recovery"),
    ("rec + speed", "recovery"),
    ("rec", "recovery"),
    ("ga", "easy"),
    ("ml", "easy"),
    ("mlr", "easy"),
    ("lr", "easy"),
    ("aerobic run", "easy"),
    ("marathon-pace run", ""),
    ("mp run", ""),
];

/// `Jeff Galloway 30/30 for 3 miles`.
pub(super) fn galloway(tokens: &mut TextTokens) -> Option<String> {
    let names = ["jeff galloway method", "jeff galloway", "galloway method", "galloway"];
    let (at, name) = names.iter().find_map(|name| Some((tokens.find(name)?, *name)))?;
    let end = at + TextTokens::of(name).len();
    let walks = tokens.find("walk").is_some();
    tokens.replace(at..end, if walks { "" } else { "run/walk" });
    Some("A Galloway programme is taken as a run and a walk in turn.".to_string())
}

/// `GA + speed 8 mi w/ 10 x 100 m strides`.
pub(super) fn plan_name(tokens: &mut TextTokens) -> Option<String> {
    let (name, effort) = PLAN_NAMES
        .iter()
        .find(|(name, _)| tokens.find(name) == Some(0) && tokens.starts_number(TextTokens::of(name).len()))?;
    tokens.replace(0..TextTokens::of(name).len(), effort);
    Some(String::new())
}

/// `Day 1 - 30 min easy`, `Week 3 Day 2: …`.
pub(super) fn day_of_plan(tokens: &mut TextTokens) -> Option<String> {
    let mut end = 0;
    while ["day", "week"].iter().any(|word| tokens.is_word(end, word)) && tokens.number(end + 2).is_some() {
        end += 3;
        while [" ", ",", "-", "–", ":"].contains(&tokens.get(end)) {
            end += 1;
        }
    }
    (end > 0).then(|| tokens.replace(0..end, ""))?;
    Some(String::new())
}

/// `EMOM 10: 200m`: every minute on the minute.
pub(super) fn every_minute(tokens: &mut TextTokens) -> Option<String> {
    let at = tokens.find("emom")?;
    let number = tokens.word_after(at)?;
    let minutes = tokens.number(number)?;
    let mut end = number + 1;
    while ["min", "mins", "minutes", " ", ":", "-", "'", "of", "x", "×", ","].contains(&tokens.get(end)) {
        end += 1;
    }
    tokens.replace(at..end, &format!("{minutes} x "));
    tokens.push(" on 60s");
    Some(format!("`EMOM` is taken as a start every minute, {minutes} times."))
}

/// `kms alternating 4:15/4:45 for 8km`, `8 km alternating 4:15 and 4:45`.
pub(super) fn alternating_kilometres(tokens: &mut TextTokens) -> Option<String> {
    let at = (0..tokens.len()).find(|i| {
        tokens.is_word(*i, "alternating") && tokens.word_after(*i).is_some_and(|next| tokens.is_clock(next))
    })?;
    let first = tokens.word_after(at)?;
    let joint = tokens.word_after(first + 2).filter(|i| ["/", "-", "and", ","].contains(&tokens.get(*i)))?;
    let second = tokens.word_after(joint).filter(|i| tokens.is_clock(*i) && tokens.get(i + 3) != "/")?;
    let head = tokens.slice(0..at);
    let has_total = head.contains(|c: char| c.is_ascii_digit());
    let unit = if head.to_lowercase().contains("mi") { "mi" } else { "km" };
    let clock = |at: usize| format!("{}:{}", tokens.get(at), tokens.get(at + 2));
    let legs = format!("1{unit} {}/{unit} / 1{unit} {}/{unit}", clock(first), clock(second));
    // `alternating km: 8 km alternating …` has a title.
    let total = head.rsplit(':').next().unwrap_or_default().trim().replace(' ', "");
    let text = if has_total { format!("alternate {legs} for {total}") } else { format!("alternate {legs}") };
    tokens.replace(0..second + 3, &text);
    Some(format!("The paces are taken for each {unit}."))
}

/// `6 mph to 8 mph over 20 min`.
pub(super) fn speed_over_time(tokens: &mut TextTokens) -> Option<String> {
    let over = tokens.find("over").or_else(|| tokens.find("across"))?;
    let is_speed =
        ["mph", "kph", "km/h", "kmh"].iter().any(|unit| tokens.find(unit).is_some_and(|at| at < over));
    tokens.number(0).filter(|_| is_speed && tokens.find("to").is_some())?;
    let (ramp, length) = (tokens.slice(0..over), tokens.slice(over + 1..tokens.len()));
    *tokens = TextTokens::of(&format!("{} from {}", length.trim(), ramp.trim()));
    Some(String::new())
}

/// `8 miles with miles 3-6 at tempo`.
pub(super) fn numbered_miles(tokens: &mut TextTokens) -> Option<String> {
    let total = tokens.number(0)?;
    let at = (1..tokens.len()).find(|i| {
        let names = ["miles", "mile", "kms", "km", "kilometres"];
        names.iter().any(|name| tokens.is_word(*i, name))
            && tokens.number(i + 2).is_some()
            && ["-", "–", "to"].contains(&tokens.get(i + 3).trim())
    })?;
    let unit = if tokens.get(at).to_lowercase().starts_with('m') { "mi" } else { "km" };
    let (first, last) = (tokens.number(at + 2)?, tokens.number(at + 4)?);
    let is_inside = 1.0 <= first && first < last && last <= total;
    let head = tokens.slice(0..at).to_lowercase();
    let is_same_unit = head.contains(if unit == "mi" { "mi" } else { "k" });
    if !is_inside || !is_same_unit {
        return None;
    }
    let target = tokens.slice(at + 5..tokens.len());
    let piece = |length: f64, target: &str| format!("{length} {unit} {target}");
    let mut parts = vec![piece(last - first + 1.0, target.trim())];
    if first > 1.0 {
        parts.insert(0, piece(first - 1.0, "easy"));
    }
    if last < total {
        parts.push(piece(total - last, "easy"));
    }
    *tokens = TextTokens::of(&parts.join(", "));
    Some(
        "What is not said of the other miles is easy."
            .replace("miles", if unit == "mi" { "miles" } else { "kilometres" }),
    )
}

/// `incline walk 12% 3mph 30min`: the length stands last.
pub(super) fn length_of_incline_walk(tokens: &mut TextTokens) -> Option<String> {
    let names = ["incline walk", "treadmill incline walk", "uphill walk"];
    let name = names.iter().find(|name| tokens.find(name) == Some(0))?;
    let length = (0..tokens.len()).rev().find(|i| {
        let unit = tokens.word_after(*i).map(|next| tokens.get(next).to_lowercase()).unwrap_or_default();
        tokens.number(*i).is_some() && ["min", "mins", "minutes", "'"].contains(&unit.as_str())
    })?;
    let minutes = tokens.number(length)?;
    let end = tokens.word_after(length)? + 1;
    tokens.replace(length..end, "");
    tokens.replace(0..TextTokens::of(name).len(), &format!("{minutes} min walk"));
    Some(String::new())
}

/// `Treadmill 30 min easy`: every run is one.
pub(super) fn on_treadmill(tokens: &mut TextTokens) -> Option<String> {
    let words = ["on the treadmill", "on treadmill", "on the tm", "treadmill run", "treadmill"];
    let (at, words) = words.iter().find_map(|words| Some((tokens.find(words)?, *words)))?;
    tokens.replace(at..at + TextTokens::of(words).len(), "");
    Some(String::new())
}

/// `Sunday long run – 16 miles`, `Thurs 6:00am: 20 min tempo`, `80/20 …: 5 min Z1`: a title that says nothing.
pub(super) fn title(tokens: &mut TextTokens) -> Option<String> {
    let is_clock_time = tokens.is_clock(2) && ["am", "pm"].contains(&tokens.get(5).to_lowercase().as_str());
    let is_zones = tokens.get(0) == "80" && tokens.get(2) == "20";
    if is_clock_time || is_zones {
        let end = (5..tokens.len()).find(|i| tokens.get(*i) == ":")?;
        tokens.replace(0..end + 1, "");
        return Some(String::new());
    }
    let is_mark = |i: &usize| !tokens.get(*i).starts_with(|c: char| c.is_alphabetic() || " '’".contains(c));
    let end = (1..tokens.len()).find(is_mark)?;
    let is_dash = ["-", "–", "—"].contains(&tokens.get(end));
    let is_spaced = tokens.get(end - 1) == " " && tokens.get(end + 1) == " ";
    let begins = tokens.get(0).starts_with(char::is_alphabetic) && tokens.starts_number(end + 1);
    if !(is_dash && is_spaced && begins) {
        return None;
    }
    tokens.replace(end - 1..end + 1, ":");
    Some(String::new())
}

/// `😀 8x400`: a sign that is no text.
pub(super) fn sign(tokens: &mut TextTokens) -> Option<String> {
    let is_sign = |token: &str| {
        let is_symbol = |c: char| !c.is_ascii() && !c.is_alphanumeric() && !"½¼¾“‘–—•".contains(c);
        !token.is_empty() && token.chars().all(is_symbol)
    };
    let mut signs = 0;
    while is_sign(tokens.get(0)) || (signs > 0 && tokens.get(0) == " ") {
        tokens.remove_first();
        signs += 1;
    }
    (signs > 0).then(String::new)
}

/// `6 mile progression run starting at 9:00 finishing at 7:30`.
pub(super) fn start_and_finish(tokens: &mut TextTokens) -> Option<String> {
    let first = |tokens: &TextTokens, words: &[&str]| {
        words.iter().find_map(|words| Some((tokens.find(words)?, TextTokens::of(words).len())))
    };
    let starts = ["starting at", "starting from", "start at", "beginning at"];
    let ends = [
        ", finishing at",
        " and finishing at",
        " finishing at",
        " and ending at",
        ", ending at",
        " ending at",
        " to finish at",
    ];
    let (start, size) = first(tokens, &starts)?;
    let (finish, length) = first(tokens, &ends).filter(|(finish, _)| *finish > start)?;
    tokens.replace(finish..finish + length, " to");
    tokens.replace(start..start + size, "from");
    Some(String::new())
}

/// `6 x 10 sec hill sprints after 40 min easy`: what comes first stands last.
pub(super) fn after_a_run(tokens: &mut TextTokens) -> Option<String> {
    let at = tokens.find("after")?;
    if tokens.number(0).is_none() || !tokens.starts_number(at + 1) {
        return None;
    }
    let (reps, run) = (tokens.slice(0..at), tokens.slice(at + 1..tokens.len()));
    // `3 miles at LT after 2 miles wu then 1 mile cd`: what follows stands behind both.
    if let Some((run, last)) = run.split_once(" then ") {
        let is_one = ![reps.as_str(), run, last].iter().any(|part| part.contains([',', '(', '+']));
        is_one.then(|| {
            *tokens = TextTokens::of(&format!("{}, {}, {}", run.trim(), reps.trim(), last.trim()))
        })?;
        return Some(String::new());
    }
    let is_one_run = !run.contains([',', 'x', '(', '+', '/']) && !reps.contains(',');
    is_one_run.then(|| *tokens = TextTokens::of(&format!("{}, {}", run.trim(), reps.trim())))?;
    Some(String::new())
}

/// `45/15 x 10 x 3 sets`: the count of sets stands last.
pub(super) fn sets_last(tokens: &mut TextTokens) -> Option<String> {
    let sets = tokens.find("sets")?;
    let count = tokens.word_before(sets).filter(|i| tokens.number(*i).is_some())?;
    let times = tokens.word_before(count).filter(|i| ["x", "×"].contains(&tokens.get(*i)))?;
    let inner = tokens.word_before(times).filter(|i| tokens.number(*i).is_some())?;
    let first = tokens.word_before(inner).filter(|i| ["x", "×"].contains(&tokens.get(*i)))?;
    let rep = tokens.slice(0..first);
    if rep.contains([',', '(']) {
        return None;
    }
    let text = format!("{} x ({} x {})", tokens.get(count), tokens.get(inner), rep.trim());
    tokens.replace(0..sets + 1, &text);
    Some(String::new())
}

/// `6x(1' @ 3K + 1' @ MP) no rest`: nothing stands between.
pub(super) fn no_rest(tokens: &mut TextTokens) -> Option<String> {
    let phrases = ["no rest", "no recovery", "without rest", "without recovery", "no break"];
    let (at, words) = phrases.iter().find_map(|words| Some((tokens.find(words)?, *words)))?;
    let comma = tokens.word_before(at).filter(|i| [",", "with"].contains(&tokens.get(*i)));
    tokens.replace(comma.unwrap_or(at)..at + TextTokens::of(words).len(), "");
    Some(String::new())
}
