//! What families of text formats share: the way out, times, text, rows, JSON. No format of its own.

pub(crate) mod elements;
pub(crate) mod figures;
pub(crate) mod lists;
pub(crate) mod out;
pub(crate) mod rest;
pub(crate) mod rows;
pub(crate) mod text;
pub(crate) mod times;
