#!/bin/sh
# Tests the CalDAV engine against Radicale: makes an environment inside the target folder, starts the server on a
# free port of this machine, runs the test, or the command that is given, and stops the server.
# Needs Python 3.9 or later with venv, Rust, and the package index. PYTHON names another Python.
set -eu

root=$(cd "$(dirname "$0")/../../.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
export CARGO_TARGET_DIR="$target"
tools="$target/radicale"
python="$tools/bin/python"

[ -x "$python" ] || "${PYTHON:-python3}" -m venv "$tools"
"$python" -m pip install --quiet --disable-pip-version-check -r "$root/twin-adapters/tests/caldav/requirements.txt"

if [ $# -eq 0 ]; then
  # Built first: the server only runs for the test itself.
  cargo test --quiet --profile ci --workspace --test caldav --no-run
  set -- cargo test --quiet --profile ci --workspace --test caldav radicale
fi

work=$(mktemp -d)
server=
stop() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  [ -z "$server" ] || wait "$server" 2>/dev/null || true
  rm -rf "$work"
}
trap stop EXIT
trap 'exit 1' INT TERM

echo "me:secret" > "$work/users"
port=$("$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
"$python" -m radicale --config "" --server-hosts "127.0.0.1:$port" \
  --auth-type htpasswd --auth-htpasswd-filename "$work/users" --auth-htpasswd-encryption plain --auth-delay 0 \
  --rights-type owner_only --storage-filesystem-folder "$work/storage" --logging-level warning \
  > "$work/log" 2>&1 &
server=$!

# Up when it answers; 10 s are plenty.
"$python" - "$port" <<'PY' || { cat "$work/log" >&2; exit 1; }
import socket, sys, time
for _ in range(100):
    try:
        socket.create_connection(("127.0.0.1", int(sys.argv[1])), 1).close()
        sys.exit(0)
    except OSError:
        time.sleep(0.1)
sys.exit("the server does not start")
PY

if ! HUMANTWIN_CALDAV="http://127.0.0.1:$port/" "$@"; then
  cat "$work/log" >&2
  exit 1
fi
