//! Lines with a part in another place than notation has it: `400mx8`, `10x30s/30s hard/easy`, `10min @ 5:30, 10min @ 5:00`.

use super::slip::{Advice, Rule, Slip};
use super::words::{clock_seconds, leading_count};

/// The rules, the most certain first.
pub(super) const RULES: [Rule; 4] = [count_behind, efforts_behind, over_under, pace_of_each];

/// The pace of a minute over, and of one under, the threshold.
const OVER_UNDER: [&str; 2] = ["103% threshold", "97% threshold"];
/// Paces slower than this, in seconds, are likelier for each mile.
const SLOW: u64 = 390;

/// `400mx8`, `400m*8 5K / 90s`: the count stands behind its length.
fn count_behind(slip: &Slip<'_>) -> Option<Advice> {
    let text = slip.whole().trim();
    let at = text.find(['x', 'X', '×', '*'])?;
    let (length, rest) = text.split_at_checked(at)?;
    let rest = rest.trim_start_matches(['x', 'X', '×', '*']).trim_start();
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (count, rest) = rest.split_at_checked(end)?;
    let is_length = length.starts_with(|c: char| c.is_ascii_digit())
        && length.ends_with(char::is_alphabetic)
        && length.chars().all(|c| c.is_alphanumeric() || c == '.');
    let is_count = count.parse::<u32>().is_ok_and(|count| (2..=100).contains(&count));
    let is_whole = rest.is_empty() || rest.starts_with([' ', '/', ',']);
    (is_length && is_count && is_whole).then(|| {
        let line = format!("{count}x{length}{rest}");
        Advice::new("the count comes first", vec![slip.rewrite(line).computed()])
    })
}

/// `10x30s/30s hard/easy`: the efforts of the work and of the recovery stand behind both.
fn efforts_behind(slip: &Slip<'_>) -> Option<Advice> {
    let text = slip.whole().trim();
    let (count, body) = leading_count(text)?;
    let (lengths, efforts) = body.split_once(char::is_whitespace)?;
    let (work, recovery) = lengths.split_once('/')?;
    let (hard, easy) = efforts.split_once('/')?;
    let is_effort =
        |effort: &str| effort.trim().chars().all(char::is_alphabetic) && !effort.trim().is_empty();
    (is_effort(hard) && is_effort(easy)).then(|| {
        let line = format!("{count}x{work} {} / {recovery} {}", hard.trim(), easy.trim());
        Advice::new("each length has its own effort", vec![slip.rewrite(line).computed()])
    })
}

/// `4 x 8 min (1 min over, 1 min under)`: above and below the threshold in turn.
fn over_under(slip: &Slip<'_>) -> Option<Advice> {
    let text = slip.whole().trim();
    let (count, body) = leading_count(text)?;
    let (total, rest) = body.split_once('(')?;
    let (legs, behind) = rest.split_once(')')?;
    let (over, under) = legs.split_once([',', '/', '+', ';'])?;
    let over = over.trim().strip_suffix("over")?.trim();
    let under = under.trim().strip_suffix("under")?.trim();
    let recovery = behind.trim_start_matches([',', '/', ' ', ';']).trim();
    let recovery = if recovery.is_empty() { String::new() } else { format!(" / {recovery}") };
    let [above, below] = OVER_UNDER;
    let line = format!("{count}x(alternate {over} {above} / {under} {below} for {}){recovery}", total.trim());
    Some(Advice::new("over and under are above and below the threshold", vec![slip.rewrite(line).computed()]))
}

/// `10 min @ 5:30, 10 min @ 5:00`, `1 mile at 6, 1 mile at 7`: paces or speeds in the same unit.
fn pace_of_each(slip: &Slip<'_>) -> Option<Advice> {
    let steps: Vec<(&str, &str)> = slip.whole().split([',', ';']).map(bare_pace).collect::<Option<_>>()?;
    if steps.len() < 2 {
        return None;
    }
    let of = |unit: &str| {
        let steps: Vec<String> =
            steps.iter().map(|(length, pace)| format!("{length} {pace}{unit}")).collect();
        slip.rewrite(steps.join(", ")).computed()
    };
    let seconds: Vec<u64> = steps.iter().filter_map(|(_, pace)| clock_seconds(pace)).collect();
    let clocks = steps.iter().filter(|(_, pace)| pace.contains(':')).count();
    let units = match clocks {
        0 if steps.iter().any(|(length, _)| length.contains("mi") && !length.contains("min")) => {
            ["mph", "km/h"]
        }
        0 => ["km/h", "mph"],
        count if count < steps.len() => return None,
        _ if seconds.iter().sum::<u64>() > SLOW * steps.len() as u64 => ["/mi", "/km"],
        _ => ["/km", "/mi"],
    };
    let lead = if clocks == 0 { "a speed has a unit" } else { "a pace has a unit" };
    Some(Advice::new(lead, units.map(of).to_vec()))
}

/// Splits `10 min @ 5:30` into the length and the pace, which has no unit.
fn bare_pace(step: &str) -> Option<(&str, &str)> {
    let (length, pace) = step.split_once('@').or_else(|| step.split_once(" at "))?;
    let (length, pace) = (length.trim(), pace.trim());
    let is_bare = !pace.is_empty() && pace.chars().all(|c| c.is_ascii_digit() || c == ':' || c == '.');
    let is_length = length.starts_with(|c: char| c.is_ascii_digit()) && length.ends_with(char::is_alphabetic);
    (is_bare && is_length && !length.contains(['x', '×', '/'])).then_some((length, pace))
}
