#!/bin/sh
# Builds the Kotlin library, runs its tests, and the quickstart from an empty project against the built jar.
# Exit code 77: Maven and a JDK are missing and cannot be installed.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
mkdir -p "$target"
out=$(cd "$target" && pwd)/kotlin

if ! command -v mvn >/dev/null || ! command -v javac >/dev/null; then
    as_root=$([ "$(id -u)" = 0 ] || echo sudo)
    { $as_root apt-get update -qq \
        && $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends maven default-jdk-headless
    } >/dev/null || exit 77
fi

"$root/bindings-swift-kotlin/packaging/border.sh" "$out/border"
# A repository of our own: what is tested is what was just built.
maven() { mvn -q -B -Dstyle.color=never -Dmaven.repo.local="$out/m2" "$@"; }
rm -rf "$out/repo" "$out/m2/io/github/humantwin" "$out/empty"
maven -f "$here/pom.xml" -Dout="$out/library" -Dborder="$out/border/kotlin" -Dnative="$out/border/native" \
    -DaltDeploymentRepository="local::file:$out/repo" deploy

cp -r "$root/examples/kotlin" "$out/empty"
maven -f "$out/empty/pom.xml" -s "$here/settings.xml" -Dhumantwin.repo="file:$out/repo" \
    compile exec:java > "$out/said"
# Some terminals make Maven colour what it does not say.
sed 's/\x1b\[[0-9;]*m//g' "$out/said" | grep . > "$out/line"
echo "you slept 7.5 h, 80 mg caffeine, heart rate 61" | diff - "$out/line"
echo "the Kotlin quickstart prints its line from an empty project"
# `prints CLASS GOLDEN`: another example of that project, compiled with it.
prints() {
    maven -f "$out/empty/pom.xml" -s "$here/settings.xml" -Dhumantwin.repo="file:$out/repo" \
        -Dexec.mainClass="$1" exec:java > "$out/said"
    sed 's/\x1b\[[0-9;]*m//g' "$out/said" | grep . | diff "$root/examples/$2" -
}
prints predict.PredictKt predict.txt
echo "the Kotlin prediction is that of every language"
prints work.WorkKt work.txt
echo "the Kotlin plan is that of every language"
