//! The border as generators see it: types, event kinds, verbs, error codes.

/// All that crosses a border.
#[derive(Debug, Default)]
pub(crate) struct Api {
    /// Types by name.
    pub(crate) types: Vec<TypeDef>,
    /// The attributes of an event beside `type` and `data`.
    pub(crate) envelope: Vec<Field>,
    /// Event kinds by name.
    pub(crate) events: Vec<EventKind>,
    /// Verbs in the order of the reference.
    pub(crate) verbs: Vec<VerbDef>,
    /// Error codes with their meaning.
    pub(crate) errors: Vec<(String, String)>,
}

/// A named type.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TypeDef {
    pub(crate) name: String,
    pub(crate) about: String,
    pub(crate) shape: Shape,
}

/// How a type is made.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Shape {
    /// Fields: those that must be there first, then by name.
    Struct(Vec<Field>),
    /// One of some words; an older build may meet one it does not know.
    Words(Vec<Word>),
    /// One of some cases, each with fields; the field `type` names the case.
    Cases(Vec<Case>),
    /// A text of a certain form: ids, `Timestamp` (RFC 3339, UTC), `LocalDate` (YYYY-MM-DD).
    Text,
    /// Any JSON value.
    Any,
}

/// A word of an enum.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Word {
    pub(crate) word: String,
    pub(crate) about: String,
}

/// A case of an enum with data.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Case {
    pub(crate) word: String,
    pub(crate) about: String,
    pub(crate) fields: Vec<Field>,
}

/// A field.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) about: String,
    pub(crate) kind: Kind,
    /// May be absent or null.
    pub(crate) optional: bool,
}

/// The type of a field.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    Bool,
    /// A whole number that fits 32 bits.
    Int32,
    /// A whole number that may not fit 32 bits.
    Int64,
    Float,
    Text,
    List(Box<Kind>),
    /// A named type; `Event` is the union of all kinds.
    Named(String),
    /// Any JSON value.
    Json,
}

/// An event kind.
#[derive(Debug)]
pub(crate) struct EventKind {
    /// `health.sleep_recorded`.
    pub(crate) kind: String,
    pub(crate) version: u32,
    pub(crate) purpose: String,
    /// The type of its data.
    pub(crate) body: String,
}

/// A verb.
#[derive(Debug)]
pub(crate) struct VerbDef {
    /// snake_case.
    pub(crate) name: String,
    pub(crate) about: String,
    /// The type of the request.
    pub(crate) request: String,
    pub(crate) takes_bytes: bool,
    pub(crate) gives: Gives,
    /// It writes to the twin.
    pub(crate) writes: bool,
}

/// What a verb gives.
#[derive(Debug, PartialEq)]
pub(crate) enum Gives {
    /// A payload of that type.
    View(String),
    Text,
    Bytes,
}

impl Api {
    /// The type of that name.
    pub(crate) fn find(&self, name: &str) -> Option<&TypeDef> {
        self.types.iter().find(|t| t.name == name)
    }

    /// The fields of a struct; none of anything else.
    pub(crate) fn fields(&self, name: &str) -> &[Field] {
        match self.find(name).map(|t| &t.shape) {
            Some(Shape::Struct(fields)) => fields,
            _ => &[],
        }
    }
}
