//! How sound is to be, as it stands in the settings: `[sound]` and `[sound.volume]`.

use super::choice::Choice;
use crate::audio::Backend;
use crate::audio::volume::{Percent, Volume, VolumeMix};
use crate::cues::{NotePitch, Verbosity};
use crate::diagnostic::Diagnostic;
use crate::spanned_toml::{self, SpannedTable, SpannedValue};
use toml::de::DeValue;

/// The table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SoundSettings {
    /// What plays it.
    pub output: Backend,
    /// How much is said, where it was chosen.
    pub voice: Option<Verbosity>,
    /// Whether headphones are kept from falling asleep.
    pub keep_awake: bool,
    /// Whether they are woken before the first signal.
    pub lead_in: bool,
    /// How high the signals are.
    pub signals: NotePitch,
    /// How loud the signals are,
    pub signals_volume: Percent,
    /// the voice,
    pub voice_volume: Percent,
    /// and the tone that keeps headphones awake.
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
    /// What a player makes of it at this volume.
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

const KEYS: [&str; 6] = ["output", "voice", "keep_awake", "lead_in", "signals", "volume"];
const VOLUMES: [&str; 3] = ["signals", "voice", "tone"];
pub(crate) const FORM: &str = "write `[sound]` and below it `signals = \"low\"`";
const OUTPUT: Choice = Choice {
    key: "output",
    noun: "output",
    label: "no output",
    help: "the outputs are `auto`, `pulse`, `alsa`, `bell` and `off`",
};
const VOICE: Choice = Choice {
    key: "voice",
    noun: "voice",
    label: "not how much is said",
    help: "write `voice = \"off\"`, `\"brief\"` or `\"full\"`",
};
const SIGNALS: Choice = Choice {
    key: "signals",
    noun: "set of signals",
    label: "no such set",
    help: "write `signals = \"usual\"` or `signals = \"low\"`",
};
const VOLUME_FORM: &str = "write `[sound.volume]` and below it `signals = 80`, in percent";
const PERCENT_FORM: &str = "write whole percent from 0 to 100, like `80`";

/// Reads the table; its mistakes go to `problems`.
pub(crate) fn read(value: &SpannedValue<'_>, problems: &mut Vec<Diagnostic>) -> SoundSettings {
    let mut sound = SoundSettings::default();
    let DeValue::Table(table) = value.get_ref() else {
        problems.push(spanned_toml::wrong_value("sound", value, FORM));
        return sound;
    };
    for (key, value) in table {
        let read = match key.get_ref().as_ref() {
            "output" => OUTPUT.read_enum(value).map(|output| sound.output = output),
            "voice" => VOICE.read_enum(value).map(|voice| sound.voice = Some(voice)),
            "keep_awake" => switch("keep_awake", value).map(|on| sound.keep_awake = on),
            "lead_in" => switch("lead_in", value).map(|on| sound.lead_in = on),
            "signals" => SIGNALS.read_enum(value).map(|pitch| sound.signals = pitch),
            "volume" => match value.get_ref() {
                DeValue::Table(volumes) => {
                    read_volumes(volumes, &mut sound, problems);
                    Ok(())
                }
                _ => Err(spanned_toml::wrong_value("volume", value, VOLUME_FORM)),
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

fn switch(key: &str, value: &SpannedValue<'_>) -> Result<bool, Diagnostic> {
    match value.get_ref() {
        DeValue::Boolean(on) => Ok(*on),
        _ => {
            let form = format!("write `{key} = true` or `{key} = false`");
            Err(spanned_toml::wrong_value(key, value, &form))
        }
    }
}

fn percent(key: &str, value: &SpannedValue<'_>) -> Result<Percent, Diagnostic> {
    let DeValue::Integer(number) = value.get_ref() else {
        return Err(spanned_toml::wrong_value(key, value, PERCENT_FORM));
    };
    // What does not fit is no percentage either.
    let number = u8::from_str_radix(&number.as_str().replace('_', ""), number.radix()).ok();
    number.and_then(Percent::new).ok_or_else(|| {
        let message = "a volume is from 0 to 100 percent".to_string();
        Diagnostic::error(value.span(), message, "no such volume").with_help(PERCENT_FORM)
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
    fn what_is_not_there_is_as_usual() {
        assert_eq!(parsed("").unwrap(), SoundSettings::default());
        assert_eq!(SoundSettings::default().mix(Volume::default()), VolumeMix::default());
    }

    #[test]
    fn every_key_has_its_place() {
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
    fn mistakes_are_underlined_and_say_what_to_write() {
        for (text, underlined, help) in [
            ("sound = \"off\"", "\"off\"", FORM),
            ("[sound]\noutput = \"pulseaudio\"", "\"pulseaudio\"", OUTPUT.help),
            ("[sound]\noutput = \"plse\"", "\"plse\"", "did you mean `pulse`?"),
            ("[sound]\nvoice = true", "true", VOICE.help),
            ("[sound]\nsignals = \"deep\"", "\"deep\"", SIGNALS.help),
            ("[sound]\nkeep_awake = 1", "1", "write `keep_awake = true` or `keep_awake = false`"),
            ("[sound]\nlead_inn = true", "lead_inn", "did you mean `lead_in`?"),
            ("[sound]\nvolume = 80", "80", VOLUME_FORM),
            ("[sound.volume]\nsignals = 101", "101", PERCENT_FORM),
            ("[sound.volume]\nsignals = -1", "-1", PERCENT_FORM),
            ("[sound.volume]\nsignals = 99999999999999999999", "99999999999999999999", PERCENT_FORM),
            ("[sound.volume]\nsignals = 0.8", "0.8", PERCENT_FORM),
            ("[sound.volume]\nmusic = 80", "music", "the keys are `signals`, `voice` and `tone`"),
        ] {
            let problems = parsed(text).unwrap_err();
            assert_eq!(problems.len(), 1, "{text}: {problems:?}");
            assert_eq!(&text[problems[0].span.clone()], underlined, "{text}");
            assert_eq!(problems[0].help.as_deref(), Some(help), "{text}");
        }
    }
}
