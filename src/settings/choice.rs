//! Settings whose value is one of a few words in quotes.

use crate::diagnostic::Diagnostic;
use crate::spanned_toml::{self, SpannedValue};
use crate::text::{certain, nearest, quoted};
use clap::ValueEnum;
use toml::de::DeValue;

/// A key whose value is one of a few words, and the wording of its errors.
pub struct Choice {
    /// The key.
    pub key: &'static str,
    /// The noun for the value in `unknown NOUN`.
    pub noun: &'static str,
    /// The label under a word that is not one of them.
    pub label: &'static str,
    /// The help where no word is near: what to write.
    pub help: &'static str,
}

impl Choice {
    /// Reads the variant that `value` names. Names are those of the command line.
    ///
    /// # Errors
    /// If `value` is not a string, or names no variant.
    pub fn read_enum<T: ValueEnum>(&self, value: &SpannedValue<'_>) -> Result<T, Diagnostic> {
        let names: Vec<(String, T)> =
            T::value_variants().iter().map(|variant| (name(variant), variant.clone())).collect();
        let known: Vec<(&str, T)> =
            names.iter().map(|(name, variant)| (name.as_str(), variant.clone())).collect();
        self.read(value, &known)
    }

    /// Reads the one of `known` that `value` names.
    ///
    /// # Errors
    /// If `value` is not a string, or names none of them.
    pub fn read<T: Clone>(&self, value: &SpannedValue<'_>, known: &[(&str, T)]) -> Result<T, Diagnostic> {
        let DeValue::String(text) = value.get_ref() else {
            return Err(spanned_toml::wrong_value(self.key, value, self.help));
        };
        let word = text.trim().to_lowercase();
        if let Some((_, chosen)) = known.iter().find(|(name, _)| *name == word) {
            return Ok(chosen.clone());
        }
        let names = || known.iter().map(|(name, _)| *name);
        let message = format!("unknown {} {}", self.noun, quoted(text));
        let problem = Diagnostic::error(value.span(), message, self.label);
        // `sun` is `sunday`, and `pulseaudio` is `pulse`.
        let is_part = |name: &&str| {
            word.len() > 1 && (name.starts_with(&word) || word.starts_with(*name) && name.len() > 2)
        };
        let near = nearest(&word, names()).or_else(|| names().find(is_part));
        let problem = problem.with_help(match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => self.help.to_string(),
        });
        Err(match certain(&word, names()) {
            Some(sure) => problem.with_fix(value.span(), format!("\"{sure}\"")),
            None => problem,
        })
    }
}

/// Reads `true` or `false`.
///
/// # Errors
/// If `value` is neither.
pub fn read_switch(key: &str, value: &SpannedValue<'_>) -> Result<bool, Diagnostic> {
    match value.get_ref() {
        DeValue::Boolean(on) => Ok(*on),
        _ => {
            let help = format!("write `{key} = true` or `{key} = false`");
            Err(spanned_toml::wrong_value(key, value, &help))
        }
    }
}

/// The name of a variant, in the settings and on the command line.
pub fn name<T: ValueEnum>(variant: &T) -> String {
    variant.to_possible_value().map_or_else(String::new, |value| value.get_name().to_string())
}
