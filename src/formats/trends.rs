//! Trends as JSON, version 1: what `pacebell log trends --json` prints.
//!
//! Times are whole milliseconds, distances metres, loads RPE × minutes. Dates are local. A value that is not known is
//! `null`, never 0 and never left out. Within a version, fields are only added.

use crate::athlete::RaceResult;
use crate::plan::RunLength;
use crate::session::CoveredDistance;
use crate::text::clean;
use crate::trends::{
    EffortChange, RunRecord, RunSpike, SameSession, TrendWeek, Trends, WeekRecord, overuse_rate,
};
use crate::units::{Distance, PaceUnit};
use chrono::NaiveDate;
use serde_json::{Value, json};

/// The version of this format.
pub const VERSION: u32 = 1;

/// Returns trends as indented JSON that ends with a newline.
pub fn text(trends: &Trends) -> String {
    let records = &trends.records;
    let value = json!({
        "version": VERSION,
        "today": trends.today,
        "weeks": trends.weeks.iter().map(week).collect::<Vec<_>>(),
        "mean_load_of_4_weeks_before": trends.mean_load_before,
        "sessions_without_rpe": trends.unrated.iter().map(|s| json!({
            "id": s.id, "date": s.on, "name": clean(&s.name),
        })).collect::<Vec<_>>(),
        "long_runs": trends.spikes.iter().map(spike).collect::<Vec<_>>(),
        "same_sessions": trends.same.iter().map(same).collect::<Vec<_>>(),
        "results": trends.results.iter().map(result).collect::<Vec<_>>(),
        "records": {
            "longest_time": records.longest_time.as_ref().map(run_record),
            "longest_distance": records.longest_distance.as_ref().map(run_record),
            "week_time": records.week_time.as_ref().map(week_record),
            "week_distance": records.week_distance.as_ref().map(week_record),
            "races": records.races.iter().map(result).collect::<Vec<_>>(),
        },
    });
    // Plain data with text keys always serialises.
    serde_json::to_string_pretty(&value).unwrap_or_default() + "\n"
}

fn week(week: &TrendWeek) -> Value {
    json!({
        "first": week.first,
        "last": week.last(),
        "runs": week.runs,
        "other_sessions": week.others,
        "time_ms": week.time,
        "distance_m": metres(week.covered),
        "distance_is_estimated": week.covered.is_some_and(|covered| covered.is_estimated),
        "runs_without_distance": week.without_distance,
        "load": week.load,
        "sessions_without_rpe": week.without_rpe,
        "easy_share": week.easy(),
        "longest_ms": week.longest.and_then(|run| run.time),
        "monotony": week.variation.map(|v| v.monotony),
        "strain": week.variation.map(|v| v.strain),
        "average_42": week.averages.long,
        "average_7": week.averages.short,
        "average_42_is_settled": week.averages.is_settled(),
    })
}

fn metres(covered: Option<CoveredDistance>) -> Option<Distance> {
    covered.map(|covered| covered.distance)
}

fn run_length(run: &RunLength) -> Value {
    json!({ "date": run.on, "time_ms": run.time, "distance_m": run.distance })
}

fn spike(spike: &RunSpike) -> Value {
    json!({
        "id": spike.id,
        "name": clean(&spike.name),
        "run": run_length(&spike.run),
        "longest_before": run_length(&spike.longest),
        "compared": if spike.by_distance { "distance" } else { "time" },
        "ratio": spike.ratio,
        "overuse_rate": overuse_rate(spike.ratio),
    })
}

fn same(same: &SameSession) -> Value {
    let change = match same.change {
        EffortChange::Better => "better",
        EffortChange::Same => "same",
        EffortChange::Worse => "worse",
        EffortChange::OtherEffort => "other-effort",
    };
    let effort = |id: i64, on: NaiveDate, seconds: f64, rpe: f64, estimated: bool| json!({ "id": id, "date": on, "s_per_km": seconds, "rpe": rpe, "is_estimated": estimated });
    let efforts = same.efforts.iter();
    let efforts = efforts.map(|e| effort(e.id, e.on, e.speed.pace(PaceUnit::Km), e.rpe, e.is_estimated));
    json!({
        "name": clean(&same.name),
        "runs": efforts.collect::<Vec<_>>(),
        "median_before": { "s_per_km": same.before.speed.pace(PaceUnit::Km), "rpe": same.before.rpe },
        "latest": { "s_per_km": same.latest.speed.pace(PaceUnit::Km), "rpe": same.latest.rpe },
        "change": change,
        "slope_s_per_km_and_week": same.slope,
    })
}

fn result(result: &RaceResult) -> Value {
    json!({
        "race": result.race.key(), "date": result.on, "time_ms": result.time, "vdot": result.vdot(),
    })
}

fn run_record(record: &RunRecord) -> Value {
    let distance = record.covered;
    json!({
        "id": record.id, "date": record.on, "name": clean(&record.name), "time_ms": record.time,
        "distance_m": metres(distance), "distance_is_estimated": is_estimated(distance),
    })
}

fn week_record(record: &WeekRecord) -> Value {
    json!({
        "first": record.first, "time_ms": record.time, "distance_m": metres(record.covered),
        "distance_is_estimated": is_estimated(record.covered),
    })
}

fn is_estimated(covered: Option<CoveredDistance>) -> bool {
    covered.is_some_and(|covered| covered.is_estimated)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::ZoneTimes;
    use crate::trends::{TrendInput, TrendSession};
    use crate::units::Millis;
    use chrono::Weekday;

    #[test]
    fn an_unknown_value_is_null() {
        let sessions = [TrendSession {
            id: 3,
            on: NaiveDate::from_ymd_opt(2026, 11, 24).unwrap(),
            name: "Hills\u{1b}".to_string(),
            time: Millis::from_secs(1800),
            rpe: None,
            is_run: true,
            zones: ZoneTimes::default(),
            covered: None,
            work: None,
        }];
        let today = NaiveDate::from_ymd_opt(2026, 11, 29).unwrap();
        let input =
            TrendInput { sessions: &sessions, results: &[], today, week_starts: Weekday::Mon, weeks: 12 };
        let value: Value = serde_json::from_str(&text(&Trends::new(input))).unwrap();
        assert_eq!(value["version"], 1);
        let week = &value["weeks"][0];
        assert_eq!((&week["first"], &week["last"]), (&json!("2026-11-23"), &json!("2026-11-29")));
        for unknown in ["distance_m", "load", "easy_share", "monotony", "strain"] {
            assert_eq!(week.get(unknown), Some(&Value::Null), "{unknown}");
        }
        assert_eq!((&week["time_ms"], &week["sessions_without_rpe"]), (&json!(1_800_000), &json!(1)));
        assert_eq!(value["sessions_without_rpe"][0]["name"], "Hills\u{FFFD}");
    }
}
