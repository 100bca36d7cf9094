#!/bin/sh
# Makes `HumantwinFFI.xcframework` for iOS, its simulator and macOS, with its zip and checksum. Needs a Mac with Xcode.
# usage: xcframework.sh OUT
set -eu
mkdir -p "$1"
out=$(cd "$1" && pwd)
root=$(cd "$(dirname "$0")/../.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
cd "$root"

bindings-swift-kotlin/packaging/border.sh "$out/border" ci
headers=$out/headers
mkdir -p "$headers"
cp "$out/border/swift/HumantwinFFI/HumantwinFFI.h" "$headers/"
printf 'module HumantwinFFI {\n    header "HumantwinFFI.h"\n    export *\n}\n' > "$headers/module.modulemap"

# `library NAME TARGET…`: one static library of several processors.
library() {
    name=$1
    shift
    made=
    for one in "$@"; do
        rustup --quiet target add "$one"
        cargo build --release -p humantwin-mobile --target "$one"
        made="$made $target/$one/release/libhumantwin_mobile.a"
    done
    mkdir -p "$out/$name"
    # shellcheck disable=SC2086
    lipo -create $made -output "$out/$name/libhumantwin_mobile.a"
}
library ios aarch64-apple-ios
library simulator aarch64-apple-ios-sim x86_64-apple-ios
library macos aarch64-apple-darwin x86_64-apple-darwin

rm -rf "$out/HumantwinFFI.xcframework" "$out/HumantwinFFI.xcframework.zip"
xcodebuild -create-xcframework \
    -library "$out/ios/libhumantwin_mobile.a" -headers "$headers" \
    -library "$out/simulator/libhumantwin_mobile.a" -headers "$headers" \
    -library "$out/macos/libhumantwin_mobile.a" -headers "$headers" \
    -output "$out/HumantwinFFI.xcframework"
(cd "$out" && zip -qry HumantwinFFI.xcframework.zip HumantwinFFI.xcframework)
# A released package names the zip by address and checksum, in place of the path in Package.swift.
swift package compute-checksum "$out/HumantwinFFI.xcframework.zip" | tee "$out/HumantwinFFI.xcframework.checksum"

# The package as it is released: sources, what UniFFI wrote, the framework.
package=$out/Humantwin
rm -rf "$package"
mkdir -p "$package"
cp -r bindings-swift-kotlin/swift/Package.swift bindings-swift-kotlin/swift/Sources "$package/"
cp -r "$out/border/swift/HumantwinBorder" "$package/Sources/"
cp -r "$out/HumantwinFFI.xcframework" "$package/"
sed -i '' '/\.testTarget(/d' "$package/Package.swift"
