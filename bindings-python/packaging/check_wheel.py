"""Says what is wrong with a wheel: `python check_wheel.py WHEEL…`."""

import re
import sys
import zipfile

NEEDED = [
    "humantwin/__init__.py",
    "humantwin/py.typed",
    "humantwin/_native.pyi",
    "humantwin/types.py",
    r"humantwin/_native\.(abi3\.so|pyd)",
    r"humantwin-[^/]*\.dist-info/licenses/LICENSE-MIT",
    r"humantwin-[^/]*\.dist-info/licenses/LICENSE-APACHE",
]


def findings(path: str) -> list[str]:
    """What is missing, and what should not be there."""
    with zipfile.ZipFile(path) as wheel:
        names = wheel.namelist()
        found = [f"`{n}` is missing" for n in NEEDED if not any(re.fullmatch(n, name) for name in names)]
        found += [
            f"`{name}` should not be there" for name in names if "test" in name or "__pycache__" in name
        ]
        entry = [name for name in names if name.endswith("entry_points.txt")]
        if not entry or b"humantwin=humantwin.__main__:main" not in wheel.read(entry[0]).replace(b" ", b""):
            found.append("the command is missing")
    if not re.search(r"-cp311-abi3-", path):
        found.append("it is not for every Python from 3.11 on")
    return found


def main() -> int:
    """Prints the findings of every wheel."""
    bad = 0
    for path in sys.argv[1:]:
        found = findings(path)
        bad += bool(found)
        print(f"{path}: {'; '.join(found) or 'ok'}")
    return min(bad, 1)


if __name__ == "__main__":
    sys.exit(main())
