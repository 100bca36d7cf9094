//! Revisions of records whose sources give none, or the same one twice.

use twin_core::EventId;
use twin_core::event::Content;

/// Gives a fact its revision. Of facts with one stamp that contradict each other the content decides, so
/// that the order in which files are read does not.
pub(super) fn ranked(mut content: Content, stamp: u64) -> Content {
    const TIE_BITS: u32 = 18;
    content.revision = 0;
    let hash = content.encode().map_or([0; 16], |bytes| EventId::of("tie", &[&bytes]).0);
    let tie = hash.first_chunk::<4>().map_or(0, |b| u32::from_le_bytes(*b)) >> (32 - TIE_BITS);
    content.revision = stamp << TIE_BITS | u64::from(tie);
    content
}
