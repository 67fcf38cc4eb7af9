//! The volume that was set with keys, in a small file: `60`, or `60 muted`.
//!
//! It is a convenience. If the file cannot be read, the volume is full; if it cannot be written, nothing happens.

use crate::audio::volume::{Percent, Volume};
use crate::{atomic_file, folders};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;

/// The most bytes to read, in case the file is not ours.
const MOST_BYTES: u64 = 64;
/// The longest wait for the disk when a [`RememberedVolume`] is dropped.
const SAVE_AT_EXIT: Duration = Duration::from_millis(500);

/// The path of the file: `volume` in our folder for state.
pub fn path() -> Option<PathBuf> {
    Some(folders::state()?.join("volume"))
}

/// The volume of the last session.
pub fn remembered() -> Volume {
    path().and_then(|path| read(&path)).unwrap_or_default()
}

fn read(path: &Path) -> Option<Volume> {
    // Opening a pipe would block until something writes to it.
    fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
    let mut text = String::new();
    fs::File::open(path).ok()?.take(MOST_BYTES).read_to_string(&mut text).ok()?;
    let mut words = text.split_whitespace();
    let percent = words.next()?.parse().ok().and_then(Percent::new)?;
    Some(Volume { percent, muted: words.next() == Some("muted") })
}

fn write(path: &Path, volume: Volume) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        folders::create_private(folder)?;
    }
    let muted = if volume.muted { " muted" } else { "" };
    atomic_file::replace(path, &format!("{}{muted}\n", volume.percent.get()))
}

/// Saves the volume on a thread of its own, so that pressing a key never waits for the disk. Dropping it waits a moment
/// for the last save.
#[derive(Debug)]
pub struct RememberedVolume {
    sender: Option<Sender<Volume>>,
    done: Receiver<()>,
}

impl RememberedVolume {
    /// Saves to the default path.
    pub fn open() -> RememberedVolume {
        RememberedVolume::at(path())
    }

    fn at(path: Option<PathBuf>) -> RememberedVolume {
        let (sender, volumes) = mpsc::channel::<Volume>();
        let (done_sender, done) = mpsc::channel();
        let write_all = move || {
            // Dropped at the end, which shows the other thread that everything is written.
            let _done: Sender<()> = done_sender;
            while let Ok(volume) = volumes.recv() {
                // Only the latest volume counts.
                let volume = volumes.try_iter().last().unwrap_or(volume);
                if let Some(path) = &path {
                    // A session continues even if the volume cannot be remembered.
                    let _ = write(path, volume);
                }
            }
        };
        let started = thread::Builder::new().name("volume".to_string()).spawn(write_all);
        RememberedVolume { sender: started.is_ok().then_some(sender), done }
    }

    /// Saves a volume.
    pub fn save(&self, volume: Volume) {
        if let Some(sender) = &self.sender {
            // Without a thread, the volume is not remembered.
            let _ = sender.send(volume);
        }
    }
}

impl Drop for RememberedVolume {
    fn drop(&mut self) {
        if self.sender.take().is_some() {
            let _ = self.done.recv_timeout(SAVE_AT_EXIT);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_last_volume_that_was_saved() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("pacebell/volume");
        assert_eq!(read(&path), None);
        let mut volume = Volume::default();
        let memory = RememberedVolume::at(Some(path.clone()));
        for _ in 0..4 {
            volume = volume.softer();
            memory.save(volume);
        }
        memory.save(volume.mute_toggled());
        drop(memory);
        assert_eq!(read(&path), Some(volume.mute_toggled()));
        assert_eq!(fs::read_to_string(&path).unwrap(), "60 muted\n");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "no temporary file is left");
    }

    #[test]
    fn ignores_a_file_without_a_volume() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("volume");
        for text in ["", "loud", "101", "-5", "60.5", "\u{0}"] {
            fs::write(&path, text).unwrap();
            assert_eq!(read(&path), None, "{text:?}");
        }
        assert_eq!(read(home.path()), None);
        drop(RememberedVolume::at(Some(path.join("beyond/volume"))));
        let memory = RememberedVolume::at(None);
        memory.save(Volume::default());
    }
}
