//! Finds the sockets on which a PulseAudio server (or PipeWire in its place) may listen, and the cookie that it wants.

use std::env::{home_dir, var_os};
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::Read;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// The length of a cookie in bytes, given by the protocol.
const COOKIE_BYTES: usize = 256;

/// Returns true if the user names a server in the environment.
pub fn is_named() -> bool {
    named_server().is_some()
}

fn named_server() -> Option<OsString> {
    var_os("PULSE_SERVER").filter(|s| !s.is_empty())
}

/// Returns every socket worth trying, best first.
pub fn sockets() -> Vec<PathBuf> {
    if let Some(server) = named_server() {
        // A user who names a server wants no other one.
        return parse_server_list(&server);
    }
    let uid = std::fs::metadata("/proc/self").map(|m| m.uid()).ok();
    let runtime = var_os("PULSE_RUNTIME_PATH").map(|dir| Path::new(&dir).join("native"));
    let session = var_os("XDG_RUNTIME_DIR").map(|dir| Path::new(&dir).join("pulse/native"));
    let usual = uid.map(|uid| PathBuf::from(format!("/run/user/{uid}/pulse/native")));
    let mut found: Vec<PathBuf> = Vec::new();
    for socket in [runtime, session, usual].into_iter().flatten() {
        if socket.is_absolute() && !found.contains(&socket) {
            found.push(socket);
        }
    }
    found
}

/// Returns the Unix sockets in a `PULSE_SERVER` variable. Its entries are separated by spaces. Each is a path, or `unix:`
/// and a path, either of them perhaps for one machine only (`{id}unix:…`). Servers on the network are skipped.
fn parse_server_list(servers: &OsStr) -> Vec<PathBuf> {
    let entries = servers.as_bytes().split(|b| b.is_ascii_whitespace());
    let path = |entry: &[u8]| {
        let entry = match entry.strip_prefix(b"{") {
            Some(rest) => rest.split_at_checked(rest.iter().position(|b| *b == b'}')? + 1)?.1,
            None => entry,
        };
        let path = entry.strip_prefix(b"unix:").unwrap_or(entry);
        path.starts_with(b"/").then(|| PathBuf::from(OsStr::from_bytes(path)))
    };
    entries.filter_map(path).collect()
}

/// Returns the cookie of this user, or zeros if there is none. A server that knows its user by the socket asks for none.
pub fn cookie() -> Vec<u8> {
    let home = home_dir();
    let in_home = |file: &str| home.as_ref().map(|home| home.join(file));
    let places = [
        var_os("PULSE_COOKIE").map(PathBuf::from),
        in_home(".config/pulse/cookie"),
        in_home(".pulse-cookie"),
    ];
    let found = places.into_iter().flatten().find_map(|path| read_cookie(&path));
    let mut cookie = found.unwrap_or_default();
    cookie.resize(COOKIE_BYTES, 0);
    cookie
}

fn read_cookie(path: &Path) -> Option<Vec<u8>> {
    // Opening a pipe would wait for its writer.
    std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file)?;
    let mut cookie = Vec::new();
    File::open(path).ok()?.take(COOKIE_BYTES as u64).read_to_end(&mut cookie).ok()?;
    Some(cookie)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_local_server_is_parsed() {
        let servers = "unix:/a/native tcp:host:4713 {8fe0c1}unix:/b /c  host.example {8fe0c1";
        let paths: Vec<PathBuf> = ["/a/native", "/b", "/c"].map(PathBuf::from).into();
        assert_eq!(parse_server_list(OsStr::new(servers)), paths);
    }

    #[test]
    fn a_cookie_has_the_length_that_the_protocol_demands() {
        assert_eq!(cookie().len(), 256);
    }

    #[test]
    fn a_device_is_no_cookie() {
        assert_eq!(read_cookie(Path::new("/dev/zero")), None);
    }
}
