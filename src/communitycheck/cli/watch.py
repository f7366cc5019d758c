"""``communitycheck watch``: the returns of a folder are judged as they change.

They are judged together, as ``check`` judges a folder, since sums, shares and subjects that stand in two files are
matters of all of them; what has not changed is not read again. Each file that changed has a line about its own
subjects, and the folder one about all.
"""

import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Annotated

import typer

from communitycheck import api
from communitycheck.cli.common import (
    AsOf,
    Language,
    Mapping,
    Region,
    RulesDir,
    Standards,
    Waivers,
    argument,
    console_of,
    day,
    option,
)
from communitycheck.cli.console import Console
from communitycheck.cli.run import Stopped
from communitycheck.errors import NO_STANDARD_APPLIES, UsageError
from communitycheck.model.report import Report
from communitycheck.model.result import Outcome
from communitycheck.system.scratch import scratch_folder

Folder = Annotated[str, argument("DIR", "help-watch-folder")]
Every = Annotated[int, option("--every", metavar="N", help="help-watch-every")]

# The time of the last change, and the size.
Stamp = tuple[int, int]


def command(
    context: typer.Context,
    folder: Folder,
    standard: Standards = None,
    rules_dir: RulesDir = None,
    region: Region = None,
    as_of: AsOf = None,
    mapping: Mapping = None,
    waivers: Waivers = None,
    every: Every = 2,
    lang: Language = None,
) -> int:
    """0 when Ctrl-C ends it, as it is meant to be ended."""
    console = console_of(context, lang)
    api.leave_pandas_out()
    if not os.path.isdir(folder):  # noqa: PTH112 - of a name that is too long Path would make an error
        raise UsageError("watch-no-folder", path=folder)
    if every < 1:
        raise UsageError("watch-every", value=every)
    moment = day("--as-of", as_of)

    api.list_rules(standard or [], rules_dir=rules_dir)  # a standard that is not there is no matter of the returns

    def judge(paths: list[str], changed: list[str], gone: list[str]) -> None:
        for path in gone:
            _print(console.say("watch-gone", time=_now(), path=path), console)
        if not paths:
            return
        try:
            report = api.check(
                paths,
                standard or [],
                rules_dir=rules_dir,
                region=region,
                as_of=moment,
                mapping=mapping,
                waivers=waivers,
                cache=cache.name,
            )
        except UsageError as error:
            if error.code not in NO_STANDARD_APPLIES:
                raise
            console.complain(error)
            return
        _tell(report, folder, changed, console)

    cache = scratch_folder()
    console.remark(console.say("watch-begin", folder=folder))
    try:
        with cache:
            _watch(folder, every, judge)
    except Stopped as stopped:
        if stopped.signal != signal.SIGINT:
            raise
        console.remark(console.say("watch-end"))
    return 0


def _watch(folder: str, every: int, judge: Callable[[list[str], list[str], list[str]], None]) -> None:
    """Judge what is there, and again where it changes; what differs between two looks may still be being written."""
    judged: dict[str, Stamp] = {}
    before = stamps(folder)
    while True:
        there = stamps(folder)
        settled = {path: stamp for path, stamp in there.items() if before.get(path) == stamp}
        changed = [path for path, stamp in settled.items() if judged.get(path) != stamp]
        gone = [path for path in judged if path not in there]
        if changed or gone:
            judged = {path: stamp for path, stamp in judged.items() if path in there} | settled
            judge(sorted(judged), changed, gone)
        before = there
        time.sleep(every)


def stamps(folder: str) -> dict[str, Stamp]:
    """The returns in a folder and below, each with what tells whether it has changed."""
    found: dict[str, Stamp] = {}
    for path in api.find_files([folder])[0]:
        try:
            facts = os.stat(path)  # noqa: PTH116 - a path as text
        except OSError:  # gone since
            continue
        found[path] = facts.st_mtime_ns, facts.st_size
    return found


def _tell(report: Report, folder: str, changed: list[str], console: Console) -> None:
    new = set(changed)
    unread = {str(error.path) for error in report.unread}
    for error in report.unread:
        if error.path in new:
            console.complain(error)
    fallen: Counter[tuple[str, Outcome]] = Counter()
    waived: Counter[str] = Counter()
    for verdict in report.verdicts():
        if verdict.at is not None:
            file = file_of(verdict.at.path, new)
            fallen[file, verdict.outcome] += 1
            waived[file] += verdict.waiver is not None
    for path in changed:
        if path not in unread:
            numbers = {"failed": fallen[path, Outcome.FAIL], "unknown": fallen[path, Outcome.NO_DATA]}
            excused = waived[path] or ""
            _print(console.say("watch-file", time=_now(), path=path, waived=excused, **numbers), console)
    counts = report.outcomes()
    line = console.say(
        "watch-line",
        time=_now(),
        path=folder,
        n=len(report.returns),
        result=console.say(f"watch-{report.exit_code}"),
        passed=counts[Outcome.PASS],
        failed=counts[Outcome.FAIL],
        waived=report.waived or "",
        unknown=counts[Outcome.NO_DATA],
    )
    _print(line, console)


def file_of(path: str, files: Iterable[str]) -> str:
    """The file that an address lies in: itself, or the archive of which it is a member."""
    return next((file for file in files if path.startswith(f"{file}/")), path)


def _now() -> str:
    return datetime.now().strftime("%H:%M:%S")


def _print(line: str, console: Console) -> None:
    console.print(line + "\n")
    sys.stdout.flush()  # through a pipe as well it comes at once
