//! The thread of a player: finds something to play on, and finds it again when it is gone.
//!
//! It never gives up while the player is open, and looks at most once a second.

use super::Backend;
#[cfg(target_os = "linux")]
use super::backend::{aplay, pulse};
use super::errors::SoundError;
use super::player_channel::PlayerChannel;
use super::renderer::Renderer;
use crate::clock::monotonic;
#[cfg(target_os = "linux")]
use std::path::PathBuf;
use std::time::Duration;
#[cfg(target_os = "linux")]
use std::time::Instant;

/// Deep enough for the handshake, which is the deepest it goes.
const STACK: usize = 256 * 1024;
/// From the first look to the second, and between all later ones.
const PAUSES: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(1));
/// Between two starts of `aplay`.
#[cfg(target_os = "linux")]
const PATIENCE: Duration = Duration::from_millis(1500);
/// A stream that lived so long was no failure.
const SOUND: Duration = Duration::from_secs(2);

/// Where to look.
pub struct PlaybackWays {
    /// Where sound servers listen, best first.
    #[cfg(target_os = "linux")]
    pub sockets: Vec<PathBuf>,
    /// What to play on.
    pub backend: Backend,
}

impl PlaybackWays {
    /// What this system has.
    #[cfg(not(target_os = "linux"))]
    pub fn of(backend: Backend) -> PlaybackWays {
        PlaybackWays { backend }
    }

    #[cfg(not(target_os = "linux"))]
    fn play(&self, desk: &mut Renderer, _: &mut FailedAttempts) -> Result<(), SoundError> {
        match self.backend {
            Backend::Pulse => Err(SoundError::NoServer),
            Backend::Alsa => Err(SoundError::NoPlayer),
            #[cfg(any(target_os = "macos", windows))]
            Backend::Auto | Backend::Bell | Backend::Off => super::backend::cpal::play(desk),
            #[cfg(not(any(target_os = "macos", windows)))]
            Backend::Auto | Backend::Bell | Backend::Off => Err(SoundError::NoServer),
        }
    }

    /// Those of this user.
    #[cfg(target_os = "linux")]
    pub fn of(backend: Backend) -> PlaybackWays {
        let sockets =
            if matches!(backend, Backend::Auto | Backend::Pulse) { pulse::sockets() } else { Vec::new() };
        // Whoever names a server does not want anything else.
        let named = backend == Backend::Auto && pulse::is_named();
        PlaybackWays { sockets, backend: if named { Backend::Pulse } else { backend } }
    }

    /// Plays on the first that there is, as long as it is there.
    #[cfg(target_os = "linux")]
    fn play(&self, desk: &mut Renderer, past: &mut FailedAttempts) -> Result<(), SoundError> {
        if self.backend == Backend::Alsa {
            return past.aplay(desk);
        }
        match pulse::connect(&self.sockets) {
            Ok(link) => {
                past.server = true;
                pulse::play(link, desk)
            }
            // Where there was a server there will be one again, which must find its card free.
            Err(SoundError::NoServer) if self.backend == Backend::Auto && !past.server => {
                past.aplay(desk).map_err(|trouble| SoundError::Nothing(trouble.to_string()))
            }
            Err(trouble) => Err(trouble),
        }
    }
}

/// What was found before.
#[derive(Default)]
struct FailedAttempts {
    /// Whether there was a sound server.
    #[cfg(target_os = "linux")]
    server: bool,
    /// When `aplay` was last started.
    #[cfg(target_os = "linux")]
    aplay: Option<Instant>,
}

#[cfg(target_os = "linux")]
impl FailedAttempts {
    /// Plays on `aplay`. A program that does nothing but end is not started every second.
    fn aplay(&mut self, desk: &mut Renderer) -> Result<(), SoundError> {
        let now = monotonic();
        if self.aplay.is_some_and(|last| now < last + PATIENCE) {
            return Err(SoundError::Asleep);
        }
        self.aplay = Some(now);
        aplay::play(desk)
    }
}

/// Starts the thread.
pub fn spawn(ways: PlaybackWays, desk: Renderer) {
    let (desk, mine) = hand_over(desk);
    let thread = std::thread::Builder::new().name("audio".to_string()).stack_size(STACK).spawn(move || {
        if let Ok(mut desk) = mine.lock()
            && let Some(mut desk) = desk.take()
        {
            run(&ways, &mut desk);
            desk.mailbox.mute(true);
        }
    });
    if let Err(error) = thread
        && let Ok(mut desk) = desk.lock()
        && let Some(mut desk) = desk.take()
    {
        desk.silent(&SoundError::System(error));
    }
}

type SharedPlayer = std::sync::Arc<std::sync::Mutex<Option<Renderer>>>;

/// The desk for the thread, and for the case that there is none.
fn hand_over(desk: Renderer) -> (SharedPlayer, SharedPlayer) {
    let shared = SharedPlayer::new(std::sync::Mutex::new(Some(desk)));
    (shared.clone(), shared)
}

fn run(ways: &PlaybackWays, desk: &mut Renderer) {
    match ways.backend {
        Backend::Off => return desk.off(),
        Backend::Bell => return desk.silent(&SoundError::Chosen),
        Backend::Auto | Backend::Pulse | Backend::Alsa => {}
    }
    let (first, longest) = PAUSES;
    let mut pause = first;
    let mut past = FailedAttempts::default();
    while !desk.mailbox.is_closed() {
        let begun = monotonic();
        let Err(trouble) = ways.play(desk, &mut past) else { return };
        let lived = begun + SOUND < monotonic();
        if lived {
            pause = first;
        }
        // A removed output mostly leaves another one, and then there is nothing to tell.
        if matches!(trouble, SoundError::Killed) && lived {
            continue;
        }
        desk.silent(&trouble);
        rest(&desk.mailbox, pause);
        pause = (pause * 2).min(longest);
    }
}

/// Waits so long, or until the player closes.
fn rest(mailbox: &PlayerChannel, pause: Duration) {
    let end = monotonic() + pause;
    loop {
        let left = end.saturating_duration_since(monotonic());
        if left.is_zero() || mailbox.is_closed() {
            return;
        }
        mailbox.wait(left);
    }
}
