"""The command line. ``main`` runs it and turns every error into one line and an exit code."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Entry point of ``communitycheck``."""
    from communitycheck.cli.run import run

    code = run(sys.argv[1:])
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)
