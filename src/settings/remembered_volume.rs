//! The volume that the keys have set, in a small file: `60`, or `60 muted`.
//!
//! It is a convenience: where it cannot be read or written the volume is full, and nobody is bothered.

use crate::audio::volume::{Percent, Volume};
use crate::folders;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;

/// A file longer than this is not ours.
const LONGEST: u64 = 64;
/// How long the end waits for the disk.
const PATIENCE: Duration = Duration::from_millis(500);

/// Where it is kept: `volume` in the folder for state.
pub fn path() -> Option<PathBuf> {
    Some(folders::state()?.join("volume"))
}

/// The volume as it was left.
pub fn remembered() -> Volume {
    path().and_then(|path| read(&path)).unwrap_or_default()
}

fn read(path: &Path) -> Option<Volume> {
    // Opening a pipe would wait for somebody to write.
    fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
    let mut text = String::new();
    fs::File::open(path).ok()?.take(LONGEST).read_to_string(&mut text).ok()?;
    let mut words = text.split_whitespace();
    let percent = words.next()?.parse().ok().and_then(Percent::new)?;
    Some(Volume { percent, muted: words.next() == Some("muted") })
}

fn write(path: &Path, volume: Volume) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let muted = if volume.muted { " muted" } else { "" };
    crate::atomic_file::replace(path, &format!("{}{muted}\n", volume.percent.get()))
}

/// Writes it down on a thread of its own: whoever presses a key does not wait for a disk. Dropping this waits a moment
/// until the last is written.
#[derive(Debug)]
pub struct RememberedVolume {
    told: Option<Sender<Volume>>,
    done: Receiver<()>,
}

impl RememberedVolume {
    /// For the usual place.
    pub fn open() -> RememberedVolume {
        RememberedVolume::at(path())
    }

    fn at(path: Option<PathBuf>) -> RememberedVolume {
        let (told, volumes) = mpsc::channel::<Volume>();
        let (over, done) = mpsc::channel();
        let write_all = move || {
            // Dropped when this ends: that is the word that it is done.
            let _over: Sender<()> = over;
            while let Ok(volume) = volumes.recv() {
                // Of several that came meanwhile the last counts.
                let volume = volumes.try_iter().last().unwrap_or(volume);
                if let Some(path) = &path {
                    // Not being remembered is no reason to stop a run.
                    let _ = write(path, volume);
                }
            }
        };
        let started = thread::Builder::new().name("volume".to_string()).spawn(write_all);
        RememberedVolume { told: started.is_ok().then_some(told), done }
    }

    /// Has it remembered.
    pub fn keep(&self, volume: Volume) {
        if let Some(told) = &self.told {
            // Where the thread is gone nobody remembers.
            let _ = told.send(volume);
        }
    }
}

impl Drop for RememberedVolume {
    fn drop(&mut self) {
        if self.told.take().is_some() {
            let _ = self.done.recv_timeout(PATIENCE);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_of_them_is_read_again() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("pacebell/volume");
        assert_eq!(read(&path), None);
        let mut volume = Volume::default();
        let memory = RememberedVolume::at(Some(path.clone()));
        for _ in 0..4 {
            volume = volume.softer();
            memory.keep(volume);
        }
        memory.keep(volume.mute_toggled());
        drop(memory);
        assert_eq!(read(&path), Some(volume.mute_toggled()));
        assert_eq!(fs::read_to_string(&path).unwrap(), "60 muted\n");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn what_is_no_volume_is_none() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("volume");
        for text in ["", "loud", "101", "-5", "60.5", "\u{0}"] {
            fs::write(&path, text).unwrap();
            assert_eq!(read(&path), None, "{text:?}");
        }
        assert_eq!(read(home.path()), None);
        drop(RememberedVolume::at(Some(path.join("beyond/volume"))));
        let memory = RememberedVolume::at(None);
        memory.keep(Volume::default());
    }
}
