"""A batch, killed at random moments and run again: ``python tests/batch/kills.py [--kills 50] [--seed 0]``.

Each time the whole family of processes is shot (kill -9) at a random moment of a run that reads into a cache and
writes two reports, then the run is repeated undisturbed. Its reports must be the bytes of a run that nobody disturbed,
what the killed run left behind must be either nothing or whole, and the repeated run must know it for our own and clear
away the rest. Two
moments of three are drawn from the time that a run takes, the third comes while a report is being written. A moment
that finds the run at its end does not count. The seed of every moment is printed; the exit code is 1 where anything
differed.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

from batch.folder import make

COMMAND = [sys.executable, "-m", "communitycheck", "check", "--as-of", "2023-12-31", "--lang", "zh"]
REPORTS = ("report.json", "report.xlsx")


def command(folder: Path, place: Path, jobs: int) -> list[str]:
    outputs = [word for name in REPORTS for word in ("-o", str(place / name))]
    return [*COMMAND, str(folder), "--jobs", str(jobs), "--cache", str(place / "cache"), "--quiet", *outputs]


def whole_run(folder: Path, place: Path, jobs: int = 2) -> tuple[dict[str, bytes], float]:
    """The reports of a run that nobody disturbs, and how long it took."""
    place.mkdir(parents=True, exist_ok=True)
    started = time.perf_counter()
    done = subprocess.run(command(folder, place, jobs), capture_output=True, check=False)
    assert done.returncode == 2, done.stderr.decode()  # some files of the folder cannot be read
    assert b"--force" not in done.stderr, done.stderr.decode()  # what a killed run wrote is known
    return {name: (place / name).read_bytes() for name in REPORTS}, time.perf_counter() - started


def killed_run(folder: Path, place: Path, after: float, jobs: int, *, writing: bool = False) -> bool:
    """Start a run and shoot it with all its children; False where it had ended by then.

    Args:
        after: seconds from its start; with ``writing`` from when its first report is under way.
    """
    place.mkdir(parents=True, exist_ok=True)
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command(folder, place, jobs), stdout=quiet, stderr=quiet, start_new_session=True) as process:
        while writing and process.poll() is None and not leavings(place):
            time.sleep(0.001)
        time.sleep(after)
        running = process.poll() is None
        if running:
            os.killpg(process.pid, signal.SIGKILL)
    return running


def leavings(place: Path) -> list[Path]:
    """Reports that are not whole yet, or never will be."""
    return list(place.glob(".communitycheck-*.tmp"))


def faults(place: Path, wanted: dict[str, bytes]) -> list[str]:
    """What a killed run left behind that is neither whole nor marked as unfinished."""
    return [
        f"{name} is damaged"
        for name in REPORTS
        if (place / name).exists() and (place / name).read_bytes() != wanted[name]
    ]


def run(kills: int, seed: int, out: object = sys.stdout, counties: int = 12) -> list[str]:
    """Hit ``kills`` runs over returns of so many counties; what went wrong."""
    wrong: list[str] = []
    with tempfile.TemporaryDirectory(prefix="kills-") as home:
        folder = make(Path(home) / "in", counties)
        wanted, _ = whole_run(folder, Path(home) / "plain")

        @cache
        def seconds(jobs: int) -> float:
            return whole_run(folder, Path(home) / f"again-{jobs}", jobs)[1]

        hit = half = 0
        number = seed
        while hit < kills and number < seed + 3 * kills + 10:
            rng = random.Random(number)
            jobs, writing = rng.choice((1, 2)), number % 3 == 2
            after = rng.uniform(0, 0.03) if writing else rng.uniform(0.1, 0.9 * seconds(jobs))
            place = Path(home) / str(number)
            running = killed_run(folder, place, after, jobs, writing=writing)
            kept, left = len(list((place / "cache").glob("??/*.reading"))), len(leavings(place))
            trouble = faults(place, wanted)
            if whole_run(folder, place, 3 - jobs)[0] != wanted:
                trouble.append("the resumed run differs")
            if leavings(place) or list(place.glob(".communitycheck-*.files")):
                trouble.append("the resumed run left a half-written file or a journal")
            hit, half = hit + running, half + bool(left)
            moment = f"{after:.2f} s into its writing" if writing else f"after {after:.2f} s"
            state = f"killed {moment} with {kept} readings kept, {left} files half written" if running else "had ended"
            print(f"seed {number}, jobs {jobs}: {state}; {'; '.join(trouble) or 'same bytes'}", file=out, flush=True)  # type: ignore[call-overload]
            wrong += [f"seed {number}: {one}" for one in trouble]
            shutil.rmtree(place)
            number += 1
        if hit < kills:
            wrong.append(f"only {hit} of {number - seed} moments found a run alive")
        print(  # type: ignore[call-overload]
            f"{number - seed} runs, {hit} of them killed before their end, {half} while a report was half written, "
            f"{len(wrong)} faults",
            file=out,
        )
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser(description="Batches that are killed and run again.")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    return 1 if run(options.kills, options.seed) else 0


if __name__ == "__main__":
    sys.exit(main())
