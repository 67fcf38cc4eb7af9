//! Words of a shell's command line.

/// Returns `text` as one word of a shell's command line.
pub fn shell_word(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./=:,@%+".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) {
        text.to_string()
    } else if text.contains(['"', '$', '`', '\\', '!']) {
        format!("'{}'", text.replace('\'', r"'\''"))
    } else {
        format!("\"{text}\"")
    }
}

/// Returns the line of a shell that runs pacebell with `words`.
pub fn command_line(words: &[String]) -> String {
    let words: Vec<String> = words.iter().map(|word| shell_word(word)).collect();
    format!("pacebell {}", words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_reads_the_word_as_it_was() {
        for (text, word) in [
            ("fifths", "fifths"),
            ("22:30", "22:30"),
            ("", "\"\""),
            ("my hills", r#""my hills""#),
            ("8×60s hard / 60s easy", r#""8×60s hard / 60s easy""#),
            (r#"a "b" 'c'"#, r#"'a "b" '\''c'\'''"#),
            ("$HOME", "'$HOME'"),
        ] {
            assert_eq!(shell_word(text), word);
        }
    }
}
