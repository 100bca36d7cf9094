//! The Kotlin library: `bindings-swift-kotlin/kotlin/check.sh`.

use super::Outcome;

pub(super) fn check() -> Result<Outcome, String> {
    super::swift::script(
        "bindings-swift-kotlin/kotlin/check.sh",
        "Maven and a JDK are missing and cannot be installed",
    )
}
