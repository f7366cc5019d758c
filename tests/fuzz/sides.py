"""All that is handed over beside workbooks, spoilt by seed, through the commands: no traceback, no hang, no silence.

    python tests/fuzz/sides.py [--seconds 3600] [--seed 0] [--only KIND]

The kinds are texts, archives, settings, mappings, rules, case files, lists of paths and caches, in turn. A failure is:
an internal error; an exit code that is none of ours, or 2 without a word; more than 10 processor seconds or 2 GB; a
report that is no JSON; on standard error a control character or a line that a CI takes for a command; an input that
was changed, or a file outside the folder; what is wrong beyond doubt and was taken without objection; and a cache that
changes a result. Each is printed with its seed; the last line is the summary, and the exit code is 1 if any failed.
"""

from __future__ import annotations

import argparse
import collections
import contextlib
import gc
import io
import itertools
import json
import multiprocessing.connection
import os
import random
import re
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from fuzz.run import Verdict, Worker, failed, peaks, processor_seconds
from fuzz.side_inputs import CHECK, KINDS, RETURN, TABLE, spoil_cache

ALL = [*KINDS, "cache"]
# On standard error: controls but the line break, what turns the direction of writing, and commands of a CI.
HOSTILE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]|^(?:::|##\\[|##vso\\[)",
    re.MULTILINE,
)

Answer = tuple[int, str, str]


def carried_out(words: list[str]) -> Answer:
    """Exit code, standard output and standard error of a command line in this process."""
    from communitycheck.cli.run import run

    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run([*words, "--lang", "en"])
    return code, out.getvalue(), err.getvalue()


def complaints(words: list[str], answer: Answer) -> list[str]:
    """What is wrong with an answer, whatever was asked."""
    code, out, err = answer
    found = []
    if code not in (0, 1, 2, 3):
        found.append(f"exit code {code}")
    if "internal error" in out + err:
        found.append("internal error: " + next(line for line in (out + err).splitlines() if "internal error" in line))
    if code == 2 and not err.strip() and words[0] != "rules":
        found.append("exit code 2 without a word")
    if hostile := HOSTILE.search(err):
        found.append(f"{hostile.group()!r} on standard error")
    if "json" in words and code != 2:
        try:
            json.loads(out)
        except ValueError:
            found.append("no JSON")
    return [f"{' '.join(words)}: {one}" for one in found]


def spoilt_files(kind: str, rng: random.Random) -> tuple[str, list[str]]:
    """Spoilt files of one kind in this folder, and what is wrong with the answers to them."""
    made = KINDS[kind](rng)
    for name, data in made.files.items():
        Path(name).write_bytes(data)
    found, objected = [], False
    for words in made.commands:
        answer = carried_out(words)
        found += complaints(words, answer)
        objected |= answer[0] == 2 or (words[0] == "rules" and answer[0] == 1)
    if made.wrong and not objected:
        found.append("taken without objection")
    found += [f"{name} was changed" for name, data in made.files.items() if Path(name).read_bytes() != data]
    return made.what, found


def spoilt_cache(rng: random.Random) -> tuple[str, list[str]]:
    for name in (RETURN, "b.csv"):
        Path(name).write_text(TABLE, "utf-8")
    words = [*CHECK, "b.csv", "--cache", "kept"]
    first = carried_out(words)
    what = spoil_cache(Path("kept"), rng)
    again = carried_out(words)
    found = complaints(words, again)
    if again[:2] != first[:2]:
        found.append("the cache changes the result")
    if again[2] == first[2] and what != "as it was":
        found.append("an entry was changed and nothing is said")
    return what, found


def tried(number: int, kind: str, folder: str) -> Verdict:
    """One spoilt input in a place of its own below ``folder``."""
    start = processor_seconds()
    rng = random.Random(number)
    with tempfile.TemporaryDirectory(dir=folder) as home:
        place = Path(home) / "place"
        place.mkdir()
        os.chdir(place)
        try:
            what, found = spoilt_cache(rng) if kind == "cache" else spoilt_files(kind, rng)
            found += [f"{one.name} beside the folder" for one in Path(home).iterdir() if one != place]
            outcome, detail = ("wrong" if found else "well"), "\n".join(found)
        except BaseException:
            what, outcome, detail = "", "traceback", traceback.format_exc()
        finally:
            os.chdir("/")
    return {"outcome": outcome, "detail": detail, "what": what, "seconds": processor_seconds() - start, **peaks()}


def _work(pipe: multiprocessing.connection.Connection) -> None:
    gc.set_threshold(50_000, 20, 20)
    while True:
        try:
            number, kind, folder = pipe.recv()
        except EOFError:
            return
        # No key of the user's is touched, and no browser is opened.
        os.environ.update(HOME=folder, XDG_STATE_HOME=folder, LOCALAPPDATA=folder, BROWSER="true")
        pipe.send(tried(number, kind, folder))


def run(seconds: float, seed: int, kinds: list[str], count: int | None = None) -> tuple[str, list[str]]:
    """Spoilt inputs for so long, or ``count`` of them; the summary line and the failures."""
    tally: collections.Counter[str] = collections.Counter()
    failures: list[str] = []
    slowest, peak = (0.0, ""), 0
    until = time.monotonic() + seconds
    with tempfile.TemporaryDirectory(prefix="sides-") as folder:
        worker = Worker(_work, warm=(0, "settings", folder))
        for number in itertools.count(seed) if count is None else range(seed, seed + count):
            if time.monotonic() > until:
                break
            kind = kinds[number % len(kinds)]
            verdict: dict[str, Any] = worker.read((number, kind, folder))
            tally[kind] += 1
            memory = max(verdict["own"], verdict["children"])
            slowest, peak = max(slowest, (verdict["seconds"], f"{number}, {kind}")), max(peak, memory)
            if verdict["outcome"] == "wrong" or failed(verdict):
                told = f"{verdict['outcome']}, {verdict['seconds']:.1f} s, {memory >> 20} MB"
                failures.append(f"{number} {kind}, {verdict.get('what', '')}: {told}\n{verdict['detail']}")
                print(failures[-1], flush=True)
        worker.stop()
    told = ", ".join(f"{kind} {n}" for kind, n in sorted(tally.items()))
    worst = f"slowest {slowest[0]:.1f} s ({slowest[1]}); most memory {peak >> 20} MB"
    return f"{sum(tally.values())} spoilt inputs: {told}; failures {len(failures)}; {worst}", failures


def main() -> int:
    parser = argparse.ArgumentParser(description="What is handed over beside workbooks, spoilt.")
    parser.add_argument("--seconds", type=float, default=3600)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", choices=ALL)
    options = parser.parse_args()
    line, failures = run(options.seconds, options.seed, [options.only] if options.only else ALL)
    print(line)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
