#!/bin/sh
# Builds the Rust library for this machine, and writes the Swift and Kotlin sides of its border.
# usage: border.sh OUT [PROFILE]
#   OUT/native/<platform>/libhumantwin_mobile.so   as JNA looks for it in a jar
#   OUT/kotlin/                                    Kotlin sources
#   OUT/swift/HumantwinBorder, OUT/swift/HumantwinFFI   targets of the Swift package
set -eu
out=$1
profile=${2:-ci}
root=$(cd "$(dirname "$0")/../.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
mkdir -p "$out"
out=$(cd "$out" && pwd)
cd "$root"

# Both at once: cargo then builds what they share once. What UniFFI knows of the library stands in its symbols, and a
# stripped one has none: the two sides are always written from the ci build.
cargo build --quiet --profile ci -p humantwin-mobile -p humantwin-bindgen
[ "$profile" = ci ] || cargo build --quiet --profile "$profile" -p humantwin-mobile

case $(uname -s)-$(uname -m) in
    Linux-x86_64) platform=linux-x86-64 library=libhumantwin_mobile.so ;;
    Linux-aarch64) platform=linux-aarch64 library=libhumantwin_mobile.so ;;
    Darwin-arm64) platform=darwin-aarch64 library=libhumantwin_mobile.dylib ;;
    Darwin-x86_64) platform=darwin-x86-64 library=libhumantwin_mobile.dylib ;;
    *) echo "border.sh: no platform of ours: $(uname -sm)" >&2; exit 1 ;;
esac
mkdir -p "$out/native/$platform" "$out/kotlin" "$out/swift/HumantwinBorder" "$out/swift/HumantwinFFI"
cp "$target/$profile/$library" "$out/native/$platform/"

known=$target/ci/$library
bindgen=$target/ci/humantwin-bindgen
"$bindgen" generate "$known" --config bindings-swift-kotlin/border.toml --language kotlin --no-format --out-dir "$out/kotlin"
written=$(mktemp -d)
trap 'rm -rf "$written"' EXIT
"$bindgen" generate "$known" --config bindings-swift-kotlin/border.toml --language swift --no-format --out-dir "$written"
cp "$written"/*.swift "$out/swift/HumantwinBorder/"
cp "$written"/*.h "$out/swift/HumantwinFFI/"
printf 'module HumantwinFFI {\n    header "HumantwinFFI.h"\n    link "humantwin_mobile"\n    export *\n}\n' \
    > "$out/swift/HumantwinFFI/module.modulemap"
