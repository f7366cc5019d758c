"""Something goes wrong at each step of a run: ``python tests/batch/each_step.py [--every 1] [--only killed]``.

A step is whatever a run does to the folder it writes into: a file made, put in its place, taken away, a folder made.
At each of them in turn the system refuses (a disk full or read-only, a share that is gone), or the run is held while
something happens in that folder: another run of the same or of another kind from its beginning to its end, ``kill
-9``, the folder removed or closed, the list of our own files spoilt, the clock set back. Then the run goes on. What has
to hold is said in ``stage.py``. ``--every`` takes each n-th step alone. The exit code is 1 where anything was wrong.
"""

from __future__ import annotations

import argparse
import atexit
import errno
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

from batch.stage import JOBS, TELLING, Done, Stage, load, run_apart

DEEDS = {"os.rename", "os.remove", "os.mkdir", "os.link", "os.rmdir", "os.truncate"}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Steps:
    """Counts what the run does in a folder, and at one step refuses it, or stops until somebody lets it go on."""

    def __init__(self, folder: Path, number: int, refusal: int = 0, *, lasting: bool = False, deed: str = "") -> None:
        self.folder, self.number, self.refusal, self.lasting, self.deed = str(folder), number, refusal, lasting, deed
        self.done = 0

    def watch(self) -> None:
        sys.addaudithook(self._hook)

    def _hook(self, event: str, values: tuple[Any, ...]) -> None:
        if event == "open":
            if not isinstance(values[2], int) or not values[2] & WRITING:
                return
        elif event not in DEEDS:
            return
        if self.deed and event != self.deed:
            return
        if not any(str(Path.cwd() / str(one)).startswith(self.folder) for one in values[:2]):
            return
        self.done += 1
        if self.done == self.number or (self.lasting and self.done > self.number):
            if self.refusal:
                raise OSError(self.refusal, os.strerror(self.refusal), str(values[0]))
            os.kill(os.getpid(), signal.SIGSTOP)


@dataclass(frozen=True)
class Mischief:
    """What goes wrong; ``act`` gets the stage and the number of the process that is held."""

    refusal: int = 0
    lasting: bool = False
    deed: str = ""
    act: Callable[[Stage, int], None] | None = None
    in_chinese: bool = False  # another run is let in, in this language


def another_run(stage: Stage, _pid: int) -> None:
    done = run_apart(stage.job.words, stage.home)
    assert done.code in (0, 1), done.said


def another_language(stage: Stage, _pid: int) -> None:
    done = run_apart(in_chinese(stage), stage.home)
    assert done.code in (0, 1), done.said


def in_chinese(stage: Stage) -> str:
    return stage.job.words.replace("--lang en", "--lang zh")


def kill(_stage: Stage, pid: int) -> None:
    os.kill(pid, signal.SIGKILL)


def remove(stage: Stage, _pid: int) -> None:
    shutil.rmtree(stage.out)


def spoil_list(stage: Stage, _pid: int) -> None:
    for file in stage.out.rglob(".communitycheck-files.json"):
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def age(stage: Stage, _pid: int) -> None:
    """As if the clock had been set back by two days: all that is there is of the day after tomorrow."""
    later = time.time() + 2 * 86400
    for file in stage.out.rglob("*"):
        os.utime(file, (later, later))


MISCHIEF = {
    "a full disk": Mischief(errno.ENOSPC),
    "a used-up quota, from then on": Mischief(getattr(errno, "EDQUOT", errno.ENOSPC), lasting=True),
    "read-only from then on": Mischief(errno.EROFS, lasting=True),
    "closed from then on": Mischief(errno.EACCES, lasting=True),
    "a share that is gone, from then on": Mischief(errno.ESTALE, lasting=True),
    "a fault of the disk": Mischief(errno.EIO),
    "a name on another disk": Mischief(errno.EXDEV, deed="os.rename"),
    "a file that is running": Mischief(errno.ETXTBSY, deed="os.rename"),
    "killed": Mischief(act=kill),
    "the same run meanwhile": Mischief(act=another_run),
    "a run in another language meanwhile": Mischief(act=another_language, in_chinese=True),
    "the folder removed": Mischief(act=remove),
    "the list spoilt": Mischief(act=spoil_list),
    "the clock set back": Mischief(act=age),
}
TRIED = ("two reports", "marked-up copies", "a file for each return", "a folder for each county", "a cache")


def what_is_wrong(stage: Stage, what: str, done: Done) -> list[str]:
    """What does not hold after the run; see ``MISCHIEF``."""
    if what == "killed":
        return stage.damage()
    if what == "the folder removed":
        now = stage.files()
        whole = [f"{name} is not new" for name in now if now[name] != stage.new.get(name) and name not in TELLING]
        # Where nothing is there, all had been written before.
        all_or_none = not now or now.keys() >= stage.new.keys() - {"theirs.txt"}
        silent = [] if done.code == 2 or all_or_none else [f"exit code {done.code}"]
        said = [f"said {word}" for word in ("internal", "fault of ours", "Traceback") if word in done.said]
        return [f"{one} ({done.said[:300]})" for one in whole + silent + said]
    found = stage.faults(done)
    if MISCHIEF[what].lasting:  # nothing can be taken away then
        found = [one for one in found if " was left" not in one]
    if what == "the list spoilt":
        found = [one for one in found if "said damaged" not in one and "said --force" not in one]
    return found


def try_step(stage: Stage, what: str, number: int) -> tuple[bool, Done, list[str]]:
    """Do the mischief at one step: whether there was one, and what was wrong."""
    mischief = MISCHIEF[what]
    stage.restore()
    steps = Steps(stage.out, number, mischief.refusal, lasting=mischief.lasting, deed=mischief.deed)
    met = stage.home / "met"  # there when the run has come to that step
    met.unlink(missing_ok=True)

    def meanwhile(pid: int) -> None:
        met.touch()
        if mischief.act is not None:
            mischief.act(stage, pid)

    def before() -> None:
        steps.watch()
        atexit.register(lambda: met.touch() if steps.done >= steps.number else None)

    done = run_apart(stage.job.words, stage.home, before=before, meanwhile=meanwhile)
    wrong = what_is_wrong(stage, what, done)
    if what == "the folder removed":
        stage.restore()
    elif what != "the list spoilt":
        wrong += stage.faults_afterwards()
    return met.exists(), done, wrong


def run(only: str, every: int) -> int:
    """Try all; how much was wrong."""
    runs = wrong = 0
    load()
    for name in TRIED:
        for what in MISCHIEF:
            title = f"{name}, {what}"
            if only not in title:
                continue
            home = Path(tempfile.mkdtemp(prefix="each-step-"))
            try:
                stage = Stage(home, JOBS[name])
                stage.prepare()
                if MISCHIEF[what].in_chinese:
                    stage.restore()
                    run_apart(in_chinese(stage), home)
                    stage.theirs = stage.files()
                bad = 0
                for number in count(1, every):
                    met, _, found = try_step(stage, what, number)
                    for one in found:
                        print(f"  {title}, step {number}: {one}", flush=True)
                    bad += bool(found)
                    if not met:
                        break
                    runs += 1
                print(f"{title}: {number - 1} steps, {bad} with faults", flush=True)
                wrong += bad
            finally:
                shutil.rmtree(home)
    print(f"{runs} runs hit, {wrong} with faults")
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser(description="Something goes wrong at each step.")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--only", default="", help="what the title of a trial has to hold")
    options = parser.parse_args()
    return 1 if run(options.only, options.every) else 0


if __name__ == "__main__":
    sys.exit(main())
