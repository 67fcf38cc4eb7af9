//! Tests of keeping the machine awake: the program talks to a fake D-Bus in this process.

use crate::terminal::Session;
use std::future::poll_fn;
use std::io::Read;
use std::os::fd::OwnedFd;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::pin::Pin;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Duration;
use zbus::export::futures_core::Stream;
use zbus::{Guid, MessageStream, connection, message};

const TIMEOUT: Duration = Duration::from_secs(15);
const LOGIN: &str = "org.freedesktop.login1";
const DESKTOPS: [&str; 3] =
    ["org.gnome.SessionManager", "org.freedesktop.PowerManagement", "org.freedesktop.ScreenSaver"];

/// A bus with services that grant or deny every request. It notes what happens.
struct FakeBus {
    folder: tempfile::TempDir,
    notes: Receiver<String>,
}

impl FakeBus {
    fn with_services(names: &[&'static str], grants: bool) -> FakeBus {
        let folder = tempfile::tempdir().unwrap();
        let listener = UnixListener::bind(folder.path().join("bus")).unwrap();
        let (notes, noted) = mpsc::channel();
        let names = names.to_vec();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (names, notes) = (names.clone(), notes.clone());
                thread::spawn(move || serve(stream.unwrap(), &names, grants, &notes));
            }
        });
        FakeBus { folder, notes: noted }
    }

    fn address(&self) -> String {
        format!("unix:path={}", self.folder.path().join("bus").display())
    }

    fn next(&self) -> String {
        self.notes.recv_timeout(TIMEOUT).expect("one more note")
    }

    /// Returns the next `count` notes, sorted, because the order of two connections is random.
    fn next_sorted(&self, count: usize) -> Vec<String> {
        let mut notes: Vec<String> = (0..count).map(|_| self.next()).collect();
        notes.sort();
        notes
    }

    fn is_quiet(&self) -> bool {
        self.notes.try_recv().is_err()
    }
}

/// Serves one connection until it is closed.
fn serve(stream: UnixStream, names: &[&str], grants: bool, notes: &Sender<String>) {
    zbus::block_on(async {
        let server = connection::Builder::unix_stream(stream).server(Guid::generate()).p2p();
        let connection = server.build().await.unwrap();
        let mut stream = MessageStream::from(&connection);
        let mut asked = Vec::new();
        while let Some(Ok(message)) = poll_fn(|cx| Pin::new(&mut stream).poll_next(cx)).await {
            let header = message.header();
            let (to, member) =
                (header.destination().unwrap().to_string(), header.member().unwrap().to_string());
            match member.as_str() {
                "Hello" => connection.reply(&header, &":1.7").await.unwrap(),
                "NameHasOwner" => {
                    let is_running = names.contains(&message.body().deserialize::<&str>().unwrap());
                    connection.reply(&header, &is_running).await.unwrap();
                }
                "Inhibit" => {
                    notes.send(format!("asked {to}{}", details(&message))).unwrap();
                    if !grants {
                        let denied = "org.freedesktop.DBus.Error.AccessDenied";
                        connection.reply_error(&header, denied, &"Permission denied").await.unwrap();
                    } else if to == LOGIN {
                        let file = lend_file(notes.clone());
                        connection.reply(&header, &zbus::OwnedFd::from(file)).await.unwrap();
                    } else {
                        asked.push(to);
                        connection.reply(&header, &42_u32).await.unwrap();
                    }
                }
                other => panic!("unexpected call of {other}"),
            }
        }
        for name in asked {
            // Fails if the test is over.
            let _ = notes.send(format!("released {name}"));
        }
    });
}

/// Returns the part of a request that differs between services, and checks the rest.
fn details(message: &message::Message) -> String {
    let body = message.body();
    if let Ok((what, who, why, mode)) = body.deserialize::<(&str, &str, &str, &str)>() {
        assert_eq!((who, why, mode), ("pacebell", "A workout is running", "block"));
        return format!(" for {what}");
    }
    if let Ok((who, _, why, flags)) = body.deserialize::<(&str, u32, &str, u32)>() {
        assert_eq!((who, why), ("pacebell", "A workout is running"));
        return format!(" for {flags}");
    }
    assert_eq!(body.deserialize::<(&str, &str)>().unwrap(), ("pacebell", "A workout is running"));
    String::new()
}

/// Returns a file, and notes when it is closed.
fn lend_file(notes: Sender<String>) -> OwnedFd {
    let (ours, theirs) = UnixStream::pair().unwrap();
    thread::spawn(move || {
        let mut ours = ours;
        let _ = ours.read(&mut [0]);
        let _ = notes.send(format!("released {LOGIN}"));
    });
    theirs.into()
}

fn start(bus: &FakeBus, arguments: &[&str]) -> Session {
    let address = bus.address();
    let both = ["DBUS_SESSION_BUS_ADDRESS", "DBUS_SYSTEM_BUS_ADDRESS"];
    Session::start_with(arguments, &both.map(|name| (name, Path::new(&address))))
}

fn all_services() -> Vec<&'static str> {
    [LOGIN].into_iter().chain(DESKTOPS).collect()
}

const ASKED: [&str; 4] = [
    "asked org.freedesktop.PowerManagement",
    "asked org.freedesktop.ScreenSaver",
    "asked org.freedesktop.login1 for idle:sleep",
    "asked org.gnome.SessionManager for 12",
];
const RELEASED: [&str; 4] = [
    "released org.freedesktop.PowerManagement",
    "released org.freedesktop.ScreenSaver",
    "released org.freedesktop.login1",
    "released org.gnome.SessionManager",
];

#[test]
fn every_service_is_asked_until_the_session_ends() {
    let bus = FakeBus::with_services(&all_services(), true);
    let mut session = start(&bus, &["run", "5min hard"]);
    assert_eq!(bus.next_sorted(4), ASKED);
    session.until("hard");
    assert!(!session.text().contains("may go to sleep"));
    session.press("\r");
    session.until("left 4:5");
    // A pause does not end a session. The answer to the question about its end does.
    session.press(" ");
    session.until("Space resume");
    assert!(bus.is_quiet());
    session.press("q\r");
    session.until("Log it");
    assert_eq!(bus.next_sorted(4), RELEASED);
}

#[test]
fn killing_the_program_releases_the_machine() {
    let bus = FakeBus::with_services(&all_services(), true);
    let session = start(&bus, &["run", "5min hard"]);
    assert_eq!(bus.next_sorted(4), ASKED);
    session.signal("-KILL");
    assert_eq!(bus.next_sorted(4), RELEASED);
}

#[test]
fn suspending_the_program_releases_the_machine_until_it_continues() {
    let bus = FakeBus::with_services(&all_services(), true);
    let mut session = start(&bus, &["run", "5min hard"]);
    assert_eq!(bus.next_sorted(4), ASKED);
    session.until("hard");
    session.press("\x1a");
    assert_eq!(bus.next_sorted(4), RELEASED);
    session.until_stopped();
    session.signal("-CONT");
    assert_eq!(bus.next_sorted(4), ASKED);
}

#[test]
fn the_machine_is_released_ten_minutes_into_a_pause_and_kept_again_after_it() {
    let bus = FakeBus::with_services(&[LOGIN], true);
    // At this speed a minute takes 0.2 s, and ten minutes of a pause take 2 s.
    let mut session = start(&bus, &["run", "--speed", "300", "10h easy"]);
    assert_eq!(bus.next(), "asked org.freedesktop.login1 for idle:sleep");
    session.until("easy");
    session.press(" ");
    session.until("Space resume");
    assert!(bus.is_quiet(), "a pause does not release it at once");
    assert_eq!(bus.next(), "released org.freedesktop.login1");
    session.press(" ");
    assert_eq!(bus.next(), "asked org.freedesktop.login1 for idle:sleep");
}

#[test]
fn if_every_service_refuses_the_screen_says_why() {
    let bus = FakeBus::with_services(&[LOGIN, DESKTOPS[2]], false);
    let session = start(&bus, &["run", "5min hard"]);
    assert_eq!(bus.next(), "asked org.freedesktop.login1 for idle:sleep");
    assert_eq!(bus.next(), "asked org.freedesktop.login1 for idle");
    assert_eq!(bus.next(), "asked org.freedesktop.ScreenSaver");
    session.until("this machine may go to sleep: Permission denied");
}

#[test]
fn without_any_service_nothing_is_reported() {
    let bus = FakeBus::with_services(&[], true);
    let mut session = start(&bus, &["run", "5min hard"]);
    session.until("hard");
    session.press("\x03");
    assert_eq!(session.end(), 130);
    assert!(bus.is_quiet());
    assert!(!session.text().contains("asleep"));
}
