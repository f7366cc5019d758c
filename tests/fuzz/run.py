"""Real files, spoilt by seed, through the reader: no traceback, no hang, no hunger.

    python tests/fuzz/run.py --count 2000 [--seed 0] [--folder FOLDER] [--keep FOLDER]

Each file is read in a worker process. Anything but a return or one of our own errors, more than 10 seconds, or more
than 2 GB of memory (worker and its children) is a failure. The last line is the summary; the exit code is 1 if any
file failed. ``--folder``, repeatable, takes files of one's own; ``--keep`` names a folder for the files that failed.
"""

from __future__ import annotations

import argparse
import collections
import gc
import multiprocessing
import multiprocessing.connection
import os
import random
import sys
import tempfile
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from fuzz.mutate import ROOT, mutated, originals

# Seconds of processor time; the clock on the wall may run on while other work goes first.
SECONDS = 10.0
# Seconds on the wall after which a worker hangs, where no other process wants the processor.
PATIENCE = 60.0
MEMORY = 2 << 30
# The worker's own peak never falls: a new one is started before it hides the next file's.
RENEW = 700 << 20

Verdict = dict[str, Any]


def read(file: Path, dictionary: Any) -> Verdict:
    """What became of one file: ``read``, the code of its error, or ``traceback`` with its text."""
    from communitycheck.errors import CommunityCheckError
    from communitycheck.returns import read_returns
    from communitycheck.returns.read import read_return

    start = processor_seconds()
    detail = ""
    try:
        if file.suffix == ".zip":
            got, errors = read_returns([file], dictionary)
            outcome = errors[0].code if errors and not got else "read"
        else:
            read_return(file, dictionary)
            outcome = "read"
    except CommunityCheckError as error:
        outcome, detail = error.code, str(error)
    except BaseException:
        outcome, detail = "traceback", traceback.format_exc()
    return {"outcome": outcome, "detail": detail, "seconds": processor_seconds() - start, **peaks()}


def processor_seconds() -> float:
    """Seconds of processor time so far, of this process and its children that have ended."""
    return sum(os.times()[:4])


def others_want() -> float:
    """How many times as long as alone a process has to wait, as others want the processor too; 0 if none does."""
    if not hasattr(os, "getloadavg"):
        return 0.0
    waiting: float = os.getloadavg()[0] / (os.cpu_count() or 1) - 1
    return max(0.0, 3 * waiting)  # one that is nice gets a third of its share


def peaks() -> dict[str, int]:
    """Peaks of memory in bytes, of this process and the largest of its children; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:
        return {"own": 0, "children": 0}
    scale = 1 if sys.platform == "darwin" else 1024
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * scale
    status = Path("/proc/self/status")
    if status.exists():  # what getrusage says of a process includes that of its parent before it
        own = next(int(line.split()[1]) << 10 for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return {"own": own, "children": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * scale}


def _work(pipe: multiprocessing.connection.Connection) -> None:
    from communitycheck.standards import load_dictionary

    gc.set_threshold(50_000, 20, 20)  # the time that is measured is the reader's, not that of a long session
    dictionary = load_dictionary(ROOT / "rules" / "dictionary.yaml")
    while True:
        try:
            file = pipe.recv()
        except EOFError:
            return
        pipe.send(read(Path(file), dictionary))


class Worker:
    """A process that reads one file after another, and is replaced when it hangs, dies or has grown.

    Args:
        work: what the process does with each, which comes over the pipe; the verdict goes back.
        warm: what it is given first, since imports are not the file's time.
    """

    def __init__(
        self,
        work: Callable[[multiprocessing.connection.Connection], None] = _work,
        warm: Any = ROOT / "sample_data" / "shenyang_2023.xlsx",
    ) -> None:
        self._process: Any = None
        self._target, self._warm = work, warm

    def read(self, what: Any, seconds: float = PATIENCE) -> Verdict:
        if self._process is None:
            context = multiprocessing.get_context("spawn")
            self._pipe, other = context.Pipe()
            self._process = context.Process(target=self._target, args=(other,), daemon=False)
            self._process.start()
            other.close()
            self._pipe.send(self._warm)
            self._pipe.recv()
        self._pipe.send(what)
        try:
            if not (self._pipe.poll(seconds) or self._pipe.poll(seconds * others_want())):
                self.stop()
                return {"outcome": "hang", "detail": "", "seconds": seconds, "own": 0, "children": 0}
            verdict: Verdict = self._pipe.recv()
        except EOFError:
            self.stop()
            return {"outcome": "died", "detail": "", "seconds": 0.0, "own": 0, "children": 0}
        if max(verdict["own"], verdict["children"]) > RENEW:
            self.stop()
        return verdict

    def stop(self) -> None:
        if self._process is not None:
            self._pipe.close()
            self._process.terminate()
            self._process.join()
            self._process = None


def failed(verdict: Verdict) -> bool:
    """Not what a user may meet."""
    hungry = max(verdict["own"], verdict["children"]) > MEMORY
    return verdict["outcome"] in ("traceback", "hang", "died") or verdict["seconds"] > SECONDS or hungry


def run(count: int, seed: int, keep: Path | None = None, folders: Sequence[Path] = ()) -> tuple[str, list[str]]:
    """Read ``count`` mutated files; the summary line and the failures."""
    files = originals(folders)
    outcomes: collections.Counter[str] = collections.Counter()
    failures: list[str] = []
    slowest, peak = (0.0, ""), (0, "")
    worker = Worker()
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        for number in range(seed, seed + count):
            rng = random.Random(number)
            original = rng.choice(files)
            file = Path(folder) / f"{number}{original.suffix}"
            file.write_bytes(mutated(original.read_bytes(), rng))
            verdict = worker.read(file)
            outcomes[verdict["outcome"]] += 1
            slowest = max(slowest, (verdict["seconds"], f"{number} of {original.name}"))
            peak = max(peak, (max(verdict["own"], verdict["children"]), f"{number} of {original.name}"))
            if failed(verdict):
                memory = max(verdict["own"], verdict["children"]) >> 20
                failures.append(
                    f"{number} of {original.name}: {verdict['outcome']}, {verdict['seconds']:.1f} s, {memory} MB\n"
                    f"{verdict['detail']}"
                )
                if keep is not None:
                    keep.mkdir(parents=True, exist_ok=True)
                    (keep / f"{number}-{original.name}").write_bytes(file.read_bytes())
            file.unlink()
    worker.stop()
    told = ", ".join(f"{name} {n}" for name, n in outcomes.most_common())
    line = (
        f"{count} mutated files of {len(files)}: {told}; failures {len(failures)}; "
        f"slowest {slowest[0]:.1f} s ({slowest[1]}); most memory {peak[0] >> 20} MB ({peak[1]})"
    )
    return line, failures


def main() -> int:
    parser = argparse.ArgumentParser(description="Mutated returns through the reader.")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--folder", type=Path, action="append", default=[])
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    line, failures = run(options.count, options.seed, options.keep, options.folder)
    for failure in failures:
        print(failure)
    print(line)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
