"""Two runs into one folder at the same time: ``python tests/batch/twice.py [--rounds 40] [--seed 0]``.

The runs are of the same command, of the same files in other words, of different products, or one of them is shot
(kill -9) at a random moment; they start together or shortly one after the other. Afterwards every file has to be,
whole, what one of them writes when it is alone, none may be missing, and neither run may have taken the other's files
for a stranger's. Then the first command alone has to give its bytes, and nothing that is not finished may be left.
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
from dataclasses import dataclass
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

from batch.folder import community_csv

CHECK = "check ../in -q --as-of 2023-12-31 --region 210100 --jobs 1"
PAIRS = {
    "the same": (f"{CHECK} --lang en -o out/r.json -o out/r.xlsx --mark-up out",) * 2,
    "the same, by county": (f"{CHECK} --lang en --output-dir out --split-by county --bundle xlsx,json,marked",) * 2,
    "in two languages": (
        f"{CHECK} --lang en -o out/r.json -o out/r.docx --mark-up out",
        f"{CHECK} --lang zh -o out/r.json -o out/r.docx --mark-up out",
    ),
    "one with all verdicts": (f"{CHECK} --lang en -o out/r.csv", f"{CHECK} --lang en -o out/r.csv --all-verdicts"),
    "two products": (
        f"{CHECK} --lang en --output-dir out --bundle xlsx,json",
        f"{CHECK} --lang en --mark-up out -o out/r.md",
    ),
    "one by county": (
        f"{CHECK} --lang en --output-dir out --split-by county --bundle xlsx",
        f"{CHECK} --lang zh --output-dir out --split-by county --bundle xlsx,csv",
    ),
}
PROGRAM = [sys.executable, "-m", "communitycheck"]
# What tells of all files of a folder: that of the later run.
TELLING = ("index.html", "index.csv")

Files = dict[str, bytes]


@dataclass
class Ended:
    code: int
    said: str


def start(words: str, place: Path) -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [*PROGRAM, *words.split()], cwd=place, stdout=pipe, stderr=pipe, text=True, start_new_session=True
    )


def ended(process: subprocess.Popen[str]) -> Ended:
    said = process.communicate()[1]
    return Ended(process.returncode, said)


def files(place: Path) -> Files:
    found = (file for file in sorted((place / "out").rglob("*")) if file.is_file())
    return {f.relative_to(place / "out").as_posix(): f.read_bytes() for f in found if f.name[0] != "."}


def alone(home: Path, words: str) -> tuple[Files, Ended]:
    """What a run writes and says that has the folder for itself."""
    place = home / "alone"
    (place / "out").mkdir(parents=True)
    end = ended(start(words, place))
    assert end.code in (0, 1), end.said
    found = files(place)
    shutil.rmtree(place)
    return found, end


def faults(place: Path, pair: tuple[str, ...], wanted: dict[str, tuple[Files, Ended]], rng: random.Random) -> list[str]:
    """Let both run; what does not hold."""
    (place / "out").mkdir(parents=True)
    (place / "out" / "theirs.txt").write_text("somebody else's\n")
    shot = rng.random() < 0.3
    first = start(pair[0], place)
    time.sleep(rng.choice((0, 0, rng.uniform(0, 0.3), rng.uniform(0, 1.5))))
    second = start(pair[1], place)
    if shot:
        time.sleep(rng.uniform(0.3, 4))
        shot = first.poll() is None
        if shot:
            os.killpg(first.pid, signal.SIGKILL)
    ends = [ended(first), ended(second)]
    now, wrong = files(place), []
    for words, end in list(zip(pair, ends, strict=True))[shot:]:
        # A note that files of another product lie there is true.
        if end.code != wanted[words][1].code or "error" in end.said:
            wrong.append(f"it ended with {end.code} and said {end.said[:300]}")
    sure = wanted[pair[1]][0] if shot else {**wanted[pair[0]][0], **wanted[pair[1]][0]}
    wrong += [f"{name} is missing" for name in sure if name not in now]
    if now.pop("theirs.txt", b"") != b"somebody else's\n":
        wrong.append("the file of somebody else is another")
    for name, content in now.items():
        if content not in [wanted[words][0].get(name) for words in pair] and name not in TELLING:
            wrong.append(f"{name} is what neither writes")
    last = ended(start(pair[0], place))
    now = files(place)
    others = [name for name, content in wanted[pair[0]][0].items() if now.get(name) != content and name not in TELLING]
    wrong += [f"{name} is another after the third run, which said {last.said[:300]}" for name in others]
    if last.code != wanted[pair[0]][1].code:
        wrong.append(f"the third run ended with {last.code}")
    wrong += [f"{file.name} is left" for file in (place / "out").rglob(".communitycheck-*-*")]
    shutil.rmtree(place)
    return [f"{'one shot: ' if shot else ''}{one}" for one in wrong]


def run(rounds: int, seed: int) -> list[str]:
    """So many pairs of runs; what went wrong."""
    found: list[str] = []
    with tempfile.TemporaryDirectory(prefix="twice-") as name:
        home = Path(name)
        (home / "in").mkdir()
        for file, county in (("a", "和平区"), ("b", "沈河区"), ("c", "铁西区")):
            community_csv(home / "in" / f"{file}.csv", county)
        wanted: dict[str, tuple[Files, Ended]] = {}
        for number in range(seed, seed + rounds):
            title = list(PAIRS)[number % len(PAIRS)]
            for words in PAIRS[title]:
                if words not in wanted:
                    wanted[words] = alone(home, words)
            wrong = faults(home / str(number), PAIRS[title], wanted, random.Random(number))
            print(f"seed {number}, {title}: {'; '.join(wrong) or 'as it should be'}", flush=True)
            found += [f"seed {number}, {title}: {one}" for one in wrong]
    print(f"{rounds} pairs of runs, {len(found)} faults")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description="Two runs into one folder at the same time.")
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    return 1 if run(options.rounds, options.seed) else 0


if __name__ == "__main__":
    sys.exit(main())
