//! `uniffi-bindgen`, at the version that `humantwin-mobile` is built with.

fn main() {
    uniffi::uniffi_bindgen_main();
}
