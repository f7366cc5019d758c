"""Commands that write, each on a stage of its own: what was there, what is there afterwards, and what has to hold.

A job is run undisturbed once, over the results of an earlier run. Then it is run again and again over those with some
mischief, and afterwards without. Each time what has to hold is looked at: every file is the whole old one or the whole
new one, none is lost, whatever is not new is named, what others have put there is untouched, and the run without
mischief gives the undisturbed bytes.
"""

from __future__ import annotations

import atexit
import csv
import importlib
import io
import json
import os
import pkgutil
import re
import shutil
import signal
import sys
import tempfile
import traceback
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl

from batch.folder import community_csv

REPORTS = ("txt", "xlsx", "html", "json", "csv", "md", "xml", "sarif", "docx", "circular.md")
# What tells of the other files, and so may be another in a run that could not write them all.
TELLING = ("index.html", "index.csv", "清单.csv", "manifest.csv")
CHECK = "check in -q --as-of 2023-12-31 --region 210100 --lang en"


@dataclass(frozen=True)
class Job:
    """A command that writes into ``out``.

    Attributes:
        again: it has an earlier run to write over; a new file has none.
        spared: a folder below ``out`` that may be missing without a word, as a cache.
        stride: of its many steps, all alike, each n-th is taken.
    """

    words: str
    again: bool = True
    spared: str = "/"
    workbooks: bool = False
    stride: int = 1


JOBS = {
    "two reports": Job(f"{CHECK} -o disk/out/r.xlsx -o disk/out/r.md"),
    "reports": Job(f"{CHECK} " + " ".join(f"-o disk/out/r.{suffix}" for suffix in REPORTS)),
    "marked-up copies": Job(f"{CHECK} --mark-up disk/out/marked", workbooks=True),
    "a file for each return": Job(f"{CHECK} --output-dir disk/out --bundle xlsx,json"),
    "a folder for each county": Job(f"{CHECK} --output-dir disk/out --split-by county --bundle xlsx,docx,csv,marked"),
    "a cache": Job(f"{CHECK} --cache disk/out/cache -o disk/out/r.json", spared="cache/"),
    "a blank return": Job("template -s liaoning-2021 --lang en -o disk/out/t.xlsx", again=False),
    "pages on the rules": Job("rules docs --lang en --output-dir disk/out", again=False, stride=25),
    "a new rule file": Job("rules new disk/out/own.yaml --lang en", again=False),
    "a mapping": Job("inspect in/a.csv --lang en --save-mapping disk/out/m.yaml", again=False),
    "a trial": Job("demo disk/out/trial --lang en", again=False),
}
# What passes through the folder for temporary files.
THROUGH_TEMPORARY = ("reports", "marked-up copies", "a folder for each county")

_MORE = re.compile(r"(\d+) more files? w")

Files = dict[str, bytes]


@dataclass
class Done:
    code: int
    said: str


@dataclass
class Stage:
    """The folder of a job: ``in`` and ``disk/out``, and a file of somebody else's in it."""

    home: Path
    job: Job
    old: Files = field(default_factory=dict)
    new: Files = field(default_factory=dict)
    code: int = 0
    theirs: Files = field(default_factory=dict)  # what another run writes that is let in

    @property
    def out(self) -> Path:
        return self.home / "disk" / "out"

    def prepare(self) -> None:
        """Run the job undisturbed, over an earlier run and for itself."""
        self.out.mkdir(parents=True)
        self.inputs(17)
        (self.out / "theirs.txt").write_text("somebody else's\n")
        if self.job.again:
            done = run_apart(self.job.words, self.home)
            assert done.code in (0, 1), done.said
        self.old = self.files()
        shutil.copytree(self.out, self.home / "kept")
        self.inputs(23)
        done = run_apart(self.job.words, self.home)
        assert done.code in (0, 1), done.said
        self.new, self.code = self.files(), done.code
        assert not self.job.again or all(self.old[one] != self.new[one] for one in self.old if one != "theirs.txt")

    def restore(self) -> None:
        """As it was before the job."""
        shutil.rmtree(self.out, ignore_errors=True)
        shutil.copytree(self.home / "kept", self.out)

    def inputs(self, step: int) -> None:
        folder = self.home / "in"
        folder.mkdir(exist_ok=True)
        for name, county in (("a", "和平区"), ("b", "沈河区")):
            file = community_csv(folder / f"{name}.csv", county, step)
            file.write_text(file.read_text("utf-8").replace(",5", f",{step}"), "utf-8")
        if self.job.workbooks:
            book = openpyxl.Workbook()
            for line in csv.reader((folder / "b.csv").open(encoding="utf-8")):
                book.active.append(line)
            book.save(folder / "b.xlsx")
            with zipfile.ZipFile(folder / "b.zip", "w") as archive:
                archive.write(folder / "b.xlsx", "b.xlsx")
            for name in ("b.csv", "b.xlsx"):
                (folder / name).unlink()

    def files(self) -> Files:
        """What a person sees in the folder."""
        return {
            file.relative_to(self.out).as_posix(): file.read_bytes()
            for file in sorted(self.out.rglob("*"))
            if file.is_file() and not hidden(file) and not self._spared(file)
        }

    def _spared(self, file: Path) -> bool:
        return file.relative_to(self.out).as_posix().startswith(self.job.spared)

    def faults(self, done: Done, full: str = "") -> list[str]:
        """What does not hold after a run with mischief.

        Args:
            full: ``disk`` or ``temporary``: what the messages have to name.
        """
        now, said = self.files(), done.said
        wrong = self.damage()
        behind = [name for name in self.new if now.get(name) not in (self.new[name], self.theirs.get(name, b""))]
        unnamed = [name for name in behind if not _told(self.out / name, said) and Path(name).name not in TELLING]
        more = _MORE.search(said)  # of many not all are named, but counted
        if more is None:
            wrong += [f"{name} is not new, and not named" for name in unnamed]
        elif len(unnamed) > int(more[1]):
            wrong.append(f"of {len(unnamed)} more files that are not new {more[1]} are told of")
        wrong += [f"{file.name} was left" for file in self.out.rglob(".communitycheck-*.tmp")]
        if done.code != (self.code if not behind and "error" not in said else 2):
            wrong.append(f"exit code {done.code}")
        wrong += [f"said {word}" for word in ("internal", "fault of ours", "damaged", "--force") if word in said]
        if done.code == 2 and full:
            right, other = ("disk is full", "temporary") if full == "disk" else ("temporary", "disk is full")
            if right not in said or other in said:
                wrong.append(f"the {full} is full, and not named")
        return [f"{one} ({said.strip()[:300]})" for one in wrong]

    def damage(self) -> list[str]:
        """Files that are neither the old nor the new one, or lost."""
        now, wrong = self.files(), []
        for name, content in now.items():
            known = content in (self.old.get(name), self.new.get(name), self.theirs.get(name))
            if not known and (Path(name).name not in TELLING or not _whole(self.out / name)):
                wrong.append(f"{name} is neither old nor new")
        return wrong + [f"{name} is lost" for name in self.old if name not in now]

    def faults_afterwards(self) -> list[str]:
        """What does not hold after the next run, which nobody disturbs."""
        done = run_apart(self.job.words, self.home)
        now, wrong = self.files(), []
        differing = [name for name in {**now, **self.new} if now.get(name) != self.new.get(name)]
        if self.theirs:  # which stay beside, and are told of
            differing = [name for name in differing if name in self.new and Path(name).name not in TELLING]
        if differing:
            wrong.append(f"the next run gives other bytes: {differing[:4]}")
        if done.code != self.code:
            wrong.append(f"the next run ends with {done.code}")
        wrong += [f"{file.name} stays" for file in self.out.rglob(".communitycheck-*-*")]
        return [f"{one} ({done.said.strip()[:300]})" for one in wrong]


def hidden(file: Path) -> bool:
    return file.name.startswith(".communitycheck-")


def _told(file: Path, said: str) -> bool:
    """Whether a message names the file, or the folder of it that could not be made."""
    steps = Path(file.as_posix().rpartition("/disk/out/")[2])
    return any(f"disk/out/{one.as_posix()}" in said for one in (steps, *steps.parents[:-1])) or "out was not" in said


def _whole(file: Path) -> bool:
    """Whether a file is complete, as far as its own end tells."""
    content = file.read_bytes()
    try:
        if file.suffix == ".json":
            json.loads(content)
        elif zipfile.is_zipfile(io.BytesIO(content)):
            return zipfile.ZipFile(io.BytesIO(content)).testzip() is None
        elif file.suffix == ".html":
            return content.rstrip().endswith(b"</html>")
    except ValueError:
        return False
    return content.endswith(b"\n") and bool(content.strip(b"\0"))


def load() -> None:
    """Load what the commands need, so that what is forked off has it."""
    import communitycheck

    for one in pkgutil.walk_packages(communitycheck.__path__, "communitycheck."):
        if "__main__" not in one.name and "workers" not in one.name:
            importlib.import_module(one.name)
    with tempfile.TemporaryDirectory() as folder:  # what a run keeps for the next: rules, templates, dictionaries
        stage = Stage(Path(folder), JOBS["reports"])
        stage.out.mkdir(parents=True)
        stage.inputs(17)
        words = stage.job.words.replace("disk/", f"{folder}/disk/").replace(" in ", f" {folder}/in ")
        assert importlib.import_module("communitycheck.cli.run").run(words.split()) == 1


def run_apart(
    words: str,
    folder: Path,
    *,
    before: Callable[[], None] | None = None,
    meanwhile: Callable[[int], None] | None = None,
    variables: Mapping[str, str] | None = None,
) -> Done:
    """Run a command in a fork of this process, which has loaded all that it needs.

    Args:
        before: done in the fork, first of all.
        meanwhile: done here, with the fork's number, when it has stopped itself; then it goes on.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8") as heard:
        sys.stdout.flush()
        pid = os.fork()
        if pid == 0:
            _end_with(words, folder, heard.fileno(), before, variables or {})
        status = os.waitpid(pid, os.WUNTRACED)[1]
        while os.WIFSTOPPED(status):
            if meanwhile is not None:
                meanwhile(pid)
            os.kill(pid, signal.SIGCONT)
            status = os.waitpid(pid, os.WUNTRACED)[1]
        heard.seek(0)
        return Done(os.waitstatus_to_exitcode(status), heard.read())


def _end_with(
    words: str, folder: Path, heard: int, before: Callable[[], None] | None, variables: Mapping[str, str]
) -> None:
    code = 70
    try:
        from communitycheck.cli.run import run

        os.dup2(heard, 2)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.stdout, sys.stderr = (os.fdopen(one, "w", encoding="utf-8", closefd=False) for one in (1, 2))
        os.environ.update(variables)
        tempfile.tempdir = None
        os.chdir(folder)
        if before is not None:
            before()
        code = run(words.split())
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        atexit._run_exitfuncs()  # as at the end of a process: the folder for temporary files goes
        os._exit(code)
