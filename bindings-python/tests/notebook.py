"""Runs a notebook from the top, in a folder of its own; the first cell that fails ends it."""

import os
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient


def main() -> None:
    """Runs the notebook named by the first argument; with `--keep`, writes what the cells showed."""
    path = Path(sys.argv[1])
    notebook = nbformat.read(path, as_version=4)
    # The command of this environment comes first, as when it is activated.
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    with tempfile.TemporaryDirectory() as folder:
        resources = {"metadata": {"path": folder}}
        NotebookClient(notebook, timeout=300, kernel_name="python3", resources=resources).execute()
    shown = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.outputs]
    print(f"{path.name}: {len(notebook.cells)} cells, {len(shown)} show something")
    if not shown:
        sys.exit("the notebook shows nothing")
    if "--keep" in sys.argv:
        for cell in notebook.cells:
            cell.metadata.pop("execution", None)
        nbformat.write(notebook, path)


if __name__ == "__main__":
    main()
