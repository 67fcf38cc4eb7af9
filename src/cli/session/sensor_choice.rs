//! The sensor that a session uses, as it is written on the command line.

use crate::sensors::{SensorRecord, StrapQuirk};
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;

/// The sensor that a session uses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SensorChoice {
    /// The one that the profile names, if it names one.
    #[default]
    Chosen,
    /// None.
    Off,
    /// A virtual strap, and what goes wrong with it.
    Virtual(Vec<StrapQuirk>),
    /// A file of recorded values.
    File(PathBuf),
    /// The recorded values of a file.
    Recorded(Arc<[SensorRecord]>),
}

impl FromStr for SensorChoice {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (kind, quirks) = text.split_once(':').unwrap_or((text, ""));
        let names = || StrapQuirk::ALL.map(StrapQuirk::name).join(", ");
        match kind {
            "chosen" if quirks.is_empty() => Ok(SensorChoice::Chosen),
            "off" if quirks.is_empty() => Ok(SensorChoice::Off),
            "virtual" => {
                let names_given = quirks.split(',').map(str::trim).filter(|name| !name.is_empty());
                let quirk = |name: &str| {
                    let found = StrapQuirk::ALL.into_iter().find(|quirk| quirk.name() == name);
                    found.ok_or_else(|| format!("a virtual strap has no `{name}`; it has {}", names()))
                };
                names_given.map(quirk).collect::<Result<_, _>>().map(SensorChoice::Virtual)
            }
            _ if text.contains(['/', '.']) => Ok(SensorChoice::File(PathBuf::from(text))),
            _ => Err(format!(
                "write `virtual`, `virtual:` with {}, `off`, or a recording such as `run.jsonl`",
                names()
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sensor_is_virtual_off_or_the_chosen_one() {
        let read = |text: &str| text.parse::<SensorChoice>();
        assert_eq!(read("off"), Ok(SensorChoice::Off));
        assert_eq!(read("virtual"), Ok(SensorChoice::Virtual(Vec::new())));
        let quirks = vec![StrapQuirk::Drops, StrapQuirk::NoContact];
        assert_eq!(read("virtual:drops,no-contact"), Ok(SensorChoice::Virtual(quirks)));
        assert!(read("virtual:dorps").unwrap_err().contains("drops, zeros, no-contact, stuck"));
        assert!(read("polar").is_err() && read("off:drops").is_err());
        assert_eq!(read("run.jsonl"), Ok(SensorChoice::File(PathBuf::from("run.jsonl"))));
    }
}
