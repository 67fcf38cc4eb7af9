//! The machine is kept awake: the program against a D-Bus of ours.

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

const PATIENCE: Duration = Duration::from_secs(15);
const LOGIN: &str = "org.freedesktop.login1";
const DESKTOPS: [&str; 3] =
    ["org.gnome.SessionManager", "org.freedesktop.PowerManagement", "org.freedesktop.ScreenSaver"];

/// A bus on which somebody has these names, and grants or denies whatever is asked. What happens is noted.
struct Bus {
    folder: tempfile::TempDir,
    notes: Receiver<String>,
}

impl Bus {
    fn with(names: &[&'static str], grants: bool) -> Bus {
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
        Bus { folder, notes: noted }
    }

    fn address(&self) -> String {
        format!("unix:path={}", self.folder.path().join("bus").display())
    }

    fn next(&self) -> String {
        self.notes.recv_timeout(PATIENCE).expect("something more happens")
    }

    /// So many notes, sorted: two connections are as fast as each other.
    fn some(&self, count: usize) -> Vec<String> {
        let mut notes: Vec<String> = (0..count).map(|_| self.next()).collect();
        notes.sort();
        notes
    }

    fn has_nothing_new(&self) -> bool {
        self.notes.try_recv().is_err()
    }
}

/// One connection, until it is closed.
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
                    let there = names.contains(&message.body().deserialize::<&str>().unwrap());
                    connection.reply(&header, &there).await.unwrap();
                }
                "Inhibit" => {
                    notes.send(format!("asked {to}{}", details(&message))).unwrap();
                    if !grants {
                        let denied = "org.freedesktop.DBus.Error.AccessDenied";
                        connection.reply_error(&header, denied, &"Permission denied").await.unwrap();
                    } else if to == LOGIN {
                        let file = lent(notes.clone());
                        connection.reply(&header, &zbus::OwnedFd::from(file)).await.unwrap();
                    } else {
                        asked.push(to);
                        connection.reply(&header, &42_u32).await.unwrap();
                    }
                }
                other => panic!("nobody asked for {other}"),
            }
        }
        for name in asked {
            // The test may be over.
            let _ = notes.send(format!("let go {name}"));
        }
    });
}

/// What was asked for, where that is not always the same.
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

/// A file that notes when nobody has it open any more.
fn lent(notes: Sender<String>) -> OwnedFd {
    let (ours, theirs) = UnixStream::pair().unwrap();
    thread::spawn(move || {
        let mut ours = ours;
        let _ = ours.read(&mut [0]);
        let _ = notes.send(format!("let go {LOGIN}"));
    });
    theirs.into()
}

fn start(bus: &Bus, arguments: &[&str]) -> Session {
    let address = bus.address();
    let both = ["DBUS_SESSION_BUS_ADDRESS", "DBUS_SYSTEM_BUS_ADDRESS"];
    Session::start_with(arguments, &both.map(|name| (name, Path::new(&address))))
}

fn all() -> Vec<&'static str> {
    [LOGIN].into_iter().chain(DESKTOPS).collect()
}

const ASKED: [&str; 4] = [
    "asked org.freedesktop.PowerManagement",
    "asked org.freedesktop.ScreenSaver",
    "asked org.freedesktop.login1 for idle:sleep",
    "asked org.gnome.SessionManager for 12",
];
const LET_GO: [&str; 4] = [
    "let go org.freedesktop.PowerManagement",
    "let go org.freedesktop.ScreenSaver",
    "let go org.freedesktop.login1",
    "let go org.gnome.SessionManager",
];

#[test]
fn everybody_is_asked_for_as_long_as_it_runs() {
    let bus = Bus::with(&all(), true);
    let mut session = start(&bus, &["run", "5min hard"]);
    assert_eq!(bus.some(4), ASKED);
    session.until("hard");
    assert!(!session.text().contains("may fall asleep"));
    session.press("\r");
    session.until("left 4:5");
    // A pause is not the end of it; that is the question what becomes of the session.
    session.press(" ");
    session.until("Space go on");
    assert!(bus.has_nothing_new());
    session.press("q\r");
    session.until("0 of 1 step");
    assert_eq!(bus.some(4), LET_GO);
}

#[test]
fn a_program_that_is_killed_lets_go() {
    let bus = Bus::with(&all(), true);
    let session = start(&bus, &["run", "5min hard"]);
    assert_eq!(bus.some(4), ASKED);
    session.signal("-KILL");
    assert_eq!(bus.some(4), LET_GO);
}

#[test]
fn one_that_is_suspended_lets_go_until_it_comes_back() {
    let bus = Bus::with(&all(), true);
    let mut session = start(&bus, &["run", "5min hard"]);
    assert_eq!(bus.some(4), ASKED);
    session.until("hard");
    session.press("\x1a");
    assert_eq!(bus.some(4), LET_GO);
    session.until_stopped();
    session.signal("-CONT");
    assert_eq!(bus.some(4), ASKED);
}

#[test]
fn ten_minutes_into_a_pause_it_is_let_go_and_going_on_takes_it_again() {
    let bus = Bus::with(&[LOGIN], true);
    // A minute is a fifth of a second, and the pause two seconds long.
    let mut session = start(&bus, &["run", "--speed", "300", "10h easy"]);
    assert_eq!(bus.next(), "asked org.freedesktop.login1 for idle:sleep");
    session.until("easy");
    session.press(" ");
    session.until("Space go on");
    assert!(bus.has_nothing_new(), "not as soon as it is paused");
    assert_eq!(bus.next(), "let go org.freedesktop.login1");
    session.press(" ");
    assert_eq!(bus.next(), "asked org.freedesktop.login1 for idle:sleep");
}

#[test]
fn where_all_refuse_the_screen_says_why() {
    let bus = Bus::with(&[LOGIN, DESKTOPS[2]], false);
    let session = start(&bus, &["run", "5min hard"]);
    assert_eq!(bus.next(), "asked org.freedesktop.login1 for idle:sleep");
    assert_eq!(bus.next(), "asked org.freedesktop.login1 for idle");
    assert_eq!(bus.next(), "asked org.freedesktop.ScreenSaver");
    session.until("this machine may fall asleep: Permission denied");
}

#[test]
fn a_machine_where_nobody_could_put_it_to_sleep_says_nothing() {
    let bus = Bus::with(&[], true);
    let mut session = start(&bus, &["run", "5min hard"]);
    session.until("hard");
    session.press("\x03");
    assert_eq!(session.end(), 130);
    assert!(bus.has_nothing_new());
    assert!(!session.text().contains("asleep"));
}
