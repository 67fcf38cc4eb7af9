//! Notifications of macOS, by the program `osascript`. They have no buttons.

use super::Notification;
use std::process::{Command, Stdio};

/// Shows a notification. False if the program does not run or refuses.
pub fn deliver(notification: &Notification) -> bool {
    let mut command = Command::new("osascript");
    command.arg("-e").arg(script(notification));
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

fn script(notification: &Notification) -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    let (title, body) = (quoted(&notification.title), quoted(&notification.body));
    format!("display notification {body} with title {title} sound name \"default\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_leave_its_quotes() {
        let notification = Notification { title: "A \"B\"".to_string(), body: "\\".to_string() };
        let expected = r#"display notification "\\" with title "A \"B\"" sound name "default""#;
        assert_eq!(script(&notification), expected);
    }
}
