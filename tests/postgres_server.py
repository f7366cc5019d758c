"""A PostgreSQL server for tests, lean and on a socket in a folder of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

# What a server does without that keeps nothing.
_LEAN = (
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses='' -c max_connections=12 "
    "-c shared_buffers=16MB -c autovacuum=off"
)


def postgres_programs() -> Path | None:
    """The folder with ``initdb``; Debian keeps it away from the path."""
    found = shutil.which("initdb")
    places = [Path(found).parent] if found else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((place for place in places if (place / "initdb").exists() and (place / "pg_ctl").exists()), None)


@contextmanager
def postgres_server(access: str = "") -> Iterator[Path]:
    """A server for as long as it is needed; gives the folder of its socket. It trusts the user ``postgres``.

    It refuses to run as root, so there it runs as the user that the package has made for it.

    Args:
        access: lines of its ``pg_hba.conf`` that come first.
    """
    programs = postgres_programs()
    assert programs is not None
    as_other: dict[str, Any] = {}
    if os.name == "posix" and os.geteuid() == 0:
        as_other = {"user": "postgres", "group": "postgres", "extra_groups": []}
    folder = Path(tempfile.mkdtemp(prefix="cc-pg-", dir="/tmp"))  # the path of a socket must be short
    if as_other:
        shutil.chown(folder, "postgres")
        folder.chmod(0o755)
    data = folder / "data"

    def run(*command: str) -> None:
        nothing, told = subprocess.DEVNULL, subprocess.PIPE
        subprocess.run(command, check=True, stdout=nothing, stderr=told, cwd=folder, **as_other)

    try:
        run(
            str(programs / "initdb"),
            "-D",
            str(data),
            "-U",
            "postgres",
            "-A",
            "trust",
            "-N",
            "--no-locale",
            "-E",
            "UTF8",
        )
        if access:
            rules = data / "pg_hba.conf"
            rules.write_text(access + rules.read_text())
        log = str(folder / "log")
        run(str(programs / "pg_ctl"), "-D", str(data), "-w", "-l", log, "-o", f"{_LEAN} -k {folder}", "start")
        yield folder
    finally:
        if (data / "postmaster.pid").exists():
            run(str(programs / "pg_ctl"), "-D", str(data), "-w", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)
