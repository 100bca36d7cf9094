//! The table: which crates a room may depend on.

use serde_json::Value;

/// What a room may import.
struct Room {
    name: &'static str,
    /// Rooms of ours it may import.
    rooms: &'static [&'static str],
    /// Other crates it may import; `None` allows all that `NEVER` does not name.
    others: Option<&'static [&'static str]>,
}

const ROOMS: &[Room] = &[
    Room { name: "twin-macros", rooms: &[], others: Some(&["quote", "syn", "proc-macro2"]) },
    Room {
        name: "twin-core",
        rooms: &["twin-macros"],
        others: Some(&[
            "blake3",
            "cbor4ii",
            "compact_str",
            "jiff",
            "pco",
            "schemars",
            "serde",
            "serde_json",
            "thiserror",
        ]),
    },
    Room {
        name: "twin-models",
        rooms: &["twin-core", "twin-macros"],
        others: Some(&[
            "ndarray",
            "linfa",
            "smartcore",
            "tract-onnx",
            "rustfft",
            "schemars",
            "serde",
            "thiserror",
        ]),
    },
    Room {
        name: "twin-adapters",
        rooms: &["twin-core", "twin-macros"],
        others: Some(&[
            "base64",
            "calcard",
            "csv",
            "encoding_rs",
            "flate2",
            "form_urlencoded",
            // Only its switch for browsers, on behalf of parsers.
            "getrandom",
            "hmac",
            "jiff",
            "memchr",
            "quick-xml",
            "rustyfit",
            "schemars",
            "serde",
            "serde_json",
            "sha2",
            "subtle",
            "thiserror",
            "zip",
        ]),
    },
    Room { name: "twin-store", rooms: &["twin-core"], others: None },
    Room { name: "twin-testkit", rooms: &["twin-core", "twin-macros"], others: None },
    Room {
        name: "humantwin",
        rooms: &["twin-core", "twin-macros", "twin-models", "twin-adapters", "twin-store"],
        others: None,
    },
    Room {
        name: "humantwin-node",
        rooms: &["humantwin"],
        others: Some(&["napi", "napi-build", "napi-derive", "serde_json"]),
    },
    Room {
        name: "humantwin-wasm",
        rooms: &["humantwin"],
        others: Some(&["js-sys", "serde_json", "wasm-bindgen"]),
    },
    // The demo simulates its person: docs/adr/0011-simulator-in-the-command.md.
    Room { name: "humantwin-cli", rooms: &["humantwin", "twin-testkit"], others: None },
    Room {
        name: "humantwin-python",
        // The wheel carries the command.
        rooms: &["humantwin", "humantwin-cli"],
        others: Some(&[
            "arrow-array",
            "arrow-cast",
            "arrow-schema",
            "numpy",
            "pyo3",
            "pyo3-arrow",
            "serde_json",
        ]),
    },
    Room { name: "humantwin-mobile", rooms: &["humantwin"], others: Some(&["serde_json", "uniffi"]) },
    Room { name: "humantwin-bindgen", rooms: &[], others: Some(&["uniffi"]) },
];

/// Rooms that measure and check the others; they may import all of them.
const DEVELOPMENT: &[&str] = &["xtask", "humantwin-benches"];

/// Crates that only a room with their names in its row may import: language borders and async runtimes.
const NEVER: &[&str] =
    &["pyo3", "napi", "uniffi", "wasm-bindgen", "tokio", "async-std", "smol", "futures-executor", "reqwest"];

/// Zones come from the bundled database and are handed in: these would read the machine.
const NEVER_JIFF: &[&str] = &["tz-system", "tzdb-zoneinfo", "default"];

/// Every dependency of `cargo metadata` that the table does not allow.
pub(super) fn check(metadata: &Value) -> Vec<String> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let packages = list(&metadata["packages"]);
    let ours: Vec<String> = packages.iter().map(|p| word(&p["name"])).collect();
    let mut findings = Vec::new();
    for package in &packages {
        let name = word(&package["name"]);
        if DEVELOPMENT.contains(&name.as_str()) {
            continue;
        }
        let Some(room) = ROOMS.iter().find(|room| room.name == name) else {
            findings.push(format!("`{name}` is a new room: give it a row in xtask/src/arch/rooms.rs"));
            continue;
        };
        for dependency in list(&package["dependencies"]) {
            // `kind` is null for what the library itself needs, optional or not.
            if !at(&dependency, "kind").is_null() {
                continue;
            }
            let import = word(at(&dependency, "name"));
            let allowed = if ours.contains(&import) {
                room.rooms.contains(&import.as_str())
            } else {
                let named = |list: &[&str]| list.contains(&import.as_str());
                room.others.map_or_else(|| !named(NEVER), named)
            };
            if !allowed {
                findings.push(format!("{name} may not import {import}"));
            }
            if import == "jiff" && room.others.is_some() {
                let mut features: Vec<String> = list(at(&dependency, "features")).iter().map(word).collect();
                if at(&dependency, "uses_default_features").as_bool() == Some(true) {
                    features.push("default".into());
                }
                for feature in features.iter().filter(|f| NEVER_JIFF.contains(&f.as_str())) {
                    findings.push(format!("{name} may not use jiff's `{feature}`: it reads the machine"));
                }
            }
        }
    }
    findings
}

/// A member of a JSON object; null where it is not there.
fn at<'a>(value: &'a Value, key: &str) -> &'a Value {
    value.get(key).unwrap_or(&Value::Null)
}

#[cfg(test)]
mod tests {
    use super::check;
    use serde_json::{Value, json};

    fn package(name: &str, imports: &[&str]) -> Value {
        let dependencies: Vec<Value> =
            imports.iter().map(|i| json!({ "name": i, "kind": null, "features": [] })).collect();
        json!({ "name": name, "dependencies": dependencies })
    }

    #[test]
    fn a_wall_broken_is_named() {
        let metadata = json!({ "packages": [
            package("twin-core", &["twin-macros", "serde", "twin-store", "rusqlite"]),
            package("twin-models", &["twin-core", "twin-adapters"]),
            package("twin-store", &["twin-core", "tokio"]),
            package("twin-adapters", &["twin-core"]),
            package("twin-macros", &[]),
            package("attic", &[]),
        ]});
        assert_eq!(
            check(&metadata),
            [
                "twin-core may not import twin-store",
                "twin-core may not import rusqlite",
                "twin-models may not import twin-adapters",
                "twin-store may not import tokio",
                "`attic` is a new room: give it a row in xtask/src/arch/rooms.rs",
            ]
        );
    }

    #[test]
    fn tests_may_import_more_and_zones_stay_bundled() {
        let metadata = json!({ "packages": [{ "name": "twin-core", "dependencies": [
            { "name": "proptest", "kind": "dev", "features": [] },
            { "name": "jiff", "kind": null, "features": ["std", "tz-system"], "uses_default_features": false },
        ]}]});
        assert_eq!(check(&metadata), ["twin-core may not use jiff's `tz-system`: it reads the machine"]);
    }
}
