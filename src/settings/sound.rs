//! The sound settings: `[sound]` and `[sound.volume]`.

use super::choice::{Choice, read_switch};
use crate::audio::Backend;
use crate::audio::volume::{Percent, Volume, VolumeMix};
use crate::cues::{NotePitch, Verbosity};
use crate::diagnostic::Diagnostic;
use crate::spanned_toml::{self, SpannedTable, SpannedValue};
use toml::de::DeValue;

/// The table `[sound]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SoundSettings {
    /// The way sound is played.
    pub output: Backend,
    /// The amount of speech. `None` leaves the choice to the program.
    pub voice: Option<Verbosity>,
    /// True if an inaudible tone keeps headphones awake.
    pub keep_awake: bool,
    /// True if the tone wakes headphones before the first signal.
    pub lead_in: bool,
    /// The pitch of the signals.
    pub signals: NotePitch,
    /// The volume of the signals.
    pub signals_volume: Percent,
    /// The volume of the voice.
    pub voice_volume: Percent,
    /// The volume of the tone that keeps headphones awake.
    pub tone_volume: Percent,
}

impl Default for SoundSettings {
    fn default() -> Self {
        SoundSettings {
            output: Backend::Auto,
            voice: None,
            keep_awake: true,
            lead_in: true,
            signals: NotePitch::Usual,
            signals_volume: Percent::FULL,
            voice_volume: Percent::FULL,
            tone_volume: Percent::FULL,
        }
    }
}

impl SoundSettings {
    /// The mix at a master volume.
    pub fn mix(&self, volume: Volume) -> VolumeMix {
        VolumeMix {
            volume,
            signals: self.signals_volume,
            voice: self.voice_volume,
            tone: self.tone_volume,
            pitch: self.signals,
        }
    }
}

/// The keys of `[sound]`.
pub(super) const KEYS: [&str; 6] = ["output", "voice", "keep_awake", "lead_in", "signals", "volume"];
const VOLUMES: [&str; 3] = ["signals", "voice", "tone"];
const TABLE_HELP: &str = "write `[sound]` and, below it, `signals = \"low\"`";
const OUTPUT: Choice = Choice {
    key: "output",
    noun: "output",
    label: "not an output",
    help: "the outputs are `auto`, `pulse`, `alsa`, `bell` and `off`",
};
const VOICE: Choice = Choice {
    key: "voice",
    noun: "voice",
    label: "not a voice setting",
    help: "write `voice = \"off\"`, `\"brief\"` or `\"full\"`",
};
const SIGNALS: Choice = Choice {
    key: "signals",
    noun: "pitch",
    label: "not a pitch",
    help: "write `signals = \"usual\"` or `signals = \"low\"`",
};
const VOLUME_HELP: &str = "write `[sound.volume]` and, below it, `signals = 80` (in percent)";
const PERCENT_HELP: &str = "write a whole number from 0 to 100, such as `80`";

/// Reads the table. Problems are added to `problems`.
pub fn read(value: &SpannedValue<'_>, problems: &mut Vec<Diagnostic>) -> SoundSettings {
    let mut sound = SoundSettings::default();
    let DeValue::Table(table) = value.get_ref() else {
        problems.push(spanned_toml::wrong_value("sound", value, TABLE_HELP));
        return sound;
    };
    for (key, value) in table {
        let read = match key.get_ref().as_ref() {
            "output" => OUTPUT.read_enum(value).map(|output| sound.output = output),
            "voice" => VOICE.read_enum(value).map(|voice| sound.voice = Some(voice)),
            "keep_awake" => read_switch("keep_awake", value).map(|on| sound.keep_awake = on),
            "lead_in" => read_switch("lead_in", value).map(|on| sound.lead_in = on),
            "signals" => SIGNALS.read_enum(value).map(|pitch| sound.signals = pitch),
            "volume" => match value.get_ref() {
                DeValue::Table(volumes) => {
                    read_volumes(volumes, &mut sound, problems);
                    Ok(())
                }
                _ => Err(spanned_toml::wrong_value("volume", value, VOLUME_HELP)),
            },
            _ => Err(spanned_toml::misspelt(table, key, &KEYS)),
        };
        problems.extend(read.err());
    }
    sound
}

fn read_volumes(table: &SpannedTable<'_>, sound: &mut SoundSettings, problems: &mut Vec<Diagnostic>) {
    for (key, value) in table {
        let read = match key.get_ref().as_ref() {
            "signals" => percent("signals", value).map(|percent| sound.signals_volume = percent),
            "voice" => percent("voice", value).map(|percent| sound.voice_volume = percent),
            "tone" => percent("tone", value).map(|percent| sound.tone_volume = percent),
            _ => Err(spanned_toml::misspelt(table, key, &VOLUMES)),
        };
        problems.extend(read.err());
    }
}

fn percent(key: &str, value: &SpannedValue<'_>) -> Result<Percent, Diagnostic> {
    let DeValue::Integer(number) = value.get_ref() else {
        return Err(spanned_toml::wrong_value(key, value, PERCENT_HELP));
    };
    // A number that does not fit into a byte is out of range, too.
    let number = u8::from_str_radix(&number.as_str().replace('_', ""), number.radix()).ok();
    number.and_then(Percent::new).ok_or_else(|| {
        let message = "a volume must be from 0 to 100 percent";
        Diagnostic::error(value.span(), message, "out of range").with_help(PERCENT_HELP)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{Settings, choice};
    use crate::workout::SourceText;
    use clap::ValueEnum;

    fn parsed(text: &str) -> Result<SoundSettings, Vec<Diagnostic>> {
        Settings::parse(&SourceText::new("config.toml", text)).map(|settings| settings.sound)
    }

    #[test]
    fn missing_keys_have_default_values() {
        assert_eq!(parsed("").unwrap(), SoundSettings::default());
        assert_eq!(SoundSettings::default().mix(Volume::default()), VolumeMix::default());
    }

    #[test]
    fn reads_every_key() {
        let text = "[sound]\noutput = \"alsa\"\nvoice = \"full\"\nkeep_awake = false\nlead_in = false\n\
            signals = \"low\"\n[sound.volume]\nsignals = 90\nvoice = 0x32\ntone = 0\n";
        let percent = |n| Percent::new(n).unwrap();
        let sound = SoundSettings {
            output: Backend::Alsa,
            voice: Some(Verbosity::Full),
            keep_awake: false,
            lead_in: false,
            signals: NotePitch::Low,
            signals_volume: percent(90),
            voice_volume: percent(50),
            tone_volume: percent(0),
        };
        assert_eq!(parsed(text).unwrap(), sound);
        for output in Backend::value_variants() {
            let name = choice::name(output);
            assert_eq!(parsed(&format!("sound.output = \"{name}\"")).unwrap().output, *output);
            assert!(OUTPUT.help.contains(&format!("`{name}`")));
        }
        for voice in Verbosity::value_variants() {
            let name = choice::name(voice);
            assert_eq!(parsed(&format!("sound.voice = \"{name}\"")).unwrap().voice, Some(*voice));
            assert!(VOICE.help.contains(&format!("\"{name}\"")));
        }
    }

    #[test]
    fn underlines_mistakes_and_says_what_to_write() {
        for (text, underlined, help) in [
            ("sound = \"off\"", "\"off\"", TABLE_HELP),
            ("[sound]\noutput = \"jack\"", "\"jack\"", OUTPUT.help),
            ("[sound]\noutput = \"pulseaudio\"", "\"pulseaudio\"", "did you mean `pulse`?"),
            ("[sound]\noutput = \"plse\"", "\"plse\"", "did you mean `pulse`?"),
            ("[sound]\nvoice = true", "true", VOICE.help),
            ("[sound]\nsignals = \"deep\"", "\"deep\"", SIGNALS.help),
            ("[sound]\nkeep_awake = 1", "1", "write `keep_awake = true` or `keep_awake = false`"),
            ("[sound]\nlead_inn = true", "lead_inn", "did you mean `lead_in`?"),
            ("[sound]\nvolume = 80", "80", VOLUME_HELP),
            ("[sound.volume]\nsignals = 101", "101", PERCENT_HELP),
            ("[sound.volume]\nsignals = -1", "-1", PERCENT_HELP),
            ("[sound.volume]\nsignals = 99999999999999999999", "99999999999999999999", PERCENT_HELP),
            ("[sound.volume]\nsignals = 0.8", "0.8", PERCENT_HELP),
            ("[sound.volume]\nmusic = 80", "music", "the keys are `signals`, `voice` and `tone`"),
        ] {
            let problems = parsed(text).unwrap_err();
            assert_eq!(problems.len(), 1, "{text}: {problems:?}");
            assert_eq!(&text[problems[0].span.clone()], underlined, "{text}");
            assert_eq!(problems[0].help.as_deref(), Some(help), "{text}");
        }
    }
}
