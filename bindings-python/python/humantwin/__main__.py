"""The `humantwin` command."""

import signal
import sys

from ._native import run_command


def main() -> int:
    """Runs the command with the arguments of this process and gives its exit code."""
    # As in any program: the key that interrupts ends it. The command takes it over where it has work to save.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return run_command(["humantwin", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
