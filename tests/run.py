"""Every check of the project, the one that people and CI run: ``python tests/run.py [PYTEST OPTIONS]``.

Lint, strict types, the import contract, and the tests. All run, whatever the others say; the exit code is 0 only where
all passed. Types and contract are checked beside the tests; what they find stands behind the tests' closing line.
Options are handed to pytest.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
IMPORT_CONTRACT = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
BESIDE = {"mypy": ["-m", "mypy"], "import contract": ["-c", IMPORT_CONTRACT]}


def main(pytest_options: list[str]) -> int:
    tests = ["-m", "pytest", "-n", "auto", "--maxprocesses", "4", "--dist", "worksteal", *pytest_options]
    with tempfile.TemporaryDirectory() as folder:
        said = {name: Path(folder) / f"{name}.txt" for name in BESIDE}
        beside = {}
        for name, arguments in BESIDE.items():
            with said[name].open("wb") as stream:
                beside[name] = subprocess.Popen(
                    [sys.executable, *arguments], cwd=ROOT, stdout=stream, stderr=subprocess.STDOUT
                )
        foreground = {"ruff": ["-m", "ruff", "check"], "pytest": tests}
        failed = [name for name, arguments in foreground.items() if _fails(name, arguments)]
        for name, process in beside.items():
            if process.wait():
                print(f"== {name}\n{said[name].read_text('utf-8', errors='replace')}", flush=True)
                failed.append(name)
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def _fails(name: str, arguments: list[str]) -> bool:
    print(f"== {name}", flush=True)
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, check=False).returncode != 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
