//! The one attribute every payload of humantwin carries.
//!
//! A payload is a type that crosses a border: an event body, an answer, an option. Writing
//! `#[payload]` once gives it its wire form (serde, snake_case keys, absent options left out) and,
//! under the crate's `schema` feature, its JSON Schema.
//!
//! What this crate does *not* do: it holds no types and no logic of the twin.

use proc_macro::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Field, Fields, Type, parse_macro_input, parse_quote};

/// Makes a struct or enum a payload: `Clone`, `Debug`, `PartialEq`, serde, JSON Schema under `schema`.
///
/// * `Option` fields are left out of the JSON when absent and default to absent.
/// * `Vec` fields are left out when empty and default to empty; `#[payload(full)]`, for answers, always
///   writes them.
/// * Enums are written in snake_case; an enum with data is tagged by `type`.
#[proc_macro_attribute]
pub fn payload(args: TokenStream, input: TokenStream) -> TokenStream {
    let full = args.to_string() == "full";
    let mut item = parse_macro_input!(input as DeriveInput);
    let container: proc_macro2::TokenStream = match &mut item.data {
        Data::Struct(data) => {
            mark_fields(&mut data.fields, full);
            quote!()
        }
        Data::Enum(data) => {
            let with_data = data.variants.iter().any(|v| !matches!(v.fields, Fields::Unit));
            for variant in &mut data.variants {
                mark_fields(&mut variant.fields, full);
            }
            if with_data {
                quote!(#[serde(rename_all = "snake_case", tag = "type")])
            } else {
                quote!(#[serde(rename_all = "snake_case")] #[derive(Copy, Eq, Hash, PartialOrd, Ord)])
            }
        }
        Data::Union(_) => {
            return quote!(compile_error!("a payload is a struct or an enum");).into();
        }
    };
    quote! {
        #[derive(Clone, Debug, PartialEq, ::serde::Serialize, ::serde::Deserialize)]
        #[cfg_attr(feature = "schema", derive(::schemars::JsonSchema))]
        #container
        #item
    }
    .into()
}

fn mark_fields(fields: &mut Fields, full: bool) {
    for field in fields.iter_mut() {
        match skip_rule(field) {
            Some("Vec::is_empty") if full => field.attrs.push(parse_quote!(#[serde(default)])),
            Some(skip) => field.attrs.push(parse_quote!(#[serde(default, skip_serializing_if = #skip)])),
            None => {}
        }
    }
}

/// The `skip_serializing_if` predicate of an optional field, `None` for a required one.
fn skip_rule(field: &Field) -> Option<&'static str> {
    let Type::Path(path) = &field.ty else { return None };
    match path.path.segments.last()?.ident.to_string().as_str() {
        "Option" => Some("Option::is_none"),
        "Vec" => Some("Vec::is_empty"),
        _ => None,
    }
}
