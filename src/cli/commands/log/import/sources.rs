//! The files of an import: named ones, those in folders, and those in zip archives.

use crate::cli::failure::Failure;
use crate::cli::report::Report;
use crate::formats::activity_reader::ActivityFileKind;
use crate::text::clean;
use flate2::read::MultiGzDecoder;
use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};
use zip::ZipArchive;

/// The largest file that is read, in bytes, unpacked. A day's run in XML has a tenth of it.
const LARGEST: u64 = 256 << 20;
/// The most folders within each other.
const DEPTH: usize = 12;
/// The endings of activities, which may be followed by `.gz`.
const ENDINGS: [&str; 3] = ["fit", "tcx", "gpx"];
/// The name of the list in Strava's export.
const STRAVA_LIST: &str = "activities.csv";

/// Everything that an import may read.
#[derive(Default)]
pub struct ImportSources {
    archives: Vec<ZipArchive<BufReader<File>>>,
    files: Vec<SourceFile>,
    /// Other things that could not be opened, each with its problem.
    pub unreadable: Vec<(String, String)>,
}

/// A file, on the disk or in an archive.
pub struct SourceFile {
    /// The name to show.
    pub name: String,
    /// The path, within the archive if it is in one. It tells which row of a list the file belongs to.
    pub path: String,
    /// The archive that the file is in.
    pub archive: Option<usize>,
    place: FilePlace,
}

enum FilePlace {
    Disk(PathBuf),
    /// The number of the entry in the archive.
    Archive(usize),
}

impl ImportSources {
    /// Collects the files.
    ///
    /// # Errors
    /// If something that was named does not exist.
    pub fn collect(paths: &[PathBuf]) -> Result<ImportSources, Failure> {
        let mut sources = ImportSources::default();
        for path in paths {
            let data = fs::metadata(path).map_err(|error| missing(path, &error))?;
            if data.is_dir() {
                sources.add_folder(path, 0);
            } else if data.is_file() {
                sources.add_file(path);
            } else {
                sources.unreadable.push((shown(path), "it is not a regular file".to_string()));
            }
        }
        Ok(sources)
    }

    /// Returns the files in order.
    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }

    fn add_file(&mut self, path: &Path) {
        match kind_of(path) {
            Ok(ActivityFileKind::Zip) => self.add_archive(path),
            Ok(_) => self.push_disk(path.to_path_buf()),
            Err(error) => self.unreadable.push((shown(path), format!("it cannot be read: {error}"))),
        }
    }

    fn push_disk(&mut self, path: PathBuf) {
        let name = shown(&path);
        let text = path.to_string_lossy().replace('\\', "/");
        self.files.push(SourceFile { name, path: text, archive: None, place: FilePlace::Disk(path) });
    }

    fn add_folder(&mut self, folder: &Path, depth: usize) {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => {
                return self.unreadable.push((shown(folder), format!("it cannot be read: {error}")));
            }
        };
        let mut paths: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
        paths.sort();
        for path in paths {
            let Ok(data) = fs::symlink_metadata(&path) else { continue };
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            if name.starts_with('.') {
                continue;
            }
            // A link to a folder may lead back here.
            if data.is_dir() && depth < DEPTH {
                self.add_folder(&path, depth + 1);
            } else if is_activity_name(&name) && fs::metadata(&path).is_ok_and(|data| data.is_file()) {
                self.push_disk(path);
            }
        }
    }

    fn add_archive(&mut self, path: &Path) {
        let opened = File::open(path).map(BufReader::new).map_err(|error| error.to_string());
        let archive =
            opened.and_then(|file| ZipArchive::new(file).map_err(|_| "the zip is damaged".to_string()));
        let mut archive = match archive {
            Ok(archive) => archive,
            Err(problem) => return self.unreadable.push((shown(path), problem)),
        };
        let number = self.archives.len();
        for entry in 0..archive.len() {
            let Ok(file) = archive.by_index_raw(entry) else { continue };
            let Ok(inside) = file.name().map(|name| name.replace('\\', "/")) else { continue };
            let name = inside.rsplit('/').next().unwrap_or_default();
            if file.is_dir()
                || name.starts_with('.')
                || inside.starts_with("__MACOSX/")
                || !is_activity_name(name)
            {
                continue;
            }
            self.files.push(SourceFile {
                name: format!("{}: {}", shown(path), clean(&inside)),
                path: inside,
                archive: Some(number),
                place: FilePlace::Archive(entry),
            });
        }
        self.archives.push(archive);
    }

    /// Reads a file, unpacked. Of a gzip that was cut short, what is there.
    ///
    /// # Errors
    /// If it cannot be read, or is too large.
    pub fn read(&mut self, number: usize) -> Result<Vec<u8>, String> {
        let Some(file) = self.files.get(number) else { return Err("it is missing".to_string()) };
        let bytes = match (&file.place, file.archive.and_then(|archive| self.archives.get_mut(archive))) {
            (FilePlace::Disk(path), _) => {
                File::open(path).map_err(|error| error.to_string()).and_then(|file| limited(file, true))
            }
            (FilePlace::Archive(entry), Some(archive)) => match archive.by_index(*entry) {
                Ok(file) => limited(file, true),
                Err(_) => Err("the zip is damaged there".to_string()),
            },
            (FilePlace::Archive(_), None) => Err("it is missing".to_string()),
        }?;
        match ActivityFileKind::of(&bytes) {
            ActivityFileKind::Gzip => limited(MultiGzDecoder::new(&bytes[..]), false),
            _ => Ok(bytes),
        }
    }
}

/// Reads to the end. With `is_strict` unset, an error ends what is read instead.
fn limited(reader: impl Read, is_strict: bool) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    let read = reader.take(LARGEST + 1).read_to_end(&mut bytes);
    if bytes.len() as u64 > LARGEST {
        return Err(format!("it is larger than {} MB", LARGEST >> 20));
    }
    match read {
        Err(error) if is_strict || bytes.is_empty() => Err(format!("it cannot be read: {error}")),
        _ => Ok(bytes),
    }
}

fn kind_of(path: &Path) -> io::Result<ActivityFileKind> {
    let mut start = Vec::new();
    File::open(path)?.take(64).read_to_end(&mut start)?;
    Ok(ActivityFileKind::of(&start))
}

fn is_activity_name(name: &str) -> bool {
    let lower = name.to_lowercase();
    let inner = lower.strip_suffix(".gz").unwrap_or(&lower);
    lower == STRAVA_LIST || inner.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.contains(&ending))
}

fn missing(path: &Path, error: &io::Error) -> Failure {
    let report = match error.kind() {
        io::ErrorKind::NotFound => Report::new(format!("there is no file {}", shown(path))),
        _ => Report::new(format!("{} cannot be read: {error}", shown(path))),
    };
    Failure::Input(report.with_help("name FIT, TCX or GPX files, or Strava's export as a zip or a folder"))
}

fn shown(path: &Path) -> String {
    clean(&path.display().to_string())
}
