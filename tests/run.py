"""Every check of the project, the one that people and CI run: ``python tests/run.py [PYTEST OPTIONS]``.

Lint, strict types, the import contract, then the tests. All run, whatever the earlier ones say; the exit code is 0
only where all passed. Options are handed to pytest.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
IMPORT_CONTRACT = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"


def main(pytest_options: list[str]) -> int:
    checks = {
        "ruff": ["-m", "ruff", "check"],
        "mypy": ["-m", "mypy"],
        "import contract": ["-c", IMPORT_CONTRACT],
        "pytest": ["-m", "pytest", "-n", "auto", "--maxprocesses", "4", "--dist", "worksteal", *pytest_options],
    }
    failed = []
    for name, arguments in checks.items():
        print(f"== {name}", flush=True)
        if subprocess.run([sys.executable, *arguments], cwd=ROOT, check=False).returncode:
            failed.append(name)
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
