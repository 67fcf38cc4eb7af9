//! A shared output buffer that can be read while something writes to it.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

/// The bytes, shared with the writer.
#[derive(Clone, Default)]
pub struct Paper(Rc<RefCell<Vec<u8>>>);

impl Paper {
    /// Returns the bytes written since the last call.
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
