//! The radio against a fake BlueZ: a system bus in this process, peer to peer.
//!
//! The fake does what BlueZ 5.66 did in a virtual machine: a device that is connected does not advertise, equal values are
//! notified each time, and when the service dies no device says that it is disconnected.

use pacebell::radio::{BluezOptions, BluezRadio, LinkLoss, News, Radio, RadioAbsence, Wish};
use pacebell::sensors::{Characteristic, DeviceAddress, SensorService};
use std::collections::HashMap;
use std::future::poll_fn;
use std::os::unix::net::{UnixListener, UnixStream};
use std::pin::Pin;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};
use zbus::export::futures_core::Stream;
use zbus::message::{Header, Type};
use zbus::{Connection, Guid, MessageStream, ObjectPath, Variant, connection};

const TIMEOUT: Duration = Duration::from_secs(15);
const ADAPTER: &str = "/org/bluez/hci0";
const STRAP: &str = "/org/bluez/hci0/dev_F0_F1_F2_F3_F4_F5";
const HEART_RATE: &str = "/org/bluez/hci0/dev_F0_F1_F2_F3_F4_F5/service000d/char000f";
const OTHER: &str = "/org/bluez/hci0/dev_F0_F1_F2_F3_F4_F5/service0010/char0011";
const PROPERTIES: &str = "org.freedesktop.DBus.Properties";

type Properties = HashMap<&'static str, Variant<'static>>;
type Interfaces = HashMap<&'static str, Properties>;

pub fn strap_address() -> DeviceAddress {
    DeviceAddress::parse("F0:F1:F2:F3:F4:F5").unwrap()
}

fn uuid(number: u16) -> String {
    format!("0000{number:04x}-0000-1000-8000-00805f9b34fb")
}

/// What the fake is at.
pub struct State {
    pub runs: bool,
    pub has_adapter: bool,
    pub is_powered: bool,
    /// The strap is near and advertises, unless it is connected.
    is_near: bool,
    pub is_connected: bool,
    /// The table of the connected strap has its heart rate.
    is_complete: bool,
    /// A connect fails with these words.
    refuses: Option<&'static str>,
    pub calls: Vec<String>,
    clients: Vec<Connection>,
}

/// A system bus with BlueZ, an adapter and a strap.
#[derive(Clone)]
pub struct FakeBluez {
    folder: Arc<tempfile::TempDir>,
    state: Arc<Mutex<State>>,
}

impl FakeBluez {
    pub fn start() -> FakeBluez {
        let folder = tempfile::tempdir().unwrap();
        let listener = UnixListener::bind(folder.path().join("bus")).unwrap();
        let state = State {
            runs: true,
            has_adapter: true,
            is_powered: true,
            is_near: true,
            is_connected: false,
            is_complete: true,
            refuses: None,
            calls: Vec::new(),
            clients: Vec::new(),
        };
        let fake = FakeBluez { folder: Arc::new(folder), state: Arc::new(Mutex::new(state)) };
        let server = fake.clone();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (server, stream) = (server.clone(), stream.unwrap());
                thread::spawn(move || server.serve(stream));
            }
        });
        fake
    }

    pub fn address(&self) -> String {
        format!("unix:path={}", self.folder.path().join("bus").display())
    }

    /// Changes what the fake is at.
    pub fn set(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state.lock().unwrap());
    }

    /// Returns the calls so far, without those that only read.
    pub fn calls(&self) -> Vec<String> {
        self.state.lock().unwrap().calls.clone()
    }

    fn emit<B: serde::Serialize + zbus::wire::DynamicType>(
        &self,
        path: &str,
        interface: &str,
        name: &str,
        body: &B,
    ) {
        let clients = self.state.lock().unwrap().clients.clone();
        for client in clients {
            // A client that is gone hears nothing.
            let _ = zbus::block_on(client.emit_signal(None::<&str>, path, interface, name, body));
        }
    }

    fn changed(&self, path: &str, interface: &str, properties: Properties) {
        self.emit(path, PROPERTIES, "PropertiesChanged", &(interface, properties, Vec::<String>::new()));
    }

    /// Notifies a measurement of the strap.
    pub fn beat(&self, bytes: &[u8]) {
        let value = Properties::from([("Value", Variant::from(bytes.to_vec()))]);
        self.changed(HEART_RATE, "org.bluez.GattCharacteristic1", value);
    }

    /// The strap goes out of reach.
    pub fn lose_link(&self) {
        self.set(|state| state.is_connected = false);
        self.changed(STRAP, "org.bluez.Device1", Properties::from([("Connected", false.into())]));
    }

    /// The service dies. No device says that it is disconnected.
    fn end_service(&self) {
        self.set(|state| (state.runs, state.is_connected) = (false, false));
        self.owner(":1.3", "");
    }

    fn start_service(&self) {
        self.set(|state| state.runs = true);
        self.owner("", ":1.4");
    }

    fn owner(&self, old: &str, new: &str) {
        let body = ("org.bluez", old, new);
        self.emit("/org/freedesktop/DBus", "org.freedesktop.DBus", "NameOwnerChanged", &body);
    }

    fn strap(&self) -> Interfaces {
        let state = self.state.lock().unwrap();
        let mut properties = Properties::from([
            ("Address", "F0:F1:F2:F3:F4:F5".into()),
            ("Name", "HRM-Dual:123".into()),
            ("Connected", state.is_connected.into()),
            ("ServicesResolved", state.is_connected.into()),
            ("UUIDs", Variant::from(vec![uuid(0x180D)])),
        ]);
        if !state.is_connected {
            properties.insert("RSSI", (-50_i16).into());
        }
        Interfaces::from([("org.bluez.Device1", properties)])
    }

    fn objects(&self) -> HashMap<ObjectPath<'static>, Interfaces> {
        let path = |path: &'static str| ObjectPath::try_from(path).unwrap();
        let characteristic = |number| {
            let properties = Properties::from([("UUID", uuid(number).into())]);
            Interfaces::from([("org.bluez.GattCharacteristic1", properties)])
        };
        let mut objects = HashMap::new();
        let (has_adapter, is_powered, is_connected, is_complete) = {
            let state = self.state.lock().unwrap();
            (state.has_adapter, state.is_powered, state.is_connected, state.is_complete)
        };
        if has_adapter {
            let properties = Properties::from([("Powered", is_powered.into())]);
            objects.insert(path(ADAPTER), Interfaces::from([("org.bluez.Adapter1", properties)]));
        }
        if is_connected {
            objects.insert(path(STRAP), self.strap());
            objects.insert(path(OTHER), characteristic(0x2A19));
        }
        if is_connected && is_complete {
            objects.insert(path(HEART_RATE), characteristic(0x2A37));
        }
        objects
    }

    /// Serves one connection until it is closed.
    fn serve(&self, stream: UnixStream) {
        zbus::block_on(async {
            let server = connection::Builder::unix_stream(stream).server(Guid::generate()).p2p();
            // The program first looks whether a bus answers, and closes that connection again.
            let Ok(client) = server.build().await else { return };
            let mut stream = MessageStream::from(&client);
            self.set(|state| state.clients.push(client.clone()));
            while let Some(Ok(message)) = poll_fn(|cx| Pin::new(&mut stream).poll_next(cx)).await {
                if message.message_type() == Type::MethodCall {
                    self.answer(&client, &message.header()).await;
                }
            }
        });
    }

    async fn answer(&self, client: &Connection, header: &Header<'_>) {
        let method = header.member().unwrap().to_string();
        if header.destination().is_some_and(|name| name == "org.freedesktop.DBus") {
            let _ = match method.as_str() {
                "Hello" => client.reply(header, &":1.7").await,
                "NameHasOwner" => {
                    let runs = self.state.lock().unwrap().runs;
                    client.reply(header, &runs).await
                }
                _ => client.reply(header, &()).await,
            };
            return;
        }
        if !self.state.lock().unwrap().runs {
            let unknown = "org.freedesktop.DBus.Error.ServiceUnknown";
            let _ = client.reply_error(header, unknown, &"The name is not activatable").await;
            return;
        }
        if method == "GetManagedObjects" {
            let _ = client.reply(header, &self.objects()).await;
            return;
        }
        self.set(|state| state.calls.push(method.clone()));
        let refuses = self.state.lock().unwrap().refuses.filter(|_| method == "Connect");
        if let Some(words) = refuses {
            let _ = client.reply_error(header, "org.bluez.Error.Failed", &words).await;
            return;
        }
        if method == "Connect" {
            self.set(|state| state.is_connected = true);
        }
        let _ = client.reply(header, &()).await;
        let is_heard = {
            let state = self.state.lock().unwrap();
            state.is_near && !state.is_connected
        };
        if method == "StartDiscovery" && is_heard {
            let body = (ObjectPath::try_from(STRAP).unwrap(), self.strap());
            let manager = "org.freedesktop.DBus.ObjectManager";
            let _ = client.emit_signal(None::<&str>, "/", manager, "InterfacesAdded", &body).await;
        }
        if method == "Disconnect" {
            let fake = self.clone();
            thread::spawn(move || fake.lose_link());
        }
    }
}

/// A radio at the fake, whose waits are short.
struct TestRadio {
    radio: BluezRadio,
    news: Receiver<News>,
}

impl TestRadio {
    fn open(fake: &FakeBluez) -> TestRadio {
        let (notify, news) = mpsc::channel();
        let retries = [20, 40, 60, 80].map(Duration::from_millis);
        let scan_check = Duration::from_millis(50);
        let options = BluezOptions { bus: Some(fake.address()), retries, scan_check };
        let radio = BluezRadio::open(options, move |n| drop(notify.send(n))).unwrap();
        TestRadio { radio, news }
    }

    fn taking(fake: &FakeBluez) -> TestRadio {
        let radio = TestRadio::open(fake);
        radio.radio.ask(Wish::Take(strap_address()));
        radio
    }

    #[track_caller]
    fn next(&self) -> News {
        self.news.recv_timeout(TIMEOUT).expect("some news")
    }

    #[track_caller]
    fn value(&self) -> Vec<u8> {
        match self.next() {
            News::Bytes { characteristic: Characteristic::HeartRate, bytes, .. } => bytes,
            other => panic!("{other:?} is no value"),
        }
    }
}

#[test]
fn a_strap_is_found_and_its_values_come() {
    let fake = FakeBluez::start();
    let radio = TestRadio::taking(&fake);
    assert_eq!(radio.next(), News::Linked);
    // Two equal values are two signs of life.
    for bytes in [[0, 98], [0, 98], [0, 100]] {
        fake.beat(&bytes);
        assert_eq!(radio.value(), bytes);
    }
    let calls = ["SetDiscoveryFilter", "StartDiscovery", "StopDiscovery", "Connect", "StartNotify"];
    assert_eq!(fake.calls(), calls, "the scan ends before the link is made");
}

#[test]
fn dropping_the_radio_gives_the_strap_back() {
    let fake = FakeBluez::start();
    let radio = TestRadio::taking(&fake);
    assert_eq!(radio.next(), News::Linked);
    drop(radio);
    assert_eq!(fake.calls().last().map(String::as_str), Some("Disconnect"));
}

#[test]
fn a_strap_that_is_connected_is_taken_without_a_scan() {
    // As after a crash of this program: the link outlives it, and who is connected does not advertise.
    let fake = FakeBluez::start();
    fake.set(|state| state.is_connected = true);
    let radio = TestRadio::taking(&fake);
    assert_eq!(radio.next(), News::Linked);
    fake.beat(&[0, 120]);
    assert_eq!(radio.value(), [0, 120]);
    assert_eq!(fake.calls(), ["StartNotify"]);
    // The link was not made by this radio, and may be another program's.
    drop(radio);
    assert_eq!(fake.calls(), ["StartNotify"]);
}

#[test]
fn a_lost_link_is_made_again() {
    let fake = FakeBluez::start();
    let radio = TestRadio::taking(&fake);
    for _ in 0..3 {
        assert_eq!(radio.next(), News::Linked);
        fake.beat(&[0, 98]);
        assert_eq!(radio.value(), [0, 98]);
        fake.lose_link();
        assert_eq!(radio.next(), News::Lost(LinkLoss::Disconnected));
    }
    assert_eq!(radio.next(), News::Linked);
}

#[test]
fn a_service_that_dies_and_comes_back_is_used_again() {
    let fake = FakeBluez::start();
    let radio = TestRadio::taking(&fake);
    assert_eq!(radio.next(), News::Linked);
    fake.end_service();
    assert_eq!(radio.next(), News::Lost(LinkLoss::ServiceEnded));
    assert_eq!(radio.next(), News::Absent(RadioAbsence::NoService));
    fake.start_service();
    assert_eq!(radio.next(), News::Linked);
    fake.beat(&[0, 101]);
    assert_eq!(radio.value(), [0, 101]);
}

#[test]
fn a_strap_without_its_heart_rate_is_linked_again() {
    let fake = FakeBluez::start();
    fake.set(|state| state.is_complete = false);
    let radio = TestRadio::taking(&fake);
    assert_eq!(radio.next(), News::Lost(LinkLoss::NoHeartRate));
    assert!(fake.calls().windows(2).any(|calls| calls == ["Connect", "Disconnect"]));
    fake.set(|state| state.is_complete = true);
    assert_eq!(radio.next(), News::Linked);
}

#[test]
fn a_refused_link_is_reported_once_and_tried_again() {
    let fake = FakeBluez::start();
    fake.set(|state| state.refuses = Some("le-connection-abort-by-local"));
    let radio = TestRadio::taking(&fake);
    assert_eq!(radio.next(), News::Lost(LinkLoss::Refused("le-connection-abort-by-local".to_string())));
    let is_quiet = radio.news.recv_timeout(Duration::from_millis(150));
    assert_eq!(is_quiet, Err(RecvTimeoutError::Timeout), "each reason is reported once");
    assert!(fake.calls().iter().filter(|call| *call == "Connect").count() > 1);
    fake.set(|state| state.refuses = None);
    assert_eq!(radio.next(), News::Linked);
}

#[test]
fn what_is_missing_is_said() {
    type Change = fn(&mut State);
    let cases: [(Change, RadioAbsence); 3] = [
        (|state| state.runs = false, RadioAbsence::NoService),
        (|state| state.has_adapter = false, RadioAbsence::NoAdapter),
        (|state| state.is_powered = false, RadioAbsence::SwitchedOff),
    ];
    for (change, absence) in cases {
        let fake = FakeBluez::start();
        fake.set(change);
        let radio = TestRadio::taking(&fake);
        assert_eq!(radio.next(), News::Absent(absence));
        fake.set(|state| (state.runs, state.has_adapter, state.is_powered) = (true, true, true));
        assert_eq!(radio.next(), News::Linked);
        let switched = fake.calls().iter().any(|call| call == "Set");
        assert!(!switched, "only the user switches an adapter on");
    }
    let (notify, news) = mpsc::channel();
    let nowhere = BluezOptions { bus: Some("unix:path=/nonexistent/bus".to_string()), ..Default::default() };
    let radio = BluezRadio::open(nowhere, move |n| drop(notify.send(n))).unwrap();
    radio.ask(Wish::Look);
    assert_eq!(news.recv_timeout(TIMEOUT), Ok(News::Absent(RadioAbsence::NoBus)));
}

#[test]
fn an_adapter_that_goes_while_scanning_is_said_and_used_again() {
    let fake = FakeBluez::start();
    fake.set(|state| state.is_near = false);
    let radio = TestRadio::taking(&fake);
    let deadline = Instant::now() + TIMEOUT;
    while !fake.calls().iter().any(|call| call == "StartDiscovery") {
        assert!(Instant::now() < deadline, "no scan");
        thread::yield_now();
    }
    fake.set(|state| state.is_powered = false);
    assert_eq!(radio.next(), News::Absent(RadioAbsence::SwitchedOff));
    fake.set(|state| (state.is_powered, state.is_near) = (true, true));
    assert_eq!(radio.next(), News::Linked);
}

#[test]
fn looking_reports_each_sensor_once() {
    for is_connected in [false, true] {
        let fake = FakeBluez::start();
        fake.set(|state| state.is_connected = is_connected);
        let radio = TestRadio::open(&fake);
        radio.radio.ask(Wish::Look);
        let News::Found(found) = radio.next() else { panic!("nothing was found") };
        assert_eq!((found.device.address, found.device.name.as_str()), (strap_address(), "HRM-Dual:123"));
        assert_eq!(found.services, [SensorService::HeartRate]);
        assert_eq!((found.is_connected, found.signal), (is_connected, (!is_connected).then_some(-50)));
        fake.changed(STRAP, "org.bluez.Device1", Properties::from([("RSSI", (-61_i16).into())]));
        let is_quiet = radio.news.recv_timeout(Duration::from_millis(100));
        assert_eq!(is_quiet, Err(RecvTimeoutError::Timeout), "each sensor is reported once");
        assert!(!fake.calls().contains(&"Connect".to_string()));
    }
}

#[test]
fn another_device_is_left_alone() {
    let fake = FakeBluez::start();
    let radio = TestRadio::open(&fake);
    radio.radio.ask(Wish::Take(DeviceAddress::parse("00:00:00:00:00:01").unwrap()));
    let is_quiet = radio.news.recv_timeout(Duration::from_millis(150));
    assert_eq!(is_quiet, Err(RecvTimeoutError::Timeout));
    radio.radio.ask(Wish::Take(strap_address()));
    assert_eq!(radio.next(), News::Linked);
}
