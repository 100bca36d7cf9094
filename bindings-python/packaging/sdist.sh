#!/bin/sh
# The source distribution, and a wheel built from it in an empty environment. Needs: maturin, Rust.
set -eu
cd "$(dirname "$0")/.."
out=${CARGO_TARGET_DIR:-../target}/wheels

maturin sdist --out "$out"
python3 -m pip wheel --no-deps --wheel-dir "$out/from-source" "$out"/humantwin-*.tar.gz
python3 packaging/check_wheel.py "$out"/from-source/humantwin-*.whl
