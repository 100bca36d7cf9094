//! What is generated from the schemas: types and methods of every language, and reference pages.
//!
//! `schemas/` is read into one small model ([`api::Api`]); each language has one file that writes it down.

pub(crate) mod api;
mod camel;
mod docs;
mod kotlin;
mod python;
mod read;
mod swift;
mod typescript;

use api::Api;
use std::collections::BTreeMap;

/// Every generated file by its path from the root, from the schema files.
pub(crate) fn files(schemas: &BTreeMap<String, String>) -> Result<BTreeMap<String, String>, String> {
    let api = Api::read(schemas)?;
    let mut files = BTreeMap::new();
    files.extend(docs::files(&api));
    files.extend(typescript::files(&api));
    files.extend(python::files(&api));
    files.extend(kotlin::files(&api));
    files.extend(swift::files(&api));
    Ok(files)
}
