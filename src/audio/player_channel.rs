//! The channel between a player and its thread. Cues and the mix go one way; the time left to be heard comes back.

use super::Device;
use super::sound_cue::SoundCue;
use super::volume::VolumeMix;
use crate::clock::monotonic;
#[cfg(unix)]
use rustix::event::{PollFd, PollFlags, Timespec, poll};
#[cfg(unix)]
use std::io::{Read, Write};
#[cfg(unix)]
use std::os::unix::net::UnixStream;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The state shared by a player and its thread.
#[derive(Debug)]
pub struct PlayerChannel {
    state: Mutex<ChannelState>,
    changed: Condvar,
    /// A byte written to one end wakes the thread, which polls the other. Missing if the system has no descriptors left;
    /// the thread wakes 25 times a second anyway.
    #[cfg(unix)]
    wake_pair: Option<WakePair>,
}

#[cfg(unix)]
#[derive(Debug)]
struct WakePair {
    player_end: UnixStream,
    thread_end: UnixStream,
}

#[cfg(unix)]
impl WakePair {
    fn open() -> Option<WakePair> {
        let (player_end, thread_end) = UnixStream::pair().ok()?;
        player_end.set_nonblocking(true).ok()?;
        thread_end.set_nonblocking(true).ok()?;
        Some(WakePair { player_end, thread_end })
    }
}

#[derive(Debug, Default)]
struct ChannelState {
    update: Option<PlayerUpdate>,
    mix: Option<VolumeMix>,
    session_running: bool,
    device: Device,
    closed: bool,
    /// True when the thread has been woken and has not noticed yet.
    #[cfg(not(unix))]
    woken: bool,
    silent: bool,
    remaining: Remaining,
}

/// A new list of cues.
#[derive(Debug)]
pub struct PlayerUpdate {
    /// The instant at which it was announced.
    pub announced_at: Instant,
    /// Every cue that is still to be heard.
    pub cues: Vec<SoundCue>,
}

/// The amount of sound that remains to be heard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Remaining {
    /// Nothing.
    #[default]
    Nothing,
    /// Cues that are not rendered yet.
    Cues,
    /// The last sound, which ends at this instant.
    Until(Instant),
}

impl PlayerChannel {
    /// Returns an empty channel.
    pub fn new() -> Self {
        PlayerChannel {
            state: Mutex::default(),
            changed: Condvar::new(),
            #[cfg(unix)]
            wake_pair: WakePair::open(),
        }
    }

    /// Leaves cues for the thread. They replace any that it has not taken yet.
    pub fn announce(&self, cues: Vec<SoundCue>) {
        self.state().update = Some(PlayerUpdate { announced_at: monotonic(), cues });
        self.wake();
    }

    /// Takes the latest cues, for the thread. From then on something remains to be heard, until
    /// [`PlayerChannel::set_remaining`] says otherwise.
    pub fn take_update(&self) -> Option<PlayerUpdate> {
        let mut state = self.state();
        let update = state.update.take()?;
        state.remaining = Remaining::Cues;
        Some(update)
    }

    /// Leaves a mix for the thread. It replaces any that the thread has not taken yet.
    pub fn set_mix(&self, mix: VolumeMix) {
        self.state().mix = Some(mix);
        self.wake();
    }

    /// Takes the latest mix, for the thread.
    pub fn take_mix(&self) -> Option<VolumeMix> {
        self.state().mix.take()
    }

    /// Records whether a session is running.
    pub fn set_session_running(&self, running: bool) {
        self.state().session_running = running;
    }

    /// Returns true while a session is running.
    pub fn is_session_running(&self) -> bool {
        self.state().session_running
    }

    /// Returns what is known about the output device.
    pub fn device(&self) -> Device {
        self.state().device.clone()
    }

    /// Updates what is known about the output device.
    #[cfg(target_os = "linux")]
    pub fn update_device(&self, update: impl FnOnce(&mut Device)) {
        update(&mut self.state().device);
    }

    /// Tells the thread to end.
    pub fn close(&self) {
        self.state().closed = true;
        self.wake();
    }

    /// Returns true once the thread must end.
    pub fn is_closed(&self) -> bool {
        self.state().closed
    }

    /// Records how much remains to be heard.
    pub fn set_remaining(&self, remaining: Remaining) {
        let mut state = self.state();
        if state.remaining != remaining {
            state.remaining = remaining;
            self.changed.notify_all();
        }
    }

    /// Records whether sound is currently lost. Waiting for cues is pointless while it is.
    pub fn set_silent(&self, silent: bool) {
        self.state().silent = silent;
        self.changed.notify_all();
    }

    /// Waits until nothing remains to be heard, for at most `limit`.
    pub fn drain(&self, limit: Duration) {
        let Some(deadline) = monotonic().checked_add(limit) else {
            return;
        };
        let mut state = self.state();
        loop {
            let now = monotonic();
            let until = match state.remaining {
                _ if state.silent || now >= deadline => return,
                _ if state.update.is_some() => deadline,
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

    /// Waits until the thread is woken, for at most `limit`.
    #[cfg(unix)]
    pub fn wait(&self, limit: Duration) {
        let Some(wake_end) = self.wake_end() else {
            return std::thread::sleep(limit);
        };
        let limit = Timespec::try_from(limit).ok();
        // An interrupted poll only makes for a short wait.
        if poll(&mut [PollFd::new(wake_end, PollFlags::IN)], limit.as_ref()).is_ok_and(|ready| ready > 0) {
            self.clear_wake();
        }
    }

    /// Waits until the thread is woken, for at most `limit`.
    #[cfg(not(unix))]
    pub fn wait(&self, limit: Duration) {
        let state = self.state();
        let waited = self.changed.wait_timeout_while(state, limit, |state| !state.woken && !state.closed);
        waited.unwrap_or_else(PoisonError::into_inner).0.woken = false;
    }

    /// Returns the socket that becomes readable when the thread is woken.
    #[cfg(unix)]
    pub fn wake_end(&self) -> Option<&UnixStream> {
        self.wake_pair.as_ref().map(|pair| &pair.thread_end)
    }

    /// Makes the socket of [`PlayerChannel::wake_end`] unreadable again.
    #[cfg(unix)]
    pub fn clear_wake(&self) {
        if let Some(mut socket) = self.wake_end() {
            while matches!(socket.read(&mut [0; 64]), Ok(64)) {}
        }
    }

    fn wake(&self) {
        #[cfg(not(unix))]
        {
            self.state().woken = true;
            self.changed.notify_all();
        }
        #[cfg(unix)]
        if let Some(pair) = &self.wake_pair {
            let mut socket: &UnixStream = &pair.player_end;
            // The write fails if the socket is full, and then the thread is woken already.
            let _ = socket.write(&[0]);
        }
    }

    /// Locks the state. A poisoned lock does no harm: the state is only ever assigned to.
    fn state(&self) -> MutexGuard<'_, ChannelState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
