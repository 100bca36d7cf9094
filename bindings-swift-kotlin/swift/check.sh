#!/bin/sh
# Builds the Swift package, runs its tests, and the quickstart from an empty package that uses it.
# Swift is what `swift` names, else that of Debian trixie in a folder of its own under the target folder (as root).
# Exit code 77: there is neither. Runs on Linux; on a Mac the package takes its library from the xcframework.
set -eu
[ "$(uname -s)" = Linux ] || exit 77
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
mkdir -p "$target"
target=$(cd "$target" && pwd)
trixie=$target/swift-root

# `inside COMMAND` runs a command where Swift is; `$work` is the folder of the packages, `$seen` the same from there.
if command -v swift >/dev/null; then
    work=$target/swift seen=$work
    inside() { sh -c "$1"; }
else
    [ "$(id -u)" = 0 ] || exit 77
    work=$trixie/work seen=/work
    inside() { chroot "$trixie" /usr/bin/env HOME=/root PATH=/usr/bin:/bin sh -c "$1"; }
    if [ ! -e "$trixie/ready" ]; then
        command -v debootstrap >/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends debootstrap; } >/dev/null || exit 77
        debootstrap --variant=minbase trixie "$trixie" http://deb.debian.org/debian >/dev/null || exit 77
        inside "apt-get install -y -qq --no-install-recommends swiftlang libc6-dev libstdc++-14-dev gcc binutils git ca-certificates" >/dev/null || exit 77
        touch "$trixie/ready"
    fi
    # The compiler looks itself up there.
    mountpoint -q "$trixie/proc" || mount -t proc proc "$trixie/proc"
    trap 'umount "$trixie/proc" 2>/dev/null || true' EXIT
fi

"$root/bindings-swift-kotlin/packaging/border.sh" "$target/swift-border"
mkdir -p "$work/Humantwin" "$work/quickstart" "$work/lib"
cp "$target"/swift-border/native/*/libhumantwin_mobile.* "$work/lib/"
cp -r "$here/Package.swift" "$here/Sources" "$here/Tests" "$work/Humantwin/"
cp -r "$target/swift-border/swift/." "$work/Humantwin/Sources/"
rm -rf "$work/scenarios" "$work/schemas"
cp -r "$root/conformance/scenarios" "$root/schemas" "$work/"
link="-Xlinker -L$seen/lib -Xlinker -rpath -Xlinker $seen/lib"

# Warnings of our own sources are errors; those of what UniFFI wrote are its own.
inside "cd $seen/Humantwin && swift build --build-tests $link 2>&1" > "$work/said" || { cat "$work/said"; exit 1; }
if grep "warning:" "$work/said" | grep -v HumantwinBorder; then exit 1; fi
inside "cd $seen/Humantwin && SCENARIOS=$seen/scenarios SCHEMAS=$seen/schemas swift test --skip-build 2>&1" > "$work/said" \
    || { cat "$work/said"; exit 1; }
# None run would be no failure of theirs.
grep 'Executed [1-9][0-9]* tests, with 0 failures' "$work/said" | tail -n 1 | grep .

cp "$root/examples/swift/Package.swift" "$root/examples/swift/Quickstart.swift" "$work/quickstart/"
inside "cd $seen/quickstart && HUMANTWIN=../Humantwin swift run -Xswiftc -warnings-as-errors $link 2>$seen/built" > "$work/said" \
    || { cat "$work/said" "$work/built"; exit 1; }
echo "you slept 7.5 h, 80 mg caffeine, heart rate 61" | diff - "$work/said"
echo "the Swift quickstart prints its line from an empty package"

# `prints NAME GOLDEN`: the example `NAME.swift`, from an empty package of its own.
prints() {
    mkdir -p "$work/$1"
    cp "$root/examples/swift/$1.swift" "$work/$1/"
    sed "s/Quickstart/$1/g" "$root/examples/swift/Package.swift" > "$work/$1/Package.swift"
    inside "cd $seen/$1 && HUMANTWIN=../Humantwin swift run -Xswiftc -warnings-as-errors $link 2>$seen/built" > "$work/said" \
        || { cat "$work/said" "$work/built"; exit 1; }
    diff "$root/examples/$2" "$work/said"
}
prints Predict predict.txt
echo "the Swift prediction is that of every language"
prints Work work.txt
echo "the Swift plan is that of every language"
