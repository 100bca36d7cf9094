use std::io::{self, BufRead, Read, Seek, SeekFrom};

/// Bytes the host opened: a file, or a slice in memory (`std::io::Cursor`).
pub trait Input: Read + Seek {}
impl<T: Read + Seek> Input for T {}

/// Counts the bytes that pass, and stops an expansion that has no end (a zip bomb).
#[derive(Debug)]
pub struct Counted<R> {
    inner: R,
    passed: u64,
    limit: u64,
}

impl<R: Read> Counted<R> {
    /// Lets at most `limit` bytes pass; one more is an error of kind `FileTooLarge`.
    pub const fn new(inner: R, limit: u64) -> Self {
        Self { inner, passed: 0, limit }
    }

    /// Bytes that passed so far.
    pub const fn passed(&self) -> u64 {
        self.passed
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.passed += n as u64;
        if self.passed > self.limit {
            return Err(io::Error::new(
                io::ErrorKind::FileTooLarge,
                "more bytes than this format may expand to",
            ));
        }
        Ok(n)
    }
}

/// The first bytes of an input, which is then at its start again.
pub(super) fn head(input: &mut dyn Input, length: usize) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; length];
    let mut filled = 0;
    while let Some(rest) = bytes.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match input.read(rest)? {
            0 => break,
            n => filled += n,
        }
    }
    bytes.truncate(filled);
    input.seek(SeekFrom::Start(0))?;
    Ok(bytes)
}

/// Peeks at a buffered reader without taking anything: what is in its buffer now.
pub(super) fn peek(reader: &mut dyn BufRead) -> io::Result<Vec<u8>> {
    reader.fill_buf().map(<[u8]>::to_vec)
}
