//! The Kotlin library: `kotlin/check.sh`.

use super::Outcome;

pub(super) fn check() -> Result<Outcome, String> {
    super::swift::script("kotlin/check.sh", "Maven and a JDK are missing and cannot be installed")
}
