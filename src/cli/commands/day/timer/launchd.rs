//! A LaunchAgent of macOS. Ticks that were due while the machine slept come as one.

use super::{MINUTES, TimerCommand, TimerFile, run};
use crate::folders;

const LABEL: &str = "pacebell.day";

/// Returns the file of the agent. `None` without a home directory.
pub fn files(command: &TimerCommand) -> Option<Vec<TimerFile>> {
    let path = folders::home()?.join("Library/LaunchAgents").join(format!("{LABEL}.plist"));
    Some(vec![TimerFile { path, text: agent(command) }])
}

/// Returns the text of the agent.
pub fn agent(command: &TimerCommand) -> String {
    let strings = |texts: &mut dyn Iterator<Item = &String>| -> String {
        texts.map(|text| format!("    <string>{}</string>\n", escaped(text))).collect()
    };
    let words = strings(&mut command.words.iter());
    let variable = |(name, value): &(String, String)| {
        format!("    <key>{name}</key><string>{}</string>\n", escaped(value))
    };
    let variables: String = command.variables.iter().map(variable).collect();
    let minute = |minute: u32| format!("    <dict><key>Minute</key><integer>{minute}</integer></dict>\n");
    let minutes: String = (0..60 / MINUTES).map(|nth| minute(nth * MINUTES)).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n\
         <plist version=\"1.0\">\n<dict>\n\
         \x20 <key>Label</key><string>{LABEL}</string>\n\
         \x20 <key>ProgramArguments</key>\n  <array>\n{words}  </array>\n\
         \x20 <key>EnvironmentVariables</key>\n  <dict>\n{variables}  </dict>\n\
         \x20 <key>StartCalendarInterval</key>\n  <array>\n{minutes}  </array>\n</dict>\n</plist>\n"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Starts the agent, now and after each login.
pub fn start(files: &[TimerFile]) -> Result<(), String> {
    files.iter().try_for_each(|file| run("launchctl", &["load", "-w", &file.path.display().to_string()]))
}

/// Stops the agent.
pub fn stop(files: &[TimerFile]) -> Result<(), String> {
    files.iter().try_for_each(|file| run("launchctl", &["unload", "-w", &file.path.display().to_string()]))
}
