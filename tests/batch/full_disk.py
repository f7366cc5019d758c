"""A disk that is full at each write of a run: ``python tests/batch/full_disk.py [--every 1] [--only reports]``.

Each command that writes is run on a small disk of its own (tmpfs), over the results of an earlier run, with room for no
page, for one, for two, and so on until there is enough; so every write of the run, of reports, lists, journals,
indexes, copies and temporary files, is once the one that does not fit. The same with places for files (inodes) in
place of pages, and with the folder for temporary files on that disk. What has to hold is said in ``stage.py``.

File systems of one's own have to be allowed (Linux, ``unshare -rm``). ``--every`` takes each n-th step alone. The exit
code is 1 where anything was wrong.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

from batch.stage import JOBS, THROUGH_TEMPORARY, Done, Stage, load, run_apart

PAGE = 4096
DISK = "size=8m,nr_inodes=600"
INSIDE = "INSIDE_A_NAMESPACE"


def may_mount() -> bool:
    """Whether file systems of one's own are allowed here."""
    if shutil.which("unshare") is None:
        return False
    tried = ["unshare", "-rm", "mount", "-t", "tmpfs", "-o", "size=64k", "none", "/mnt"]
    return subprocess.run(tried, capture_output=True, check=False).returncode == 0


def leave_pages(disk: Path, room: int) -> None:
    """Fill ``disk`` up to so many pages."""
    taken = os.statvfs(disk).f_bfree - room
    with (disk / "fill").open("wb") as fill:
        os.posix_fallocate(fill.fileno(), 0, max(taken, 1) * PAGE)


def leave_places(disk: Path, room: int) -> None:
    """Fill ``disk`` with files until it takes so many more."""
    (disk / "fill").mkdir()
    for number in range(os.statvfs(disk).f_ffree - room):
        (disk / "fill" / str(number)).touch()


def make_room(disk: Path) -> None:
    fill = disk / "fill"
    if fill.is_dir():
        shutil.rmtree(fill)
    else:
        fill.unlink()


WAYS: dict[str, Callable[[Path, int], None]] = {"pages": leave_pages, "places for files": leave_places}


def steps(stage: Stage, way: str, every: int, *, temporary: bool) -> Iterator[tuple[int, Done, list[str]]]:
    """The job with room for 0, ``every``, … pages or files, up to where there is enough."""
    disk = stage.home / "disk"
    place = stage.home / "tmp-disk" if temporary else disk
    variables = {"TMPDIR": str(place)} if temporary else {}
    # Python passes over a folder for temporary files that takes none at all.
    for room in count(1 if temporary else 0, every * (stage.job.stride if way == "pages" else 1)):
        stage.restore()
        WAYS[way](place, room)
        done = run_apart(stage.job.words, stage.home, variables=variables)
        wrong = stage.faults(done, "temporary" if temporary else "disk")
        wrong += [f"{one.name} was left" for one in place.glob("communitycheck-*") if temporary]
        make_room(place)
        wrong += stage.faults_afterwards()
        yield room, done, wrong
        if done.code == stage.code and stage.files() == stage.new and "error" not in done.said:
            return


def run(only: str, every: int) -> int:
    """Try all; how much was wrong."""
    wrong = hits = runs = 0
    writes: set[tuple[str, str]] = set()
    todo = [(name, way, False) for name in JOBS for way in WAYS]
    todo += [(name, way, True) for name in THROUGH_TEMPORARY for way in WAYS]
    home = Path(tempfile.mkdtemp(prefix="full-disk-"))
    load()
    try:
        for number, (name, way, temporary) in enumerate(todo):
            title = f"{name}, {way}{' of the folder for temporary files' if temporary else ''}"
            if only not in title:
                continue
            stage = Stage(home / str(number), JOBS[name])
            for folder in ("disk", "tmp-disk"):
                (stage.home / folder).mkdir(parents=True)
                mounted = ["mount", "-t", "tmpfs", "-o", DISK, "none", str(stage.home / folder)]
                subprocess.run(mounted, check=True)
            stage.prepare()
            last = here = 0
            for room, done, found in steps(stage, way, every, temporary=temporary):
                last, here, runs = room, here + (done.code == 2), runs + 1
                writes |= {(title, re.sub(r"-[0-9a-f-]+\.", "-x.", one)) for one in named(done.said)}
                for one in found:
                    print(f"  {title}, room for {room}: {one}", flush=True)
                wrong += bool(found)
            print(f"{title}: {here} runs hit, enough with {last}", flush=True)
            hits += here
    finally:
        for folder in home.glob("*/*disk"):
            subprocess.run(["umount", str(folder)], check=False)
        shutil.rmtree(home)
    print(f"{runs} runs, {hits} of them hit at {len(writes)} different files, {wrong} with faults")
    return wrong


def named(said: str) -> list[str]:
    """The files that were not written."""
    return re.findall(r"(?:full; |error: )(\S+?)(?: was not written|: )", said)


def main() -> int:
    parser = argparse.ArgumentParser(description="A disk that is full at each write.")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--only", default="", help="what the title of a trial has to hold")
    options = parser.parse_args()
    if INSIDE not in os.environ:
        if not may_mount():
            print("no file system of one's own may be mounted here")
            return 2
        command = ["unshare", "-rm", sys.executable, *sys.argv]
        return subprocess.run(command, env={**os.environ, INSIDE: "1"}, check=False).returncode
    return 1 if run(options.only, options.every) else 0


if __name__ == "__main__":
    sys.exit(main())
