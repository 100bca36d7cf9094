//! humantwin
