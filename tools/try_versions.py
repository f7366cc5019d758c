"""Try the core of the test suite with fixed versions of the libraries: the lower ends of pyproject.toml, or the tested.

    python tools/try_versions.py lowest            # constraints-lowest.txt
    python tools/try_versions.py tested            # constraints.txt: what the suite passed with, all packages
    python tools/try_versions.py tested --write    # write constraints.txt from what is installed beside this Python

Each makes an environment of its own in a temporary folder, installs the project and the tools of its tests there, and
runs the tests that are named here, or those given behind ``--``.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parents[1]
FILES = {"lowest": ROOT / "constraints-lowest.txt", "tested": ROOT / "constraints.txt"}
CORE = ["tests/checking", "tests/reporting", "tests/sample_data"]
# What these tests import besides the project; of the day, as old test tools tell nothing of the project.
TOOLS = [
    *("hypothesis", "jsonschema", "markdown-it-py", "odfpy", "polars", "psutil", "selenium"),
    *("pytest", "pytest-xdist", "syrupy", "xlwt"),
]
HEAD = "# What the test suite passed with, all packages. Written and tried by tools/try_versions.py.\n"
# What only this machine has, or what is no library.
LEFT_OUT = {"communitycheck", "pip", "setuptools", "wheel"}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("which", choices=FILES)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("tests", nargs="*", default=CORE)
    given = parser.parse_args()
    if given.write:
        FILES["tested"].write_text(HEAD + "".join(f"{line}\n" for line in installed()), "utf-8")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        python = Path(folder, "Scripts" if sys.platform == "win32" else "bin", "python")
        install = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "-c", FILES[given.which]]
        subprocess.run([*install, "-e", ROOT, *TOOLS], check=True)
        return subprocess.run([python, "-m", "pytest", "-q", *given.tests], cwd=ROOT, check=False).returncode


def installed() -> list[str]:
    """The packages beside this Python with their versions, as constraints."""
    found = {one.metadata["Name"]: one.version for one in metadata.distributions()}
    return sorted(f"{name}=={version}" for name, version in found.items() if name.lower() not in LEFT_OUT)


if __name__ == "__main__":
    raise SystemExit(main())
