//! Reads the little-endian numbers of a characteristic one after another.

/// What is left of the bytes of a characteristic. Reading past the end gives `None` and leaves the rest as it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct ByteReader<'a> {
    rest: &'a [u8],
}

impl<'a> ByteReader<'a> {
    /// A reader at the beginning of `bytes`.
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        ByteReader { rest: bytes }
    }

    /// Skips `count` bytes. False if there are fewer.
    pub(super) fn skip(&mut self, count: usize) -> bool {
        let rest = self.rest.get(count..);
        self.rest = rest.unwrap_or_default();
        rest.is_some()
    }

    fn array<const LENGTH: usize>(&mut self) -> Option<[u8; LENGTH]> {
        let (head, rest) = self.rest.split_first_chunk()?;
        self.rest = rest;
        Some(*head)
    }

    /// One byte.
    pub(super) fn u8(&mut self) -> Option<u8> {
        self.array::<1>().map(|[byte]| byte)
    }

    /// Two bytes without a sign.
    pub(super) fn u16(&mut self) -> Option<u16> {
        self.array().map(u16::from_le_bytes)
    }

    /// Two bytes with a sign.
    pub(super) fn i16(&mut self) -> Option<i16> {
        self.array().map(i16::from_le_bytes)
    }

    /// Three bytes without a sign.
    pub(super) fn u24(&mut self) -> Option<u32> {
        self.array().map(|[low, middle, high]| u32::from_le_bytes([low, middle, high, 0]))
    }

    /// Four bytes without a sign.
    pub(super) fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }
}
