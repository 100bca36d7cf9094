//! Who does which task.

use super::{Formula, of, table};
use serde_json::json;
use twin_models::plan::assignment::assign;

/// What answers here.
pub(super) const FORMULAS: &[Formula] = &[of("rectangular linear assignment (minimum cost)", "total", |c| {
    Some(json!(assign(&table(c, "cost")?).ok()?.total))
})];
