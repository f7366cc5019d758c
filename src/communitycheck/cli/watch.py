"""``communitycheck watch``: the returns of a folder are judged as they change, a line each."""

import os
import signal
import sys
import time
from collections.abc import Callable
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
    argument,
    console_of,
    day,
    option,
)
from communitycheck.cli.console import Console
from communitycheck.cli.run import Stopped
from communitycheck.errors import UsageError
from communitycheck.model.report import Report
from communitycheck.model.result import Outcome

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

    def judge(path: str) -> None:
        report = api.check([path], standard or [], rules_dir=rules_dir, region=region, as_of=moment, mapping=mapping)
        _tell(path, report, console)

    console.remark(console.say("watch-begin", folder=folder))
    try:
        _watch(folder, every, judge)
    except Stopped as stopped:
        if stopped.signal != signal.SIGINT:
            raise
        console.remark(console.say("watch-end"))
    return 0


def _watch(folder: str, every: int, judge: Callable[[str], None]) -> None:
    """Judge what is there, then what changes; what differs between two looks may still be being written."""
    judged: dict[str, Stamp] = {}
    before = stamps(folder)
    while True:
        there = stamps(folder)
        for path, stamp in there.items():
            if judged.get(path) != stamp and before.get(path) == stamp:
                judged[path] = stamp
                judge(path)
        judged = {path: stamp for path, stamp in judged.items() if path in there}
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


def _tell(path: str, report: Report, console: Console) -> None:
    for error in report.unread:
        console.complain(error)
    if report.unread:
        return
    counts = report.outcomes()
    line = console.say(
        "watch-line",
        time=datetime.now().strftime("%H:%M:%S"),
        path=path,
        result=console.say(f"watch-{report.exit_code}"),
        passed=counts[Outcome.PASS],
        failed=counts[Outcome.FAIL],
        unknown=counts[Outcome.NO_DATA],
    )
    console.print(line + "\n")
    sys.stdout.flush()  # through a pipe as well it comes at once
