//! Reminders on a desktop: the program talks to a fake D-Bus in this process.

use crate::day::commands::{DAY, home, log, sit};
use crate::fixture::pacebell_at;
use pacebell::clock;
use pacebell::history::{day_rows, wins};
use std::future::poll_fn;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::pin::Pin;
use std::process::Output;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::{Duration, Instant};
use zbus::export::futures_core::Stream;
use zbus::message::{Header, Message};
use zbus::{Connection, Guid, MessageStream, OwnedVariant, Variant, connection};

const NOTIFICATIONS: &str = "org.freedesktop.Notifications";

/// What the desktop is like.
#[derive(Clone, Copy, Default)]
struct Desktop {
    /// KDE's `Inhibited`.
    inhibited: bool,
    /// GNOME's `InhibitedActions`.
    inhibited_actions: Option<u32>,
    /// Mutter's idle time in milliseconds.
    idle: Option<u64>,
    /// The button that is pressed. `None` closes the notification, and an empty name leaves it alone.
    button: Option<&'static str>,
    /// True if nothing shows notifications.
    shows_nothing: bool,
    /// True if the service reads `<b>` and `&amp;` in the text.
    reads_markup: bool,
}

impl Desktop {
    fn has(&self, name: &str) -> bool {
        match name {
            NOTIFICATIONS => !self.shows_nothing,
            "org.gnome.SessionManager" => self.inhibited_actions.is_some(),
            "org.gnome.Mutter.IdleMonitor" => self.idle.is_some(),
            _ => false,
        }
    }
}

/// A bus with this desktop. It notes every notification.
struct FakeDesktop {
    folder: tempfile::TempDir,
    notes: Receiver<String>,
}

impl FakeDesktop {
    fn new(desktop: Desktop) -> FakeDesktop {
        let folder = tempfile::tempdir().unwrap();
        let listener = UnixListener::bind(folder.path().join("bus")).unwrap();
        let (notes, noted) = mpsc::channel();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let notes = notes.clone();
                thread::spawn(move || serve(stream.unwrap(), desktop, &notes));
            }
        });
        FakeDesktop { folder, notes: noted }
    }

    fn tick(&self, home: &Path) -> Output {
        let address = format!("unix:path={}", self.folder.path().join("bus").display());
        let mut command = pacebell_at(home);
        let output = command.env("DBUS_SESSION_BUS_ADDRESS", address).args(["day", "tick"]).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output
    }

    fn notified(&self) -> Option<String> {
        self.notes.try_recv().ok()
    }
}

/// Serves one connection until it is closed.
fn serve(stream: UnixStream, desktop: Desktop, notes: &Sender<String>) {
    zbus::block_on(async {
        let server = connection::Builder::unix_stream(stream).server(Guid::generate()).p2p();
        // A program that only looks for a bus hangs up during the handshake.
        let Ok(connection) = server.build().await else { return };
        let mut stream = MessageStream::from(&connection);
        while let Some(Ok(message)) = poll_fn(|cx| Pin::new(&mut stream).poll_next(cx)).await {
            let header = message.header();
            let Some(member) = header.member() else { continue };
            match member.as_str() {
                "Hello" => connection.reply(&header, &":1.7").await.unwrap(),
                "AddMatch" | "RemoveMatch" => connection.reply(&header, &()).await.unwrap(),
                "NameHasOwner" => {
                    let has = desktop.has(message.body().deserialize::<&str>().unwrap());
                    connection.reply(&header, &has).await.unwrap();
                }
                "GetIdletime" => connection.reply(&header, &desktop.idle.unwrap_or_default()).await.unwrap(),
                "Get" => get(&connection, &header, &message, desktop).await,
                "ListActivatableNames" => connection.reply(&header, &Vec::<&str>::new()).await.unwrap(),
                "Notify" if desktop.shows_nothing => {
                    let unknown = "org.freedesktop.DBus.Error.ServiceUnknown";
                    connection.reply_error(&header, unknown, &"no such service").await.unwrap();
                }
                "Notify" => {
                    notes.send(notification(&message)).unwrap();
                    connection.reply(&header, &7_u32).await.unwrap();
                    answer(&connection, desktop).await;
                }
                "GetCapabilities" => {
                    let names: &[&str] =
                        if desktop.reads_markup { &["body", "body-markup"] } else { &["body"] };
                    connection.reply(&header, &names).await.unwrap();
                }
                other => panic!("unexpected call of {other}"),
            }
        }
    });
}

async fn get(connection: &Connection, header: &Header<'_>, message: &Message, desktop: Desktop) {
    let body = message.body();
    let (_, name): (&str, &str) = body.deserialize().unwrap();
    let value = match name {
        "Inhibited" => Variant::from(desktop.inhibited),
        "InhibitedActions" => Variant::from(desktop.inhibited_actions.unwrap_or_default()),
        other => panic!("unexpected property {other}"),
    };
    connection.reply(header, &OwnedVariant::try_from(value).unwrap()).await.unwrap();
}

async fn answer(connection: &Connection, desktop: Desktop) {
    let path = "/org/freedesktop/Notifications";
    let to: Option<&str> = None;
    // Somebody else's notification comes first.
    connection.emit_signal(to, path, NOTIFICATIONS, "ActionInvoked", &(6_u32, "done")).await.unwrap();
    match desktop.button {
        Some("") => {}
        Some(button) => {
            connection.emit_signal(to, path, NOTIFICATIONS, "ActionInvoked", &(7_u32, button)).await.unwrap();
        }
        None => connection
            .emit_signal(to, path, NOTIFICATIONS, "NotificationClosed", &(7_u32, 2_u32))
            .await
            .unwrap(),
    }
}

/// Returns a notification as `title: body [buttons]`, and checks the rest.
fn notification(message: &Message) -> String {
    type Request<'a> = (
        &'a str,
        u32,
        &'a str,
        &'a str,
        &'a str,
        Vec<&'a str>,
        std::collections::HashMap<&'a str, Variant<'a>>,
        i32,
    );
    let body = message.body();
    let (app, replaces, _, title, text, buttons, hints, timeout): Request<'_> = body.deserialize().unwrap();
    assert_eq!((app, replaces, timeout), ("pacebell", 0, -1));
    assert_eq!(hints.get("urgency"), Some(&Variant::U8(1)), "Do Not Disturb holds it back");
    format!("{title}: {text} {buttons:?}")
}

const SHOWN: &str = "Walk: 2min walk – pacebell day now walk [\"done\", \"Done\", \"later\", \"Later\"]";

#[test]
fn the_button_done_is_a_win() {
    let home = home(DAY);
    sit(home.path(), 61);
    let desktop = FakeDesktop::new(Desktop { button: Some("done"), ..Desktop::default() });
    assert!(desktop.tick(home.path()).stdout.is_empty(), "it was shown on the desktop");
    assert_eq!(desktop.notified().as_deref(), Some(SHOWN));
    let wins = wins::since(&log(home.path()).open().unwrap(), 0).unwrap();
    assert_eq!(wins.iter().map(|win| win.action.as_str()).collect::<Vec<_>>(), ["Walk"]);
}

#[test]
fn the_button_later_brings_it_back_in_ten_minutes() {
    let home = home(DAY);
    sit(home.path(), 61);
    let desktop = FakeDesktop::new(Desktop { button: Some("later"), ..Desktop::default() });
    desktop.tick(home.path());
    assert_eq!(desktop.notified().as_deref(), Some(SHOWN));
    let now = clock::since_1970();
    let state = day_rows::read_state(&log(home.path()).open().unwrap(), now).unwrap();
    let later = state.mark("walk").later_ms.unwrap();
    assert!((now + 590_000..=now + 600_000).contains(&later), "{}", later - now);
    desktop.tick(home.path());
    assert_eq!(desktop.notified(), None);
}

#[test]
fn a_closed_notification_does_not_come_again() {
    let home = home(DAY);
    sit(home.path(), 61);
    let desktop = FakeDesktop::new(Desktop::default());
    let began = Instant::now();
    desktop.tick(home.path());
    assert!(began.elapsed() < Duration::from_secs(20), "it ends with the notification");
    assert_eq!(desktop.notified().as_deref(), Some(SHOWN));
    desktop.tick(home.path());
    assert_eq!(desktop.notified(), None);
    assert_eq!(wins::since(&log(home.path()).open().unwrap(), 0).unwrap(), []);
}

#[test]
fn do_not_disturb_and_presentations_hold_it_back() {
    for busy in [
        Desktop { inhibited: true, ..Desktop::default() },
        Desktop { inhibited_actions: Some(8), ..Desktop::default() },
        Desktop { inhibited_actions: Some(4 | 8), ..Desktop::default() },
    ] {
        let home = home(DAY);
        sit(home.path(), 61);
        let desktop = FakeDesktop::new(busy);
        assert!(desktop.tick(home.path()).stdout.is_empty());
        assert_eq!(desktop.notified(), None);
        // Afterwards it comes. Music that keeps the machine from sleeping is no presentation.
        let desktop = FakeDesktop::new(Desktop { inhibited_actions: Some(4), ..Desktop::default() });
        desktop.tick(home.path());
        assert_eq!(desktop.notified().as_deref(), Some(SHOWN));
    }
}

#[test]
fn a_service_that_reads_markup_shows_the_text_as_it_is() {
    for (reads_markup, shown) in [(false, "up & <down>"), (true, "up &amp; &lt;down&gt;")] {
        let home = home(&DAY.replace("\"2min walk\"", "'2min walk \"up & <down>\"'"));
        sit(home.path(), 61);
        let desktop = FakeDesktop::new(Desktop { reads_markup, ..Desktop::default() });
        desktop.tick(home.path());
        let text = desktop.notified().unwrap();
        assert!(text.contains(shown), "{text}");
    }
}

#[test]
fn five_idle_minutes_end_the_sitting() {
    let home = home(DAY);
    sit(home.path(), 61);
    let away = FakeDesktop::new(Desktop { idle: Some(300_000), ..Desktop::default() });
    away.tick(home.path());
    assert_eq!(away.notified(), None);
    let home = self::home(DAY);
    sit(home.path(), 61);
    let there = FakeDesktop::new(Desktop { idle: Some(299_000), ..Desktop::default() });
    there.tick(home.path());
    assert_eq!(there.notified().as_deref(), Some(SHOWN));
}

#[test]
fn without_a_service_the_reminder_is_a_line() {
    let home = home(DAY);
    sit(home.path(), 61);
    let desktop = FakeDesktop::new(Desktop { shows_nothing: true, ..Desktop::default() });
    let output = desktop.tick(home.path());
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("Walk: 2min walk"));
    assert_eq!(desktop.notified(), None);
}
