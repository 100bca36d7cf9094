//! Parameters of the population, fitted anew: `cargo xtask fit WHAT [--data DIR]`.

pub(crate) mod readiness;
pub(crate) mod stress;

/// Fits one of them.
pub(crate) fn run(args: &[&str]) -> Result<(), String> {
    match args {
        ["readiness", rest @ ..] => readiness::run(&crate::eval::folder(rest)?),
        ["stress", rest @ ..] => stress::run(&crate::eval::folder(rest)?),
        _ => Err("`fit` needs `readiness` or `stress`, and takes --data DIR".into()),
    }
}
