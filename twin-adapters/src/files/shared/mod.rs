//! What families of text formats share: the way out, times, text, rows, JSON. No format of its own.

pub(in crate::files) mod elements;
pub(in crate::files) mod figures;
pub(in crate::files) mod lists;
pub(in crate::files) mod out;
pub(in crate::files) mod rest;
pub(in crate::files) mod rows;
pub(in crate::files) mod text;
pub(in crate::files) mod times;
