//! Paper to write on that can be read meanwhile.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

/// Shared with whoever writes on it.
#[derive(Clone, Default)]
pub struct Paper(Rc<RefCell<Vec<u8>>>);

impl Paper {
    /// What was written since it was last taken.
    pub fn take(&self) -> Vec<u8> {
        self.0.take()
    }
}

impl Write for Paper {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
