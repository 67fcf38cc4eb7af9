//! What passes between a player and its thread: announcements one way, how much is still to be heard the other.

use super::Device;
use super::SoundCue;
use super::volume::VolumeMix;
use crate::clock::monotonic;
#[cfg(unix)]
use rustix::event::{PollFd, PollFlags, Timespec, poll};
#[cfg(unix)]
use std::io::{Read, Write};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

#[cfg(unix)]
use std::os::unix::net::UnixStream;

/// Shared by the two.
#[derive(Debug)]
pub struct PlayerChannel {
    state: Mutex<ChannelState>,
    changed: Condvar,
    /// A byte here wakes the thread; none where the system has no descriptors left, then it wakes 25 times a
    /// second anyway.
    #[cfg(unix)]
    bell: Option<(UnixStream, UnixStream)>,
}

#[derive(Debug, Default)]
struct ChannelState {
    announcement: Option<PlayerUpdate>,
    awake: bool,
    mix: Option<VolumeMix>,
    device: Device,
    closed: bool,
    /// There is something to look at.
    #[cfg(not(unix))]
    rung: bool,
    silent: bool,
    left: Remaining,
}

/// Cues, and when they were announced.
#[derive(Debug)]
pub struct PlayerUpdate {
    /// When.
    pub at: Instant,
    /// All there is to be heard.
    pub cues: Vec<SoundCue>,
}

/// How much is still to be heard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Remaining {
    /// Nothing.
    #[default]
    Nothing,
    /// Cues that are not rendered yet.
    Cues,
    /// The end of the last sound, which is heard at this instant.
    Until(Instant),
}

impl PlayerChannel {
    /// An empty one.
    pub fn new() -> Self {
        PlayerChannel {
            state: Mutex::default(),
            changed: Condvar::new(),
            #[cfg(unix)]
            bell: UnixStream::pair()
                .ok()
                .filter(|(a, b)| a.set_nonblocking(true).is_ok() && b.set_nonblocking(true).is_ok()),
        }
    }

    /// Leaves cues for the thread, in place of any that it has not taken yet.
    pub fn announce(&self, cues: Vec<SoundCue>) {
        self.state().announcement = Some(PlayerUpdate { at: monotonic(), cues });
        self.ring();
    }

    /// Says whether headphones are to be kept awake.
    pub fn keep_awake(&self, awake: bool) {
        self.state().awake = awake;
    }

    /// Whether they are.
    pub fn is_awake(&self) -> bool {
        self.state().awake
    }

    /// Leaves a mix for the thread, in place of any that it has not taken yet.
    pub fn set_mix(&self, mix: VolumeMix) {
        self.state().mix = Some(mix);
        self.ring();
    }

    /// The latest mix, for the thread, where there is a new one.
    pub fn take_mix(&self) -> Option<VolumeMix> {
        self.state().mix.take()
    }

    /// What is known of where sound is heard.
    pub fn device(&self) -> Device {
        self.state().device.clone()
    }

    /// Puts down what is new of it.
    pub fn learn(&self, learn: impl FnOnce(&mut Device)) {
        learn(&mut self.state().device);
    }

    /// Tells the thread to end.
    pub fn close(&self) {
        self.state().closed = true;
        self.ring();
    }

    /// Whether the thread is to end.
    pub fn is_closed(&self) -> bool {
        self.state().closed
    }

    /// The latest announcement, for the thread; from then on something is left to be heard, until it says
    /// otherwise.
    pub fn take(&self) -> Option<PlayerUpdate> {
        let mut state = self.state();
        let announcement = state.announcement.take()?;
        state.left = Remaining::Cues;
        Some(announcement)
    }

    /// Says how much is left.
    pub fn leave(&self, left: Remaining) {
        let mut state = self.state();
        if state.left != left {
            state.left = left;
            self.changed.notify_all();
        }
    }

    /// Says whether nothing can be heard at present, so that nothing is worth waiting for.
    pub fn mute(&self, silent: bool) {
        self.state().silent = silent;
        self.changed.notify_all();
    }

    /// Waits until nothing is left, at most `limit`.
    pub fn drain(&self, limit: Duration) {
        let Some(deadline) = monotonic().checked_add(limit) else {
            return;
        };
        let mut state = self.state();
        loop {
            let now = monotonic();
            let until = match state.left {
                _ if state.silent || now >= deadline => return,
                _ if state.announcement.is_some() => deadline,
                Remaining::Nothing => return,
                Remaining::Cues => deadline,
                Remaining::Until(end) if end <= now => return,
                Remaining::Until(end) => end.min(deadline),
            };
            let wait = until.saturating_duration_since(now);
            state = match self.changed.wait_timeout(state, wait) {
                Ok((state, _)) => state,
                Err(poisoned) => poisoned.into_inner().0,
            };
        }
    }

    /// Waits until the thread has something to look at, at most `limit`.
    #[cfg(unix)]
    pub fn wait(&self, limit: Duration) {
        let Some(bell) = self.bell() else {
            return std::thread::sleep(limit);
        };
        let limit = Timespec::try_from(limit).ok();
        // Interrupted by a signal, at worst: then it was a short wait.
        if poll(&mut [PollFd::new(bell, PollFlags::IN)], limit.as_ref()).is_ok_and(|ready| ready > 0) {
            self.hear();
        }
    }

    /// Waits until something changes, at most `limit`.
    #[cfg(not(unix))]
    pub fn wait(&self, limit: Duration) {
        let state = self.state();
        let waited = self.changed.wait_timeout_while(state, limit, |state| !state.rung && !state.closed);
        waited.unwrap_or_else(PoisonError::into_inner).0.rung = false;
    }

    /// Readable when the thread has something to look at.
    #[cfg(unix)]
    pub fn bell(&self) -> Option<&UnixStream> {
        self.bell.as_ref().map(|(_, thread)| thread)
    }

    /// Makes the bell unreadable again.
    #[cfg(unix)]
    pub fn hear(&self) {
        if let Some((_, thread)) = &self.bell {
            let mut thread: &UnixStream = thread;
            while matches!(thread.read(&mut [0; 64]), Ok(64)) {}
        }
    }

    fn ring(&self) {
        #[cfg(not(unix))]
        {
            self.state().rung = true;
            self.changed.notify_all();
        }
        // A full socket rings already.
        #[cfg(unix)]
        if let Some((player, _)) = &self.bell {
            let mut player: &UnixStream = player;
            let _ = player.write(&[0]);
        }
    }

    /// The state is whole whatever panicked while holding it: it is only ever assigned to.
    fn state(&self) -> MutexGuard<'_, ChannelState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
