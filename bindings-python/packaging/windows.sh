#!/bin/sh
# Wheels for Windows, built on Linux: cargo-xwin fetches Microsoft's SDK (its licence applies), PyO3 makes the
# import library of Python. Needs: maturin, cargo-xwin, clang, rustup. On Windows: `maturin build --release`.
set -eu
cd "$(dirname "$0")/.."
out=${CARGO_TARGET_DIR:-../target}/wheels

for target in x86_64-pc-windows-msvc aarch64-pc-windows-msvc; do
    rustup target add "$target"
    maturin build --release --strip --target "$target" --features pyo3/generate-import-lib --out "$out"
done
python3 packaging/check_wheel.py "$out"/humantwin-*win*.whl
