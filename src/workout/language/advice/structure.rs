//! Commas, brackets, repeats, slashes, and where a step begins.

use super::clauses::count_behind;
use super::missing_length;
use super::slip::{Advice, Candidate, Slip};
use super::words::{is_target, last_word, leading_count, leading_number};

pub(super) fn advice(slip: &Slip<'_>) -> Option<Advice> {
    Some(match slip.code {
        "comma-before-step" | "comma-at-end" => comma(slip),
        "unopened-bracket" => {
            Advice::new("", vec![slip.swap(""), slip.rewrite(format!("({}", slip.whole()))])
        }
        "unclosed-bracket" => unclosed_bracket(slip),
        "empty-brackets" => Advice::new("brackets hold steps", vec![slip.swap("(60s hard, 60s easy)")]),
        "unexpected-after-item" => after_item(slip),
        "repeat-of-repeat" => repeat_of_repeat(slip),
        "alternate-without-slash" | "alternate-with-range" => alternate(slip),
        "open-leg" => open_leg(slip),
        "slash-without-repeat" => slash(slip),
        "second-slash" => second_slash(slip),
        "unclear-recovery" => unclear_recovery(slip)?,
        "unplaced-reps"
        | "unclear-recovery-pace"
        | "unclear-repeated-list"
        | "unclear-letters"
        | "unclear-session" => own_readings(slip)?,
        "unclear-set-recovery" => sets_readings(slip)?,
        "unclear-recovery-list" => recovery_list(slip)?,
        "missing-step" => Advice::new(
            "a step is missing",
            vec![slip.swap(""), slip.swap(format!("60s easy {}", slip.word()))],
        ),
        "unknown-start" => unknown_start(slip),
        "missing-length" => missing_length::missing_length(slip),
        "words-without-length" => Advice::new(
            "a step begins with how long it lasts",
            vec![slip.swap(format!("30s {}", slip.word()))],
        ),
        "misplaced-full-recovery" => {
            let walk = if slip.before().trim().is_empty() { "open walk" } else { "walk" };
            Advice::new("nothing is repeated here", vec![slip.swap(walk)])
        }
        "misplaced-alternate" => {
            let text = format!("{}({}{})", slip.before(), slip.word(), slip.behind());
            Advice::new("`alternate` stands in brackets here", vec![slip.rewrite(text)])
        }
        "invalid-rep-number" => {
            Advice::new("reps are whole numbers from 1 to 1000", vec![slip.swap("12 reps")])
        }
        "invalid-share" => Advice::new("a share of a rep is from 10% to 300%", vec![slip.swap("50%")]),
        "paced-share" => Advice::new(
            "how long?",
            vec![slip.rewrite(format!("{}2min {}{}", slip.before(), slip.word(), slip.behind()))],
        ),
        "paced-reps" => paced_reps(slip),
        "invalid-alternative" => invalid_alternative(slip),
        "send-off-too-short" => send_off(slip),
        _ => return None,
    })
}

/// A comma too many.
fn comma(slip: &Slip<'_>) -> Advice {
    let before = slip.text.get(..slip.at.start).unwrap_or_default().trim_end();
    let behind = slip.text.get(slip.at.end..).unwrap_or_default().trim_start();
    let join =
        if before.is_empty() || behind.is_empty() || before.ends_with([',', '(']) { " " } else { ", " };
    let join = if behind.starts_with(')') { "" } else { join };
    let text = format!("{before}{join}{behind}");
    let whole = Candidate {
        range: 0..slip.text.len(),
        text: text.trim().to_string(),
        note: String::new(),
        is_computed: false,
        stands_for: None,
        is_reading: false,
    };
    Advice::new("one comma stands between two steps", vec![whole])
}

fn unclosed_bracket(slip: &Slip<'_>) -> Advice {
    let whole = slip.whole().trim_end();
    let mut candidates = vec![slip.rewrite(format!("{whole})"))];
    if let Some((group, recovery)) = whole.rsplit_once(" / ") {
        candidates.push(slip.rewrite(format!("{group}) / {recovery}")));
    }
    Advice::new("a bracket is not closed", candidates)
}

fn after_item(slip: &Slip<'_>) -> Advice {
    if let Some(advice) = ladder_recovery(slip) {
        return advice;
    }
    let before = slip.before().trim_end();
    let rest = format!("{}{}", slip.word(), slip.behind());
    let mut candidates = vec![slip.rewrite(format!("{before}, {rest}"))];
    if before.ends_with(')') {
        candidates.push(slip.rewrite(format!("{before} / {rest}")));
    }
    candidates.push(slip.rewrite(format!("{before} {}", slip.behind())));
    candidates.push(slip.rewrite(before));
    candidates.truncate(3);
    Advice::new("a comma stands between two steps", candidates)
}

/// `2x(3min, 2min, 1min) w/ 1min jog`: between the sets, or between all steps?
fn ladder_recovery(slip: &Slip<'_>) -> Option<Advice> {
    let recovery = match slip.word().to_lowercase().as_str() {
        "with" => slip.behind(),
        "w" => slip.behind().strip_prefix('/')?,
        _ => return None,
    };
    let recovery = recovery.trim();
    let recovery = recovery.strip_prefix("a ").unwrap_or(recovery);
    let (count, body) = leading_count(slip.before().trim_end())?;
    let inner = body.trim().strip_prefix('(')?.strip_suffix(')')?;
    if inner.contains(['(', '/']) || !inner.contains(',') {
        return None;
    }
    let has_target = inner.split([' ', ',']).any(is_target);
    let steps: Vec<String> = inner
        .split(',')
        .map(|step| if has_target { step.trim().to_string() } else { format!("{} hard", step.trim()) })
        .collect();
    let steps = steps.join(", ");
    let sets =
        slip.rewrite(format!("{count}×({steps}) / {recovery}")).noted("for between the sets").computed();
    let all = slip.rewrite(format!("{count}×(({steps}) / {recovery}) / {recovery}"));
    Some(Advice::new("", vec![all.noted("for between all steps").computed(), sets]).with_totals())
}

fn repeat_of_repeat(slip: &Slip<'_>) -> Advice {
    let mut candidates = Vec::new();
    if let Some((reps, recovery)) = slip.word().split_once('/') {
        candidates.push(slip.swap(format!("({}) / {}", reps.trim(), recovery.trim())));
    }
    candidates.insert(0, slip.swap(format!("({})", slip.word())));
    Advice::new("a repeat of a repeat stands in brackets", candidates)
}

fn alternate(slip: &Slip<'_>) -> Advice {
    let whole = slip.whole().trim_end();
    let example = slip.rewrite("alternate 60s hard / 60s easy for 15min");
    if slip.code == "alternate-with-range" {
        return Advice::new(
            "`alternate` has one end",
            vec![slip.swap("15min"), slip.swap("for 15min"), example],
        );
    }
    let mut candidates = Vec::new();
    if let Some(next) = slip.next() {
        let (leg, end) = next.split_once(" for ").unwrap_or((next, "15min"));
        candidates.push(slip.with_next(format!("{whole} / {leg} for {end}")));
    }
    candidates.push(slip.rewrite(whole.replacen(" and ", " / ", 1)));
    candidates.push(example);
    Advice::new("a slash stands between the two steps", candidates.into_iter().collect())
}

fn open_leg(slip: &Slip<'_>) -> Advice {
    let leg = if slip.before().contains('/') { "60s easy" } else { "60s hard" };
    Advice::new("give both steps a time", vec![slip.swap(leg), slip.swap("60s")])
}

/// A slash after a step that is not repeated.
fn slash(slip: &Slip<'_>) -> Advice {
    let whole = slip.whole();
    if whole.matches('(').count() > whole.matches(')').count() {
        return Advice::new("a bracket is not closed", vec![slip.rewrite(whole.replacen('(', "", 1))]);
    }
    let pieces: Vec<&str> = whole.split(" / ").map(str::trim).collect();
    if pieces.len() > 2 && leading_count(whole).is_none() && !whole.contains('(') {
        let once = slip.rewrite(pieces.join(", "));
        return Advice::new("a slash stands between reps, a comma between steps", vec![once]);
    }
    let inner = leading_count(whole).and_then(|(count, body)| {
        let inner = body.trim().strip_prefix('(')?.strip_suffix(')')?;
        (inner.matches('/').count() == 1 && !inner.contains('(')).then_some((count, inner))
    });
    let (count, first, second) = match inner.and_then(|(n, inner)| Some((n, inner.split_once('/')?))) {
        Some((count, (first, second))) => (count, first.trim(), second.trim()),
        None => ("8", slip.before().trim(), slip.behind().trim()),
    };
    if inner.is_some() && first.contains(',') {
        // Between all of the steps, as a slash says.
        let hard = |step: &str| {
            if step.split(' ').any(is_target) {
                step.trim().to_string()
            } else {
                format!("{} hard", step.trim())
            }
        };
        let steps: Vec<String> = first.split(',').map(hard).collect();
        let each: Vec<String> = steps.iter().map(|step| format!("{step}, {second}")).collect();
        let all = slip.rewrite(format!("{count}×(({}) / {second}) / {second}", steps.join(", ")));
        let each = slip.rewrite(format!("{count}×({})", each.join(", ")));
        let candidates = vec![
            all.noted("for between all steps").computed(),
            each.noted("for the last one too").computed(),
        ];
        return Advice::new("", candidates).with_totals();
    }
    let reps: u64 = count.parse().unwrap_or(8);
    let lead = if inner.is_some() { "" } else { "a slash stands between reps" };
    let between = slip.rewrite(format!("{count}×{first} / {second}"));
    let pairs = slip.rewrite(format!("{count}×({first}, {second})"));
    let mut candidates = vec![
        between.noted(&format!("for {} of the second", reps.saturating_sub(1))),
        pairs.noted(&format!("for {reps}")),
    ];
    if leading_number(first)
        .is_some_and(|(length, unit)| unit.trim_start().starts_with("min") && length >= 5.0)
    {
        candidates.push(slip.rewrite(format!("{first}, {second}")).noted("for once each"));
    }
    Advice::new(lead, candidates).with_totals()
}

fn second_slash(slip: &Slip<'_>) -> Advice {
    let (before, behind) = (slip.before().trim(), slip.behind().trim());
    Advice::new(
        "what is repeated stands in brackets",
        vec![
            slip.rewrite(format!("2×({before}) / {behind}")),
            slip.rewrite(format!("{before}, then {behind}")),
        ],
    )
}

/// Both readings of an item, as the problem's own help shows them.
fn own_readings(slip: &Slip<'_>) -> Option<Advice> {
    let label = slip.whole().split_once(": ").map(|(label, _)| format!("{label}: ")).unwrap_or_default();
    let label = if label.contains(|c: char| c.is_ascii_digit()) { String::new() } else { label };
    let quoted: Vec<&str> = slip.help.split('`').skip(1).collect();
    let readings = quoted.chunks_exact(2).map(|pair| {
        let note = pair[1].trim_matches([',', ' ']);
        let is_labelled = pair[0].starts_with(&label);
        let text = if is_labelled { pair[0].to_string() } else { format!("{label}{}", pair[0]) };
        slip.rewrite(text).noted(note).computed()
    });
    Some(Advice::new("", readings.collect()).with_totals())
}

/// Both readings of two sets and the recovery after them, in the place of the three.
fn sets_readings(slip: &Slip<'_>) -> Option<Advice> {
    let index = slip.items.iter().position(|item| *item == slip.scope)?;
    let start = slip.items.get(index.checked_sub(2)?)?.start;
    let mut advice = own_readings(slip)?;
    for candidate in &mut advice.candidates {
        candidate.range = start..slip.scope.end;
    }
    Some(advice)
}

fn unclear_recovery(slip: &Slip<'_>) -> Option<Advice> {
    let (previous, piece) = (slip.previous()?, slip.whole());
    let advice = Advice::new(
        "",
        vec![
            slip.with_previous(format!("{previous} / {piece}")).noted("for between"),
            slip.with_previous(format!("{previous}, then {piece}")).noted("for once at the end"),
        ],
    );
    Some(advice.with_totals())
}

/// `3×400m / 60s, 60s, 3min`.
fn recovery_list(slip: &Slip<'_>) -> Option<Advice> {
    let index = slip.items.iter().position(|item| *item == slip.scope)?;
    let start = slip.items.get(index.checked_sub(1)?)?.clone();
    let (count, body) = leading_count(slip.previous()?)?;
    let (rep, first) = body.split_once('/')?;
    let (rep, first) = (rep.trim(), first.trim());
    let text = |range: &std::ops::Range<usize>| slip.text.get(range.clone()).unwrap_or_default();
    let count: usize = count.parse().ok()?;
    let listed = slip.items.iter().skip(index).take(count.saturating_sub(1));
    let end = listed.clone().next_back()?.end;
    let mut recoveries = vec![first];
    recoveries.extend(listed.map(text));
    let has_target = |step: &str| step.split(' ').any(is_target);
    let with = |step: &str, target: &str| {
        if has_target(step) { step.to_string() } else { format!("{step} {target}") }
    };
    let rep_text = with(rep, "hard");
    let each: Vec<String> = (0..count)
        .map(|i| match recoveries.get(i) {
            Some(recovery) => format!("{rep_text}, {}", with(recovery, "rest")),
            None => rep_text.clone(),
        })
        .collect();
    let steps: Vec<String> = recoveries.iter().skip(1).map(|step| with(step, "easy")).collect();
    let of = |text: String| Candidate {
        range: start.start..end,
        text,
        note: String::new(),
        is_computed: false,
        stands_for: None,
        is_reading: false,
    };
    Some(Advice::new(
        "",
        vec![
            of(each.join(", ")).noted("for a recovery after each").computed(),
            of(format!("{count}×{rep} / {first}, then {}", steps.join(", then "))).noted("for more steps"),
        ],
    ))
}

fn unknown_start(slip: &Slip<'_>) -> Advice {
    let word = slip.word();
    let whole = slip.whole();
    if let Some(previous) = slip.previous() {
        if ["whichever", "whatever"].contains(&word.to_lowercase().as_str()) {
            return Advice::new("a step ends at the first of the two", vec![slip.with_previous(previous)]);
        }
        if let Some((head, cue)) = previous.rsplit_once(':').filter(|(head, _)| head.contains('|')) {
            let quote = if cue.contains('\'') || whole.contains('\'') { '"' } else { '\'' };
            let text = format!("{head}: {quote}{}, {}{quote}", cue.trim(), whole.trim());
            return Advice::new(
                "a comma ends a cue's text unless it stands in quotes",
                vec![slip.with_previous(text)],
            );
        }
    }
    if let Some(advice) = count_behind(slip) {
        return advice;
    }
    let nearest = slip.nearest();
    if let Some(nearest) = nearest.filter(|_| word.chars().nth(2).is_some()) {
        return Advice::ask(vec![slip.swap(nearest)]);
    }
    let mut candidates = Vec::new();
    let digit = whole.find(|c: char| c.is_ascii_digit()).filter(|digit| *digit > 0);
    if let Some((name, rest)) = digit.and_then(|digit| whole.split_at_checked(digit)) {
        // The digit of `VO2 8 mi` belongs to the word.
        let behind = leading_number(rest).and_then(|(_, behind)| behind.strip_prefix(' '));
        if name.ends_with(char::is_alphabetic)
            && behind.is_some_and(|behind| behind.starts_with(|c: char| c.is_ascii_digit()))
        {
            return Advice::new("a step begins with how long it lasts", candidates);
        }
        if name.trim().chars().all(|c| c.is_alphabetic() || c.is_whitespace()) {
            candidates.push(slip.rewrite(format!("{rest} '{}'", name.trim())).noted("for words"));
            let label = slip.rewrite(format!("{}: {rest}", name.trim())).noted("for a name");
            candidates.insert(usize::from(leading_count(rest).is_none()), label);
        }
        candidates.push(slip.rewrite(rest).noted("without it"));
        return Advice::new("a step begins with how long it lasts", candidates);
    }
    let plain: String = whole.chars().filter(|c| !matches!(c, '\'' | '"' | '`')).collect();
    if plain.chars().nth(40).is_none() {
        candidates.push(slip.rewrite(format!("30s '{}'", plain.trim())));
    }
    Advice::new("a step begins with how long it lasts; words go in quotes", candidates)
}

/// `12 reps 5K`.
fn paced_reps(slip: &Slip<'_>) -> Advice {
    let timed = slip.rewrite(format!("60s {}{}", slip.word(), slip.behind())).noted("for a time");
    Advice::new("reps are not run", vec![slip.swap("'squats'").computed(), timed])
}

/// `10min or 20min easy`.
fn invalid_alternative(slip: &Slip<'_>) -> Advice {
    let (head, first) = last_word(slip.before());
    let second = slip.word().trim_start_matches("or").trim();
    let number = leading_number(first).map_or(first, |(_, unit)| first.trim_end_matches(unit));
    let range = |low: &str| slip.rewrite(format!("{head}{low}-{second}{}", slip.behind()));
    Advice::new("`or` stands between a time and a distance", vec![range(number), range(first), slip.swap("")])
}

fn send_off(slip: &Slip<'_>) -> Advice {
    let mut candidates = slip.local();
    let notes = ["for a rest", "for a later start"];
    for (candidate, note) in candidates.iter_mut().zip(notes) {
        candidate.note = format!(" {note}");
    }
    Advice::new("no time is left between the reps", candidates)
}
