//! The calendar file in the settings.

use crate::diagnostic::Diagnostic;
use crate::folders;
use crate::spanned_toml::{self, SpannedValue};
use std::path::PathBuf;
use toml::de::DeValue;

const KEYS: [&str; 1] = ["ics"];
const TABLE_HELP: &str = "write `[calendar]` and, below it, `ics = \"~/Sync/run.ics\"`";

/// Reads the table. Problems are added to `problems`.
pub fn read(value: &SpannedValue<'_>, problems: &mut Vec<Diagnostic>) -> Option<PathBuf> {
    let DeValue::Table(table) = value.get_ref() else {
        problems.push(spanned_toml::wrong_value("calendar", value, TABLE_HELP));
        return None;
    };
    let mut file = None;
    for (key, value) in table {
        match (key.get_ref().as_ref(), value.get_ref()) {
            ("ics", DeValue::String(text)) if !text.trim().is_empty() => match absolute(text.trim()) {
                Some(path) => file = Some(path),
                None => problems.push(
                    Diagnostic::error(
                        value.span(),
                        "the calendar file needs a whole path",
                        "not a whole path",
                    )
                    .with_help("begin with `/` or `~/`, such as `ics = \"~/Sync/run.ics\"`"),
                ),
            },
            ("ics", _) => problems.push(spanned_toml::wrong_value("ics", value, TABLE_HELP)),
            _ => problems.push(spanned_toml::misspelt(table, key, &KEYS)),
        }
    }
    file
}

/// Returns a path that does not depend on the folder that the program is started in.
fn absolute(text: &str) -> Option<PathBuf> {
    let path = match text.strip_prefix("~/") {
        Some(rest) => folders::home()?.join(rest),
        None => PathBuf::from(text),
    };
    path.is_absolute().then_some(path)
}

#[cfg(test)]
mod tests {
    use crate::settings::Settings;
    use crate::workout::SourceText;
    use std::path::PathBuf;

    fn parsed(text: &str) -> Result<Option<PathBuf>, String> {
        let settings = Settings::parse(&SourceText::new("config.toml", text));
        settings.map(|settings| settings.calendar_file).map_err(|problems| problems[0].message.clone())
    }

    #[test]
    fn reads_a_whole_path() {
        assert_eq!(parsed(""), Ok(None));
        assert_eq!(parsed("[calendar]\nics = \"/srv/run.ics\""), Ok(Some(PathBuf::from("/srv/run.ics"))));
        let home = parsed("[calendar]\nics = \"~/Sync/run.ics\"").unwrap().unwrap();
        assert!(home.is_absolute() && home.ends_with("Sync/run.ics"), "{home:?}");
    }

    #[test]
    fn refuses_anything_else() {
        for text in ["ics = \"run.ics\"", "ics = true", "ics = \"\"", "isc = \"/srv/run.ics\""] {
            assert!(parsed(&format!("[calendar]\n{text}")).is_err(), "{text}");
        }
        assert!(parsed("calendar = \"/srv/run.ics\"").is_err());
    }
}
