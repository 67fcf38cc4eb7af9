//! A value of a file in any format, and its keys.

use toml::de::{DeTable, DeValue};

/// A value of a file in any format, with numbers as they are written.
#[derive(Clone, Debug, PartialEq)]
pub enum LooseValue {
    /// Text, or a date.
    Text(String),
    /// A number.
    Number(String),
    /// True or false.
    Switch(bool),
    /// A list.
    List(Vec<LooseValue>),
    /// Keys and their values, in the order of the file.
    Table(LooseTable),
}

/// Keys and their values.
pub type LooseTable = Vec<(String, LooseValue)>;

impl LooseValue {
    /// Reads a value of TOML.
    pub fn from_toml(value: &DeValue<'_>) -> Self {
        match value {
            DeValue::String(text) => LooseValue::Text(text.to_string()),
            DeValue::Integer(number) => LooseValue::Number(number.as_str().to_string()),
            DeValue::Float(number) => LooseValue::Number(number.as_str().to_string()),
            DeValue::Boolean(value) => LooseValue::Switch(*value),
            DeValue::Datetime(date) => LooseValue::Text(date.to_string()),
            DeValue::Array(items) => {
                LooseValue::List(items.iter().map(|item| LooseValue::from_toml(item.get_ref())).collect())
            }
            DeValue::Table(table) => LooseValue::Table(table_of(table)),
        }
    }

    /// Reads a value of JSON.
    pub fn from_json(value: &serde_json::Value) -> Self {
        match value {
            serde_json::Value::Null => LooseValue::Text(String::new()),
            serde_json::Value::Bool(value) => LooseValue::Switch(*value),
            serde_json::Value::Number(number) => LooseValue::Number(number.to_string()),
            serde_json::Value::String(text) => LooseValue::Text(text.clone()),
            serde_json::Value::Array(items) => {
                LooseValue::List(items.iter().map(LooseValue::from_json).collect())
            }
            serde_json::Value::Object(table) => {
                let entry = |(key, value): (&String, _)| (key.clone(), LooseValue::from_json(value));
                LooseValue::Table(table.iter().map(entry).collect())
            }
        }
    }

    /// Returns the text or the number of a single value, without white space around it.
    pub fn words(&self) -> Option<String> {
        match self {
            LooseValue::Text(text) => Some(text.trim().to_string()),
            LooseValue::Number(number) => Some(number.clone()),
            _ => None,
        }
    }

    /// Returns the value as TOML, in one line.
    pub fn to_toml(&self) -> String {
        match self {
            LooseValue::Text(text) => quoted(text),
            LooseValue::Number(number) => number.clone(),
            LooseValue::Switch(value) => value.to_string(),
            LooseValue::List(items) => {
                format!("[{}]", items.iter().map(LooseValue::to_toml).collect::<Vec<_>>().join(", "))
            }
            LooseValue::Table(entries) => {
                let entry =
                    |(key, value): &(String, LooseValue)| format!("{} = {}", bare(key), value.to_toml());
                format!("{{ {} }}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
            }
        }
    }
}

/// Reads the entries of a table of TOML, in the order of the file.
pub fn table_of(table: &DeTable<'_>) -> LooseTable {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
        .into_iter()
        .map(|(key, value)| (key.get_ref().to_string(), LooseValue::from_toml(value.get_ref())))
        .collect()
}

/// Returns `text` in quotes.
pub fn quoted(text: &str) -> String {
    toml::Value::String(text.to_string()).to_string()
}

fn bare(key: &str) -> String {
    let is_bare = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if !key.is_empty() && key.chars().all(is_bare) { key.to_string() } else { quoted(key) }
}
