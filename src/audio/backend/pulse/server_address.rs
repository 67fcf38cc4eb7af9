//! Where a PulseAudio server (or PipeWire in its place) listens, and the cookie that it wants.

use std::env::{home_dir, var_os};
use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// The length that the protocol gives a cookie.
const COOKIE: usize = 256;

/// Whether the user named a server.
pub fn is_named() -> bool {
    server().is_some()
}

fn server() -> Option<OsString> {
    var_os("PULSE_SERVER").filter(|s| !s.is_empty())
}

/// Every socket worth trying, best first.
pub fn sockets() -> Vec<PathBuf> {
    if let Some(server) = server() {
        // Whoever names a server does not want another one.
        return named(&server);
    }
    let uid = std::fs::metadata("/proc/self").map(|m| m.uid()).ok();
    let runtime = var_os("PULSE_RUNTIME_PATH").map(|dir| Path::new(&dir).join("native"));
    let session = var_os("XDG_RUNTIME_DIR").map(|dir| Path::new(&dir).join("pulse/native"));
    let own = uid.map(|uid| PathBuf::from(format!("/run/user/{uid}/pulse/native")));
    let mut found: Vec<PathBuf> = Vec::new();
    for socket in [runtime, session, own].into_iter().flatten() {
        if socket.is_absolute() && !found.contains(&socket) {
            found.push(socket);
        }
    }
    found
}

/// The Unix sockets in a `PULSE_SERVER`: entries separated by spaces, each a path or `unix:` and a path, perhaps
/// for one machine only (`{id}unix:…`). Servers across the network are passed over.
fn named(servers: &OsStr) -> Vec<PathBuf> {
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

/// The cookie of this user, or zeros: a server that lets one in by its user asks for none.
pub fn cookie() -> Vec<u8> {
    let home = home_dir();
    let under = |file: &str| home.as_ref().map(|home| home.join(file));
    let places =
        [var_os("PULSE_COOKIE").map(PathBuf::from), under(".config/pulse/cookie"), under(".pulse-cookie")];
    let found = places.into_iter().flatten().find_map(|path| std::fs::read(path).ok());
    let mut cookie = found.unwrap_or_default();
    cookie.resize(COOKIE, 0);
    cookie
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_server_on_this_machine_is_understood() {
        let servers = "unix:/a/native tcp:host:4713 {8fe0c1}unix:/b /c  host.example {8fe0c1";
        let paths: Vec<PathBuf> = ["/a/native", "/b", "/c"].map(PathBuf::from).into();
        assert_eq!(named(OsStr::new(servers)), paths);
    }

    #[test]
    fn a_cookie_has_the_length_the_protocol_wants() {
        assert_eq!(cookie().len(), 256);
    }
}
