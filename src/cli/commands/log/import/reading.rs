//! Reads the activities of all files, and joins those that are the same run.

use super::sources::ImportSources;
use crate::formats::activity_reader::strava::{self, StravaRow};
use crate::formats::activity_reader::{self, ActivityFileKind, ImportedActivity, ImportedSport};
use crate::history::imports::ImportedSession;
use crate::text::clean;
use std::collections::{HashMap, HashSet};

/// A thing that does not come in, and the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The name of the file, or its row.
    pub what: String,
    /// The reason.
    pub why: String,
    /// True if the file cannot be read, false if it is only no run.
    pub is_broken: bool,
}

/// Everything that was read.
#[derive(Debug, Default)]
pub struct ActivitiesFound {
    /// The activities of all sports, each once, the earliest first.
    pub sessions: Vec<ImportedSession>,
    /// The things that are no activity or cannot be read.
    pub left_out: Vec<LeftOut>,
    /// The names of the files that had an activity once more.
    pub repeated: Vec<String>,
}

/// One thing to read: a row of a list with its file, or a file.
struct ReadingTask {
    row: Option<ListedRow>,
    file: Option<usize>,
}

struct ListedRow {
    name: String,
    row: StravaRow,
}

/// Reads everything. `advance` is told how many of how many things are done, and ends the reading by returning false.
pub fn read_all(
    sources: &mut ImportSources,
    mut advance: impl FnMut(usize, usize) -> bool,
) -> ActivitiesFound {
    let mut found = ActivitiesFound::default();
    for (what, why) in std::mem::take(&mut sources.unreadable) {
        found.left_out.push(LeftOut { what, why, is_broken: true });
    }
    let tasks = tasks(sources, &mut found);
    let mut activities = Vec::new();
    let count = tasks.len();
    for (nth, task) in tasks.into_iter().enumerate() {
        if !advance(nth, count) {
            break;
        }
        task.read(sources, &mut activities, &mut found);
    }
    activities.sort_by_key(|session: &ImportedSession| session.activity.started);
    found.sessions = joined(activities, &mut found.repeated);
    found
}

/// Returns what there is to read. A file that a row of a list names is read with that row.
fn tasks(sources: &mut ImportSources, found: &mut ActivitiesFound) -> Vec<ReadingTask> {
    let is_list = |path: &str| path.to_lowercase().ends_with(".csv");
    let lists: Vec<usize> =
        (0..sources.files().len()).filter(|n| is_list(&sources.files()[*n].path)).collect();
    let by_path: HashMap<(Option<usize>, String), usize> =
        sources.files().iter().zip(0..).map(|(file, n)| ((file.archive, file.path.clone()), n)).collect();
    let (mut tasks, mut taken) = (Vec::new(), HashSet::new());
    for list in lists {
        taken.insert(list);
        let bytes = sources.read(list);
        let Some(file) = sources.files().get(list) else { continue };
        let rows = match bytes.and_then(|bytes| strava::read(&bytes).map_err(|error| error.problem)) {
            Ok(rows) => rows,
            Err(why) => {
                found.left_out.push(LeftOut { what: file.name.clone(), why, is_broken: true });
                continue;
            }
        };
        let folder = file.path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        for row in rows {
            let inside = row.file.as_ref().map(|name| (file.archive, format!("{folder}{name}")));
            let inside = inside.and_then(|key| by_path.get(&key).copied());
            taken.extend(inside);
            let name = format!("{}, line {}", file.name, row.line);
            tasks.push(ReadingTask { row: Some(ListedRow { name, row }), file: inside });
        }
    }
    let others = (0..sources.files().len()).filter(|n| !taken.contains(n));
    tasks.extend(others.map(|n| ReadingTask { row: None, file: Some(n) }));
    tasks
}

impl ReadingTask {
    fn read(
        self,
        sources: &mut ImportSources,
        activities: &mut Vec<ImportedSession>,
        found: &mut ActivitiesFound,
    ) {
        let name = self.file.and_then(|file| sources.files().get(file)).map(|file| file.name.clone());
        let Some(listed) = self.row else {
            if let (Some(number), Some(name)) = (self.file, name) {
                read_file(sources, number, &name, activities, found);
            }
            return;
        };
        let row = match listed.row.activity {
            Ok(row) => row,
            Err(why) => {
                // Its file may still be readable.
                found.left_out.push(LeftOut { what: listed.name, why, is_broken: true });
                if let (Some(number), Some(name)) = (self.file, name) {
                    read_file(sources, number, &name, activities, found);
                }
                return;
            }
        };
        let file = name.clone().unwrap_or(listed.name);
        // The file of a bike ride need not be read.
        let wants_file = !matches!(row.sport, ImportedSport::Other(_));
        let Some(number) = self.file.filter(|_| wants_file) else {
            activities.push(ImportedSession { file, activity: row });
            return;
        };
        let read =
            sources.read(number).and_then(|bytes| activity_reader::read(&bytes).map_err(|e| e.problem));
        let activity = match read {
            Ok(read) => {
                let span = row.span();
                match read.activities.into_iter().find(|activity| activity.span().is_same(span)) {
                    Some(activity) => activity.joined(row),
                    None => with_remark(row, "its file has another activity, so it has no laps"),
                }
            }
            Err(problem) => with_remark(row, &format!("its file has no laps: {problem}")),
        };
        activities.push(ImportedSession { file, activity });
    }
}

fn with_remark(mut activity: ImportedActivity, remark: &str) -> ImportedActivity {
    activity.remarks.push(remark.to_string());
    activity
}

fn read_file(
    sources: &mut ImportSources,
    number: usize,
    name: &str,
    activities: &mut Vec<ImportedSession>,
    found: &mut ActivitiesFound,
) {
    let left_out = |why: String, is_broken| LeftOut { what: name.to_string(), why: clean(&why), is_broken };
    let bytes = match sources.read(number) {
        Ok(bytes) => bytes,
        Err(why) => return found.left_out.push(left_out(why, true)),
    };
    // A list whose name does not end in `.csv`.
    if ActivityFileKind::of(&bytes) == ActivityFileKind::Csv
        && let Ok(rows) = strava::read(&bytes)
    {
        for row in rows {
            let name = format!("{name}, line {}", row.line);
            match row.activity {
                Ok(activity) => activities.push(ImportedSession { file: name, activity }),
                Err(why) => found.left_out.push(LeftOut { what: name, why, is_broken: true }),
            }
        }
        return;
    }
    match activity_reader::read(&bytes) {
        Ok(read) => {
            found.left_out.extend(read.left_out.into_iter().map(|why| left_out(why, false)));
            let session = |activity| ImportedSession { file: name.to_string(), activity };
            activities.extend(read.activities.into_iter().map(session));
        }
        Err(error) => found.left_out.push(left_out(error.problem, true)),
    }
}

/// Joins the records of the same activity. `activities` are in the order of their starts.
fn joined(activities: Vec<ImportedSession>, repeated: &mut Vec<String>) -> Vec<ImportedSession> {
    let mut all: Vec<ImportedSession> = Vec::new();
    for session in activities {
        let span = session.activity.span();
        let is_same = |before: &&mut ImportedSession| {
            // A bike ride is no run, but the same ride twice is one.
            before.activity.sport.is_like(&session.activity.sport) && before.activity.span().is_same(span)
        };
        // The same activity begins at about the same time, so it is among the latest.
        match all.iter_mut().rev().take(8).find(is_same) {
            Some(before) => {
                repeated.push(session.file);
                before.activity = before.activity.clone().joined(session.activity);
            }
            None => all.push(session),
        }
    }
    all
}
