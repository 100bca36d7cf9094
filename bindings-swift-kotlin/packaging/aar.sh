#!/bin/sh
# Makes `humantwin.aar` with four ABIs. Needs the Android NDK (ANDROID_NDK_HOME), cargo-ndk, Maven and a JDK.
# usage: aar.sh OUT
set -eu
: "${ANDROID_NDK_HOME:?names the folder of the Android NDK}"
mkdir -p "$1"
out=$(cd "$1" && pwd)
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"

rustup --quiet target add aarch64-linux-android armv7-linux-androideabi i686-linux-android x86_64-linux-android
rm -rf "$out/aar"
mkdir -p "$out/aar/jni"
# minSdk 26: the first with java.time. Pages of 16 KiB, as newer phones have them.
RUSTFLAGS="${RUSTFLAGS:-} -C link-arg=-Wl,-z,max-page-size=16384" \
    cargo ndk --platform 26 -t arm64-v8a -t armeabi-v7a -t x86 -t x86_64 -o "$out/aar/jni" \
    build --release -p humantwin-mobile

# The classes, without a native library inside. On 32 bits JNA reads the checksums of UniFFI wrongly: they are left out.
bindings-swift-kotlin/packaging/border.sh "$out/border" ci
sed 's/^cdylib_name = "humantwin_mobile"$/&\nomit_checksums = true/' bindings-swift-kotlin/border.toml > "$out/border.toml"
rm -rf "$out/border/kotlin"
"${CARGO_TARGET_DIR:-target}/ci/humantwin-bindgen" generate "${CARGO_TARGET_DIR:-target}"/ci/libhumantwin_mobile.so \
    --config "$out/border.toml" --language kotlin --no-format --out-dir "$out/border/kotlin"
mkdir -p "$out/none"
mvn -q -B -f bindings-swift-kotlin/kotlin/pom.xml -Dout="$out/library" -Dborder="$out/border/kotlin" -Dnative="$out/none" -Dmaven.test.skip=true package
cp "$out"/library/humantwin-*.jar "$out/aar/classes.jar"

cat > "$out/aar/AndroidManifest.xml" <<'X'
<manifest xmlns:android="http://schemas.android.com/apk/res/android" package="io.github.humantwin">
    <uses-sdk android:minSdkVersion="26" />
</manifest>
X
printf -- '-keep class com.sun.jna.** { *; }\n-keep class io.github.humantwin.border.** { *; }\n-dontwarn java.awt.**\n' \
    > "$out/aar/proguard.txt"
: > "$out/aar/R.txt"
rm -f "$out/humantwin.aar"
(cd "$out/aar" && zip -qr ../humantwin.aar .)
ls -l "$out/humantwin.aar"
