#!/bin/sh
# Tests the Python package: formats, types, the wheel, its tests, an empty install, the notebook.
# Needs a Python of 3.11 or later with venv, Rust, and the package index. PYTHON names another Python.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
export CARGO_TARGET_DIR="$target"
tools="$target/python"
wheels="$target/python-wheels"
package="$root/bindings-python"

step() { echo "-- $1"; }

step "tools"
[ -x "$tools/bin/python" ] || "${PYTHON:-python3}" -m venv "$tools"
"$tools/bin/python" -m pip install --quiet --disable-pip-version-check -r "$package/tests/requirements.txt"

step "formats"
"$tools/bin/ruff" format --quiet --check "$package" "$root/examples/python"
"$tools/bin/ruff" check --quiet --config "$package/pyproject.toml" "$package" "$root/examples/python"

step "wheel"
rm -rf "$wheels"
(cd "$package" && "$tools/bin/maturin" build --profile ci --quiet --out "$wheels" --interpreter "$tools/bin/python")
"$tools/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --force-reinstall "$wheels"/humantwin-*.whl

"$tools/bin/python" "$package/packaging/check_wheel.py" "$wheels"/humantwin-*.whl

step "types"
# Away from the source: what is checked is the package as it is installed.
cd "$target"
"$tools/bin/mypy" --config-file "$package/pyproject.toml" -p humantwin
"$tools/bin/mypy" --config-file "$package/pyproject.toml" "$root/examples/python" "$package/benches" "$package/packaging"
"$tools/bin/pyright" --project "$package" --pythonpath "$tools/bin/python"

step "tests"
(cd "$package" && "$tools/bin/python" -m pytest -q -p no:cacheprovider)

step "empty install"
empty="$target/python-empty"
rm -rf "$empty"
"$tools/bin/python" -m venv "$empty"
"$empty/bin/python" -m pip install --quiet --disable-pip-version-check "$wheels"/humantwin-*.whl
told=$("$empty/bin/python" "$root/examples/python/quickstart.py")
expected="you slept 7.5 h, 80 mg caffeine, heart rate 61"
[ "$told" = "$expected" ] || { echo "the quickstart says: $told"; exit 1; }
echo "$told"
"$empty/bin/python" "$root/examples/python/predict.py" | diff "$root/examples/predict.txt" -
"$empty/bin/python" "$root/examples/python/work.py" | diff "$root/examples/work.txt" -
"$empty/bin/humantwin" demo --days 3 -o "$target/python-demo" > /dev/null

step "notebook"
"$tools/bin/python" "$package/tests/notebook.py" "$root/examples/python/first_twin.ipynb"
