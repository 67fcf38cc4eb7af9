//! The texts that were read while the fixes of one line are looked for.

use crate::workout::language::parser::ParsedNotation;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// The texts that were read, so that none is read twice: a text that cannot be read takes long.
#[derive(Default)]
pub(super) struct ReadTexts(RefCell<BTreeMap<String, Rc<ParsedNotation>>>);

impl ReadTexts {
    /// Returns what `text` was read as; `parse` reads it the first time.
    pub(super) fn read(&self, text: &str, parse: impl FnOnce() -> ParsedNotation) -> Rc<ParsedNotation> {
        let known = self.0.borrow().get(text).cloned();
        known.unwrap_or_else(|| {
            let parsed = Rc::new(parse());
            self.0.borrow_mut().insert(text.to_string(), Rc::clone(&parsed));
            parsed
        })
    }
}
