//! `pacebell log import`: runs that other programs recorded.

use crate::fixture::pacebell_at;
use proptest::prelude::*;
use rusqlite::Connection;
use std::fs;
use std::path::Path;

/// 2025-11-03 06:30:00 UTC, a Monday.
const START: u32 = 1_762_151_400;
const FIT_EPOCH: u32 = 631_065_600;

/// Writes FIT messages by hand, all numbers in four bytes.
struct FitWriter {
    data: Vec<u8>,
}

impl FitWriter {
    /// A file of a Garmin watch; kind 4 is an activity.
    fn new(kind: u32) -> Self {
        let mut writer = FitWriter { data: Vec::new() };
        writer.message(0, &[(0, kind), (1, 1)]);
        writer
    }

    fn message(&mut self, kind: u16, fields: &[(u8, u32)]) {
        self.data.extend([0x40, 0, 0]);
        self.data.extend(kind.to_le_bytes());
        self.data.push(fields.len() as u8);
        self.data.extend(fields.iter().flat_map(|(number, _)| [*number, 4, 0x86]));
        self.data.push(0);
        self.data.extend(fields.iter().flat_map(|(_, value)| value.to_le_bytes()));
    }

    fn lap(&mut self, start: u32, seconds: u32, metres: Option<u32>) {
        let mut fields = vec![(2, start - FIT_EPOCH), (7, seconds * 1000), (8, seconds * 1000)];
        fields.extend(metres.map(|metres| (9, metres * 100)));
        self.message(19, &fields);
    }

    /// A session: its sport, its start, and the time with and without pauses.
    fn session(&mut self, sport: u32, start: u32, [elapsed, active]: [u32; 2], metres: Option<u32>) {
        let mut fields =
            vec![(5, sport), (2, start - FIT_EPOCH), (7, elapsed * 1000), (8, active * 1000), (16, 142)];
        fields.extend(metres.map(|metres| (9, metres * 100)));
        self.message(18, &fields);
    }

    fn records(&mut self, start: u32, seconds: u32, metres_per_second: u32) {
        for second in 0..=seconds {
            let done = second * metres_per_second;
            self.message(20, &[(253, start - FIT_EPOCH + second), (5, done * 100), (3, 140)]);
        }
    }

    fn bytes(&self) -> Vec<u8> {
        let mut bytes = vec![14, 0x20, 0, 8];
        bytes.extend((self.data.len() as u32).to_le_bytes());
        bytes.extend(b".FIT\0\0");
        bytes.extend(&self.data);
        let sum = crc(&bytes);
        bytes.extend(sum.to_le_bytes());
        bytes
    }
}

/// CRC-16/ARC, bit by bit.
fn crc(bytes: &[u8]) -> u16 {
    let mut sum = 0u16;
    for byte in bytes {
        sum ^= u16::from(*byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 { sum >> 1 ^ 0xa001 } else { sum >> 1 };
        }
    }
    sum
}

/// A run of 40 minutes and 8 km in two laps, with a pause of a minute, in New York.
fn run_at(start: u32) -> FitWriter {
    let mut fit = FitWriter::new(4);
    fit.lap(start, 1200, Some(4200));
    fit.lap(start + 1260, 1200, Some(3800));
    fit.session(1, start, [2460, 2400], Some(8000));
    let end = start - FIT_EPOCH + 2460;
    fit.message(34, &[(253, end), (5, end - 5 * 3600)]);
    fit
}

fn tcx(start: &str, laps: &[(f64, f64)]) -> String {
    let laps: String = laps
        .iter()
        .map(|(seconds, metres)| {
            format!(
                "<Lap StartTime=\"{start}\"><TotalTimeSeconds>{seconds}</TotalTimeSeconds>\n\
                 <DistanceMeters>{metres}</DistanceMeters><Intensity>Active</Intensity></Lap>\n"
            )
        })
        .collect();
    format!(
        "<?xml version=\"1.0\"?><TrainingCenterDatabase><Activities><Activity Sport=\"Running\"><Id>{start}</Id>\n\
         {laps}</Activity></Activities></TrainingCenterDatabase>"
    )
}

/// The result of a command: standard output, or the error.
fn log(home: &Path, arguments: &[&str]) -> Result<String, String> {
    let command = &mut pacebell_at(home);
    let output = command.arg("log").args(arguments).env("TZ", "UTC0").current_dir(home).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    if output.status.success() { Ok(text(output.stdout)) } else { Err(text(output.stderr)) }
}

fn import(home: &Path, files: &[&str]) -> String {
    log(home, &[&["import"], files].concat()).unwrap()
}

/// The sessions as SQLite has them: name, local start, minutes and metres.
fn sessions(home: &Path) -> Vec<(String, String, f64, Option<f64>)> {
    let connection = Connection::open(home.join("pacebell/log.db")).unwrap();
    let sql = "SELECT log.name, date || ' ' || time, minutes,
                   (SELECT CASE count(*) WHEN count(distance_m) THEN sum(distance_m) END FROM lap WHERE session = id)
               FROM log";
    let mut statement = connection.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)));
    rows.unwrap().map(Result::unwrap).collect()
}

fn home() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn a_fit_file_comes_in_with_local_time_laps_heart_rate_and_without_its_pause() {
    let home = home();
    fs::write(home.path().join("run.fit"), run_at(START).bytes()).unwrap();
    let said = import(home.path(), &["run.fit"]);
    assert!(said.contains("1 session added: 2025-11-03, 8 km in 40:00"), "{said}");
    // Half past six in UTC is half past one in New York.
    assert_eq!(
        sessions(home.path()),
        [("Run".to_string(), "2025-11-03 01:30".to_string(), 40.0, Some(8000.0))]
    );
    let shown = log(home.path(), &["show"]).unwrap();
    for words in
        ["Heart rate    142 bpm", "With pauses   41:00", "imported from a FIT file (Garmin)", "4.2", "5:00"]
    {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    assert!(!shown.contains("Steps") && !shown.contains("By zone"), "{shown}");
    let json: serde_json::Value =
        serde_json::from_str(&log(home.path(), &["show", "--json"]).unwrap()).unwrap();
    let session = &json["session"];
    assert_eq!(session["started"], "2025-11-03T01:30:00-05:00");
    assert_eq!(
        (&session["imported_from"], &session["mean_heart"], &session["elapsed_ms"]),
        (&"fit".into(), &142.into(), &2_460_000.into())
    );
}

#[test]
fn the_same_run_comes_in_once() {
    let home = home();
    let path = |name: &str| home.path().join(name);
    fs::write(path("watch.fit"), run_at(START).bytes()).unwrap();
    fs::write(path("copy.fit"), run_at(START).bytes()).unwrap();
    // The site's file is two seconds late and has one lap.
    fs::write(path("site.tcx"), tcx("2025-11-03T06:30:02Z", &[(2398.0, 7990.0)])).unwrap();
    fs::write(path("next.fit"), run_at(START + 86_400).bytes()).unwrap();
    let said = import(home.path(), &["watch.fit", "copy.fit", "site.tcx", "next.fit"]);
    assert!(said.contains("2 sessions added") && said.contains("2 files have a run once more"), "{said}");
    assert_eq!(sessions(home.path()).iter().map(|s| s.3).collect::<Vec<_>>(), [Some(8000.0); 2]);
    let said = import(home.path(), &["."]);
    assert!(said.contains("Nothing new.") && said.contains("already in the log"), "{said}");
    // An edit of the date does not make it another run.
    log(home.path(), &["edit", "1", "--on", "2025-10-01 07:00"]).unwrap();
    let said = import(home.path(), &["watch.fit"]);
    assert!(said.contains("already in the log: watch.fit: session 1"), "{said}");
    assert_eq!(sessions(home.path()).len(), 2);
}

#[test]
fn undo_takes_back_the_whole_import_and_deleted_sessions_stay_deleted() {
    let home = home();
    for day in 0..3 {
        fs::write(home.path().join(format!("{day}.fit")), run_at(START + day * 86_400).bytes()).unwrap();
    }
    log(home.path(), &["add", "45min easy", "--on", "2025-11-01 07:00"]).unwrap();
    import(home.path(), &["."]);
    assert_eq!(sessions(home.path()).len(), 4);
    log(home.path(), &["edit", "2", "--rpe", "4"]).unwrap();
    log(home.path(), &["undo"]).unwrap();
    assert_eq!(log(home.path(), &["undo"]).unwrap(), "The import was undone: 3 sessions removed\n");
    assert_eq!(sessions(home.path()).len(), 1);
    import(home.path(), &["."]);
    log(home.path(), &["delete", "3"]).unwrap();
    let said = import(home.path(), &["."]);
    assert!(said.contains("left out: ./1.fit: you deleted it from the log"), "{said}");
    assert_eq!(sessions(home.path()).len(), 3);
}

#[test]
fn a_session_added_by_hand_that_may_be_the_same_run_is_named() {
    let home = home();
    log(home.path(), &["add", "40min easy", "--on", "2025-11-03"]).unwrap();
    log(home.path(), &["add", "60min easy", "--on", "2025-11-03 18:00"]).unwrap();
    fs::write(home.path().join("run.fit"), run_at(START).bytes()).unwrap();
    let said = import(home.path(), &["run.fit"]);
    assert!(
        said.contains("note: run.fit: session 1, which you added by hand, may be the same run"),
        "{said}"
    );
    assert!(said.contains("1 session added") && !said.contains("session 2"), "{said}");
}

#[cfg(unix)]
#[test]
fn an_interrupted_import_leaves_whole_sessions_and_can_be_repeated() {
    use std::os::unix::process::ExitStatusExt;
    const FILES: u32 = 450;
    let home = home();
    let folder = home.path().join("runs");
    fs::create_dir(&folder).unwrap();
    for day in 0..FILES {
        fs::write(folder.join(format!("{day}.fit")), run_at(START - day * 86_400).bytes()).unwrap();
    }
    for (signal, wait) in [("INT", 60), ("KILL", 150), ("INT", 300), ("TERM", 500)] {
        let mut command = pacebell_at(home.path());
        let command = command.args(["log", "import", "runs"]).current_dir(home.path());
        let child =
            command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::piped()).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(wait));
        let killed =
            std::process::Command::new("kill").args(["-s", signal, &child.id().to_string()]).status();
        assert!(killed.is_ok());
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        let is_done = output.status.success() || output.status.signal().is_some();
        assert!(is_done || said.starts_with("Stopped. "), "{signal}: {said}");
        let file = home.path().join("pacebell/log.db");
        if !file.exists() {
            continue;
        }
        let connection = Connection::open(file).unwrap();
        let sql = "SELECT count(*) FROM session WHERE active_ms IS NOT 2400000
                       OR (SELECT sum(to_ms - from_ms) FROM lap WHERE session = id) IS NOT 2400000
                       OR (SELECT count(*) FROM plan WHERE session = id) <> 1 OR imported_from IS NULL";
        let broken: Option<u32> = connection.query_row(sql, [], |row| row.get(0)).ok();
        assert_eq!(broken.unwrap_or(0), 0, "{signal} after {wait} ms");
    }
    import(home.path(), &["runs"]);
    assert_eq!(sessions(home.path()).len(), FILES as usize);
    let mut undone = 0;
    while !sessions(home.path()).is_empty() && undone < 6 {
        log(home.path(), &["undo"]).unwrap();
        undone += 1;
    }
    assert!(sessions(home.path()).is_empty(), "each import is undone as one step");
}

#[test]
fn a_dry_run_writes_nothing() {
    let home = home();
    fs::write(home.path().join("run.fit"), run_at(START).bytes()).unwrap();
    let said = import(home.path(), &["run.fit", "--dry-run"]);
    assert!(said.contains("Mon 2025-11-03 01:30  40:00  8 km  (run.fit)"), "{said}");
    assert!(said.contains("1 session would come in") && !said.contains("undo"), "{said}");
    assert!(!home.path().join("pacebell/log.db").exists());
}

#[test]
fn what_does_not_come_in_is_named_and_the_others_do() {
    let home = home();
    let path = |name: &str| home.path().join(name);
    let mut ride = FitWriter::new(4);
    ride.session(2, START + 100_000, [3600, 3600], Some(30_000));
    fs::write(path("ride.fit"), ride.bytes()).unwrap();
    let mut plan = FitWriter::new(5);
    plan.message(26, &[(4, 1)]);
    fs::write(path("plan.fit"), plan.bytes()).unwrap();
    let mut late = FitWriter::new(4);
    late.session(1, 3_900_000_000, [600, 600], None);
    fs::write(path("late.fit"), late.bytes()).unwrap();
    fs::write(path("noise.fit"), b"no activity \x1b[31m").unwrap();
    fs::write(path("cut.tcx"), "<TrainingCenterDatabase>\n<Activities>\n<Activity Sport=\"Running\">\n<Lap")
        .unwrap();
    let mut slow = FitWriter::new(4);
    slow.session(1, START + 200_000, [600, 600], None);
    fs::write(path("belt.fit"), slow.bytes()).unwrap();
    fs::write(path("run.fit"), run_at(START).bytes()).unwrap();
    let said = import(home.path(), &["."]);
    for words in [
        "./ride.fit: a bike ride",
        "./plan.fit: a planned workout, not an activity",
        "./late.fit: its date, 2093-08-01, is in the future",
        "./noise.fit: it is neither FIT, TCX nor GPX",
        "./cut.tcx: it is cut short at line 4, and no lap is whole",
        "2 sessions added",
        "1 of them is without a distance",
        "5 left out",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let error = log(home.path(), &["import", "noise.fit"]).unwrap_err();
    assert!(error.starts_with("error: noise.fit: it is neither FIT, TCX nor GPX"), "{error}");
    let error = log(home.path(), &["import", "nowhere.fit"]).unwrap_err();
    assert!(error.contains("there is no file nowhere.fit"), "{error}");
}

#[test]
fn damaged_fit_files_keep_what_is_whole() {
    let home = home();
    let path = |name: &str| home.path().join(name);
    let mut bytes = run_at(START).bytes();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(path("sum.fit"), bytes).unwrap();
    // Cut after 500 of 601 records, the first at second 0: 499 s at 3 m/s.
    let mut fit = FitWriter::new(4);
    fit.message(12, &[(0, 1)]);
    fit.records(START + 86_400, 600, 3);
    let whole = fit.bytes();
    let record = (whole.len() - 51) / 601;
    fs::write(path("cut.fit"), &whole[..whole.len() - 2 - 100 * record - 5]).unwrap();
    let mut second = run_at(START + 2 * 86_400).bytes();
    second.extend(run_at(START + 3 * 86_400).bytes());
    fs::write(path("chain.fit"), second).unwrap();
    let said = import(home.path(), &["sum.fit", "cut.fit", "chain.fit"]);
    assert!(said.contains("note: sum.fit: its checksum is wrong"), "{said}");
    assert!(said.contains("note: cut.fit: it is cut short: "), "{said}");
    assert!(said.contains("note: cut.fit: it has no summary, so its records were added up"), "{said}");
    let minutes: Vec<(f64, Option<f64>)> =
        sessions(home.path()).into_iter().map(|s| (s.2 * 60.0, s.3)).collect();
    assert_eq!(
        minutes,
        [(2400.0, Some(8000.0)), (499.0, Some(1497.0)), (2400.0, Some(8000.0)), (2400.0, Some(8000.0))]
    );
}

#[test]
fn stravas_export_comes_in_with_its_names_and_files() {
    let home = home();
    let folder = home.path().join("export/activities");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("1.fit"), run_at(START).bytes()).unwrap();
    let list = "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,Filename,\
                Elapsed Time,Moving Time,Distance,Perceived Exertion\n\
        11,\"Nov 3, 2025, 6:30:00 AM\",Hills,Run,\"Rain,\n\"\"cold\"\"\",2460,8.00,activities/1.fit,2460,2400,8000.0,6\n\
        12,\"Nov 4, 2025, 6:30:00 AM\",Long one,Run,,\"10,860\",\"30.00\",activities/2.fit.gz,\"10,860\",\"10,800\",\"30,000\",\n\
        13,\"Nov 5, 2025, 6:30:00 AM\",Commute,Ride,,1200,8.00,,1200,1200,8000.0,\n\
        14,yesterday,Lost,Run,,1200,4.00,,1200,1200,4000.0,\n";
    fs::write(home.path().join("export/activities.csv"), list).unwrap();
    let said = import(home.path(), &["export"]);
    assert!(said.contains("export/activities.csv, line 5: a bike ride"), "{said}");
    assert!(said.contains("export/activities.csv, line 6: the date “yesterday” cannot be read"), "{said}");
    let expected = [
        ("Hills".to_string(), "2025-11-03 01:30".to_string(), 40.0, Some(8000.0)),
        ("Long one".to_string(), "2025-11-04 06:30".to_string(), 180.0, Some(30_000.0)),
    ];
    assert_eq!(sessions(home.path()), expected);
    let shown = log(home.path(), &["show", "1"]).unwrap();
    assert!(
        shown.contains("RPE") && shown.contains("Rain, \"cold\"") && shown.contains("FIT file"),
        "{shown}"
    );
}

#[test]
fn a_row_of_stravas_list_gains_the_laps_of_its_file() {
    let home = home();
    let list = "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,Filename,\
                Elapsed Time,Moving Time,Distance,Perceived Exertion\n\
        11,\"Nov 3, 2025, 6:30:00 AM\",Hills,Run,,2460,8.00,,2460,2395,7990.0,\n";
    fs::write(home.path().join("activities.csv"), list).unwrap();
    import(home.path(), &["activities.csv"]);
    log(home.path(), &["edit", "1", "--rpe", "7", "-n", "windy"]).unwrap();
    let before = log(home.path(), &["show", "1", "--json"]).unwrap();
    fs::write(home.path().join("watch.fit"), run_at(START).bytes()).unwrap();
    let said = import(home.path(), &["watch.fit", "--dry-run"]);
    assert!(said.contains("would improve: watch.fit: session 1: 2 laps, 8 km, 142 bpm"), "{said}");
    assert_eq!(log(home.path(), &["show", "1", "--json"]).unwrap(), before);
    let said = import(home.path(), &["watch.fit"]);
    assert!(said.contains("improved: watch.fit: session 1: 2 laps, 8 km, 142 bpm"), "{said}");
    // What the runner wrote stays, and it is still one session.
    let json: serde_json::Value =
        serde_json::from_str(&log(home.path(), &["show", "1", "--json"]).unwrap()).unwrap();
    let session = &json["session"];
    assert_eq!((&session["name"], &session["note"]), (&"Hills".into(), &"windy".into()));
    assert_eq!((&session["rpe"], &session["mean_heart"]), (&7.0.into(), &142.into()));
    assert_eq!((&session["imported_from"], session["laps"].as_array().unwrap().len()), (&"fit".into(), 2));
    assert_eq!(sessions(home.path())[0].3, Some(8000.0));
    assert_eq!(sessions(home.path()).len(), 1);
    // Neither file has more to say.
    let said = import(home.path(), &["watch.fit", "activities.csv"]);
    assert!(said.contains("Nothing new.") && said.contains("already in the log"), "{said}");
    assert_eq!(log(home.path(), &["undo"]).unwrap(), "The import was undone: 1 session as before\n");
    assert_eq!(log(home.path(), &["show", "1", "--json"]).unwrap(), before);
}

#[test]
fn a_merge_keeps_the_laps_of_a_file_and_the_note_of_another_machine() {
    let (home, other) = (home(), home());
    // The list says longer than the watch: it is not the length that tells which run has more detail.
    let list = "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,Filename,\
                Elapsed Time,Moving Time,Distance,Perceived Exertion\n\
        11,\"Nov 3, 2025, 6:30:00 AM\",Hills,Run,,2460,8.00,,2460,2455,7990.0,\n";
    fs::write(home.path().join("activities.csv"), list).unwrap();
    import(home.path(), &["activities.csv"]);
    fs::create_dir_all(other.path().join("pacebell")).unwrap();
    fs::copy(home.path().join("pacebell/log.db"), other.path().join("pacebell/log.db")).unwrap();
    log(other.path(), &["edit", "1", "-n", "windy"]).unwrap();
    fs::write(home.path().join("watch.fit"), run_at(START).bytes()).unwrap();
    import(home.path(), &["watch.fit"]);
    for (to, from) in [(&home, &other), (&other, &home)] {
        let file = to.path().join("theirs.db");
        fs::copy(from.path().join("pacebell/log.db"), &file).unwrap();
        log(to.path(), &["merge", "theirs.db"]).unwrap();
        let shown = log(to.path(), &["show", "1", "--json"]).unwrap();
        let json: serde_json::Value = serde_json::from_str(&shown).unwrap();
        let session = &json["session"];
        assert_eq!(session["note"], "windy", "{shown}");
        assert_eq!((&session["imported_from"], &session["mean_heart"]), (&"fit".into(), &142.into()));
        assert_eq!(session["laps"].as_array().unwrap().len(), 2);
    }
}

#[test]
fn trends_know_imported_runs() {
    let home = home();
    // Six weeks with a run of 8 km each Monday and one of 20 km at the end.
    for week in 0..6 {
        let start = START - week * 7 * 86_400;
        let bytes = match week {
            0 => {
                let mut fit = FitWriter::new(4);
                fit.session(1, start, [6000, 6000], Some(20_000));
                fit.bytes()
            }
            _ => run_at(start).bytes(),
        };
        fs::write(home.path().join(format!("{week}.fit")), bytes).unwrap();
    }
    import(home.path(), &["."]);
    let trends = log(home.path(), &["trends", "--weeks", "520", "--json"]).unwrap();
    let json: serde_json::Value = serde_json::from_str(&trends).unwrap();
    let text = json.to_string();
    assert!(text.contains("20000"), "{text}");
    let shown = log(home.path(), &["trends", "--weeks", "520"]).unwrap();
    assert!(
        shown.contains("20.0 km, 150 % over 8.0 km") && shown.contains("Farthest run    20.0 km"),
        "{shown}"
    );
    // Four runs of one name are not the same workout.
    assert!(!shown.contains("▲") && !shown.contains("Same session, same effort\n  Run"), "{shown}");
}

/// A small file of each format.
fn samples() -> Vec<Vec<u8>> {
    let list = "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance\n\
                11,\"Nov 3, 2025, 6:30:00 AM\",Hills,Run,,2460,8.00\n";
    let gpx = "<gpx><trk><type>run</type><trkseg><trkpt lat=\"1\" lon=\"2\"><time>2025-11-03T06:30:00Z</time></trkpt>\
               <trkpt lat=\"1.001\" lon=\"2\"><time>2025-11-03T06:31:00Z</time></trkpt></trkseg></trk></gpx>";
    let mut fit = FitWriter::new(4);
    fit.records(START, 20, 3);
    vec![
        run_at(START).bytes(),
        fit.bytes(),
        tcx("2025-11-03T06:30:02Z", &[(300.0, 1000.0), (290.0, 990.0)]).into_bytes(),
        list.as_bytes().to_vec(),
        gpx.as_bytes().to_vec(),
    ]
}

proptest! {
    #[test]
    fn damaged_files_are_read_or_refused(
        sample in 0usize..5,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        use pacebell::formats::activity_reader::{read, strava};
        let mut bytes = samples().swap_remove(sample);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        for activity in read(&bytes).map(|read| read.activities).unwrap_or_default() {
            let sum: u64 = activity.laps.iter().map(|lap| lap.active.get()).sum();
            prop_assert_eq!(sum, activity.active.get());
        }
        let _ = strava::read(&bytes);
    }
}
