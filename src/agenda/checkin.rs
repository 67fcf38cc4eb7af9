//! The check-in: four answers in the morning, and which of three choices they mark.
//!
//! The scales are those of McLean 2010. In 56 studies (Saw 2016), what athletes said followed their load better than
//! what was measured. The mark is only a mark: all three choices are always there.

use chrono::NaiveDate;

/// The earlier check-ins that today's is compared with.
pub const CHECKINS_COMPARED: usize = 28;
/// The fewest check-ins that give a usual sum.
const LEAST_CHECKINS: usize = 10;
/// The sum that counts as low before there are so many. This limit is ours.
const LOW_SUM: f64 = 10.0;
/// The standard deviations by which a resting heart rate is high.
const HIGH_HEART: f64 = 2.0;

/// The answers of one morning. The scales go from 1 to 5, and 5 is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CheckinAnswers {
    /// The sleep.
    pub sleep: u8,
    /// The soreness: 1 is very sore, 5 is none.
    pub soreness: u8,
    /// The energy.
    pub energy: u8,
    /// The mood.
    pub mood: u8,
    /// The resting heart rate in beats per minute, if it was measured.
    pub resting_heart: Option<u32>,
    /// True for sharp pain, fever or illness, or an injury that changes the stride.
    pub must_stop: bool,
}

impl CheckinAnswers {
    fn scales(&self) -> [u8; 4] {
        [self.sleep, self.soreness, self.energy, self.mood]
    }

    /// Returns the sum of the four scales, from 4 to 20.
    pub fn sum(&self) -> u32 {
        self.scales().into_iter().map(u32::from).sum()
    }
}

/// The check-in of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DailyCheckin {
    /// The local date.
    pub on: NaiveDate,
    /// The answers.
    pub answers: CheckinAnswers,
}

/// The choice that a check-in marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckinChoice {
    /// The session as planned.
    AsPlanned,
    /// An easier session.
    Easier,
    /// Rest.
    Rest,
}

/// The reason for the choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckinReason {
    /// The stop list applies.
    MustStop,
    /// The second morning in a row that marked something easier.
    TwoMornings,
    /// A scale is at 1.
    ScaleAtOne,
    /// The sum is more than one standard deviation below the usual one.
    BelowUsual,
    /// The sum is at most 10, and there are too few check-ins for a usual one.
    LowSum,
    /// The resting heart rate is more than two standard deviations above the usual one.
    HighHeart,
    /// Nothing of it.
    Usual,
}

/// The mean and the sample standard deviation of the last check-ins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct UsualValue {
    /// The mean.
    pub mean: f64,
    /// The standard deviation, divided by one less than the number of values.
    pub deviation: f64,
}

impl UsualValue {
    fn of(values: &[f64]) -> Option<UsualValue> {
        let count = values.len() as f64;
        let mean = values.iter().sum::<f64>() / count;
        let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
        let deviation = (squares / (count - 1.0)).sqrt();
        (values.len() >= LEAST_CHECKINS).then_some(UsualValue { mean, deviation })
    }
}

/// What a check-in makes of the day, with its numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CheckinVerdict {
    /// The choice that is marked.
    pub choice: CheckinChoice,
    /// The reason.
    pub reason: CheckinReason,
    /// The sum of the four scales.
    pub sum: u32,
    /// The usual sum. `None` with fewer than 10 earlier check-ins.
    pub usual: Option<UsualValue>,
    /// The usual resting heart rate. `None` with fewer than 10 earlier measurements.
    pub usual_heart: Option<UsualValue>,
}

impl CheckinVerdict {
    /// Judges the check-in of a day. `earlier` are check-ins in order of their dates; those of that day and later do not
    /// count.
    pub fn new(today: DailyCheckin, earlier: &[DailyCheckin]) -> CheckinVerdict {
        let end = earlier.partition_point(|checkin| checkin.on < today.on);
        let earlier = earlier.get(..end).unwrap_or_default();
        let mut verdict = CheckinVerdict::of_one_morning(today, earlier);
        let yesterday = earlier.split_last().filter(|(last, _)| today.on.pred_opt() == Some(last.on));
        let was_easier = yesterday.is_some_and(|(last, before)| {
            CheckinVerdict::of_one_morning(*last, before).choice != CheckinChoice::AsPlanned
        });
        if verdict.choice == CheckinChoice::Easier && was_easier {
            verdict.choice = CheckinChoice::Rest;
            verdict.reason = CheckinReason::TwoMornings;
        }
        verdict
    }

    /// Judges a check-in without the morning before.
    fn of_one_morning(today: DailyCheckin, earlier: &[DailyCheckin]) -> CheckinVerdict {
        let answers = today.answers;
        let compared = earlier.get(earlier.len().saturating_sub(CHECKINS_COMPARED)..).unwrap_or_default();
        let sums: Vec<f64> = compared.iter().map(|c| f64::from(c.answers.sum())).collect();
        let hearts: Vec<f64> =
            compared.iter().filter_map(|c| c.answers.resting_heart).map(f64::from).collect();
        let (usual, usual_heart) = (UsualValue::of(&sums), UsualValue::of(&hearts));
        let sum = answers.sum();
        let is_below = usual.is_some_and(|usual| f64::from(sum) < usual.mean - usual.deviation);
        let is_high = answers
            .resting_heart
            .zip(usual_heart)
            .is_some_and(|(heart, usual)| f64::from(heart) > usual.mean + HIGH_HEART * usual.deviation);
        let reason = match answers {
            answers if answers.must_stop => CheckinReason::MustStop,
            answers if answers.scales().contains(&1) => CheckinReason::ScaleAtOne,
            _ if is_below => CheckinReason::BelowUsual,
            _ if usual.is_none() && f64::from(sum) <= LOW_SUM => CheckinReason::LowSum,
            _ if is_high => CheckinReason::HighHeart,
            _ => CheckinReason::Usual,
        };
        let choice = match reason {
            CheckinReason::MustStop => CheckinChoice::Rest,
            CheckinReason::Usual => CheckinChoice::AsPlanned,
            _ => CheckinChoice::Easier,
        };
        CheckinVerdict { choice, reason, sum, usual, usual_heart }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Days;

    fn day(nth: u64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 1).unwrap() + Days::new(nth)
    }

    /// Answers with this sum, none of them at 1.
    fn answers(sum: u8) -> CheckinAnswers {
        let rest = sum - 8;
        let more = |nth: u8| rest.saturating_sub(3 * nth).min(3);
        let (sleep, soreness, energy, mood) = (2 + more(0), 2 + more(1), 2 + more(2), 2 + more(3));
        CheckinAnswers { sleep, soreness, energy, mood, resting_heart: None, must_stop: false }
    }

    fn checkin(nth: u64, answers: CheckinAnswers) -> DailyCheckin {
        DailyCheckin { on: day(nth), answers }
    }

    /// The check-ins of the design: 15.7 ± 0.95.
    fn earlier() -> Vec<DailyCheckin> {
        let sums = [16, 15, 17, 16, 14, 15, 16, 17, 15, 16];
        // The low sum of the fifth morning is not the last.
        (0..).zip(sums).map(|(nth, sum)| checkin(nth, answers(sum))).collect()
    }

    fn choice(answers: CheckinAnswers) -> (CheckinChoice, CheckinReason) {
        let verdict = CheckinVerdict::new(checkin(12, answers), &earlier());
        (verdict.choice, verdict.reason)
    }

    #[test]
    fn a_sum_below_the_usual_by_more_than_a_deviation_is_easier() {
        let verdict = CheckinVerdict::new(checkin(12, answers(14)), &earlier());
        let usual = verdict.usual.unwrap();
        assert_eq!(
            (format!("{:.1}", usual.mean), format!("{:.2}", usual.deviation)),
            ("15.7".into(), "0.95".into())
        );
        assert_eq!((verdict.choice, verdict.reason), (CheckinChoice::Easier, CheckinReason::BelowUsual));
        assert_eq!(choice(answers(15)), (CheckinChoice::AsPlanned, CheckinReason::Usual));
    }

    #[test]
    fn a_stop_goes_before_everything() {
        let stop = CheckinAnswers { must_stop: true, ..answers(20) };
        assert_eq!(choice(stop), (CheckinChoice::Rest, CheckinReason::MustStop));
    }

    #[test]
    fn a_scale_at_one_is_easier_whatever_the_sum() {
        let sore = CheckinAnswers { soreness: 1, ..answers(20) };
        assert_eq!(sore.sum(), 16);
        assert_eq!(choice(sore), (CheckinChoice::Easier, CheckinReason::ScaleAtOne));
    }

    #[test]
    fn the_first_ten_check_ins_have_a_fixed_limit() {
        let few = &earlier()[..9];
        let of = |sum| CheckinVerdict::new(checkin(12, answers(sum)), few);
        assert_eq!((of(10).reason, of(10).usual), (CheckinReason::LowSum, None));
        assert_eq!(of(11).choice, CheckinChoice::AsPlanned);
    }

    #[test]
    fn a_high_resting_heart_rate_is_easier() {
        // 50 ± 1.054 over ten mornings: above 52.1.
        let hearts = [49, 51, 49, 51, 49, 51, 49, 51, 49, 51];
        let mut all = earlier();
        for (checkin, heart) in all.iter_mut().zip(hearts) {
            checkin.answers.resting_heart = Some(heart);
        }
        let of = |heart| {
            let today = CheckinAnswers { resting_heart: Some(heart), ..answers(16) };
            CheckinVerdict::new(checkin(12, today), &all).reason
        };
        assert_eq!((of(52), of(53)), (CheckinReason::Usual, CheckinReason::HighHeart));
    }

    #[test]
    fn two_easier_mornings_in_a_row_are_rest() {
        let mut all = earlier();
        all.push(checkin(11, answers(14)));
        let verdict = CheckinVerdict::new(checkin(12, answers(14)), &all);
        assert_eq!((verdict.choice, verdict.reason), (CheckinChoice::Rest, CheckinReason::TwoMornings));
        // A day without a check-in between them ends the row.
        assert_eq!(CheckinVerdict::new(checkin(13, answers(14)), &all).choice, CheckinChoice::Easier);
        // Yesterday's low sum does not spoil a good morning.
        assert_eq!(CheckinVerdict::new(checkin(12, answers(16)), &all).choice, CheckinChoice::AsPlanned);
    }

    #[test]
    fn only_the_last_28_check_ins_count() {
        let mut all: Vec<DailyCheckin> = (0..30).map(|nth| checkin(nth, answers(9))).collect();
        all.extend((30..58).map(|nth| checkin(nth, answers(if nth % 2 == 0 { 15 } else { 17 }))));
        let usual = CheckinVerdict::new(checkin(60, answers(16)), &all).usual.unwrap();
        assert!((usual.mean - 16.0).abs() < 1e-9, "{usual:?}");
    }
}
