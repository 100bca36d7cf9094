#!/bin/sh
# Wheels for Linux, built on any Linux: zig links against old C libraries, so no container is needed.
# Needs: maturin[zig], rustup. Arguments choose targets; default: all.
set -eu
cd "$(dirname "$0")/.."
out=${CARGO_TARGET_DIR:-../target}/wheels

[ $# -gt 0 ] || set -- x86_64-unknown-linux-gnu aarch64-unknown-linux-gnu armv7-unknown-linux-gnueabihf \
    x86_64-unknown-linux-musl aarch64-unknown-linux-musl
for target in "$@"; do
    case $target in
        *musl) platform=musllinux_1_2 ;;
        *) platform=manylinux_2_28 ;;
    esac
    rustup target add "$target"
    maturin build --release --strip --zig --target "$target" --compatibility "$platform" --out "$out"
done
python3 packaging/check_wheel.py "$out"/humantwin-*linux*.whl
