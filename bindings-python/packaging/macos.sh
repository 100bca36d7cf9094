#!/bin/sh
# One wheel for Intel and Apple silicon. Runs on macOS: Apple's SDK may not leave it. Needs: maturin, rustup, Xcode.
set -eu
cd "$(dirname "$0")/.."
out=${CARGO_TARGET_DIR:-../target}/wheels
[ "$(uname)" = Darwin ] || { echo "this runs on macOS only"; exit 1; }

rustup target add x86_64-apple-darwin aarch64-apple-darwin
MACOSX_DEPLOYMENT_TARGET=11.0 maturin build --release --strip --target universal2-apple-darwin --out "$out"
python3 packaging/check_wheel.py "$out"/humantwin-*macosx*.whl
