"""The command line. ``main`` runs it and turns every error into one line and an exit code."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from communitycheck.cli import gc_pauses
from communitycheck.cli.run import Stopped, run


def main() -> None:
    """Entry point of ``communitycheck``."""
    gc_pauses.pause()
    # Nothing here multiplies matrices; the threads that numpy's OpenBLAS would start only spin. Readers inherit it.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # Columns are soon let go of: huge pages hold a tenth more memory, and a virtual machine is slow to hand them out.
    os.environ.setdefault("MIMALLOC_ALLOW_THP", "0")  # Arrow's
    os.environ.setdefault("NUMPY_MADVISE_HUGEPAGE", "0")
    # Started with an output closed (``>&-``), Python has none; what would be printed there goes nowhere.
    sys.stdout = sys.stdout or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stderr or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115

    if not os.environ.get("COMMUNITYCHECK_DEBUG"):
        # What fails once more while it is thrown away, such as an archive on a full disk, has been reported already.
        sys.unraisablehook = lambda _: None

    def stop(number: int, frame: object) -> None:
        raise Stopped(number)

    # What clears up runs: no half-written file, no orphan. Ctrl-Break on Windows is SIGBREAK.
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(number, stop)
    try:
        code = run(sys.argv[1:])
    except Stopped as again:  # stopped once more, while clearing up
        os._exit(128 + again.signal)
    gc_pauses.finish()
    sys.exit(code)
