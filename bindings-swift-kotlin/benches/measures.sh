#!/bin/sh
# What the border costs in Kotlin and Swift, as JSON lists on the output.
# usage: measures.sh [PROFILE]    default: release
# Swift is measured where `bindings-swift-kotlin/swift/check.sh` has run before.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
profile=${1:-release}
target=${CARGO_TARGET_DIR:-$root/target}
mkdir -p "$target/measures"
target=$(cd "$target" && pwd)
out=$target/measures
cd "$root"

bindings-swift-kotlin/packaging/border.sh "$out/border" "$profile"
cargo bench --quiet -p humantwin-mobile --bench own --profile "$profile" > "$out/own"
library=$(ls "$out"/border/native/*/libhumantwin_mobile.*)
cp "$library" "$out/stripped"
strip "$out/stripped" 2>/dev/null || true
bytes=$(wc -c < "$out/stripped")
ok=$([ "$bytes" -le 6291456 ] && echo true || echo false)
echo "[{\"name\":\"library_$profile\",\"value\":$bytes,\"unit\":\"B\",\"ratio\":null,\"floor\":6291456,\"ok\":$ok}]"

if command -v mvn >/dev/null; then
    maven() { mvn -q -B -Dstyle.color=never -Dmaven.repo.local="$out/m2" "$@"; }
    [ -d "$out/m2" ] || { [ -d "$target/kotlin/m2" ] && cp -r "$target/kotlin/m2" "$out/m2"; }
    rm -rf "$out/repo" "$out/m2/io/github/humantwin" "$out/kotlin"
    maven -f bindings-swift-kotlin/kotlin/pom.xml -Dout="$out/library" -Dborder="$out/border/kotlin" -Dnative="$out/border/native" \
        -Dmaven.test.skip=true -DaltDeploymentRepository="local::file:$out/repo" deploy
    mkdir -p "$out/kotlin"
    cp examples/kotlin/pom.xml bindings-swift-kotlin/benches/Measures.kt "$out/kotlin/"
    maven -f "$out/kotlin/pom.xml" -s bindings-swift-kotlin/kotlin/settings.xml -Dhumantwin.repo="file:$out/repo" \
        -Dexec.mainClass=MeasuresKt -Dexec.args="$out/own" compile exec:java
fi

trixie=$target/swift-root
if command -v swift >/dev/null; then
    work=$target/swift seen=$work
    inside() { sh -c "$1"; }
elif [ -e "$trixie/ready" ]; then
    work=$trixie/work seen=/work
    inside() { chroot "$trixie" /usr/bin/env HOME=/root PATH=/usr/bin:/bin sh -c "$1"; }
    mountpoint -q "$trixie/proc" || mount -t proc proc "$trixie/proc"
else
    exit 0
fi
mkdir -p "$work/measures" "$work/fast"
cp "$library" "$work/fast/"
cp "$out/own" "$work/own"
cp bindings-swift-kotlin/benches/Measures.swift "$work/measures/"
sed 's/Quickstart/Measures/g' examples/swift/Package.swift > "$work/measures/Package.swift"
link="-Xlinker -L$seen/fast -Xlinker -rpath -Xlinker $seen/fast"
inside "cd $seen/measures && HUMANTWIN=../Humantwin swift run -c release $link Measures $seen/own 2>$seen/built" || { cat "$work/built"; exit 1; }
