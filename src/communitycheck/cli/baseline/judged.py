"""What the commands of ``baseline`` judge, and how they say what could not be read."""

from collections.abc import Sequence

from communitycheck import api
from communitycheck.cli import gc_pauses
from communitycheck.cli.common import cache_folder, day
from communitycheck.cli.console import Console
from communitycheck.cli.progress import progress_bar
from communitycheck.model.report import Report


def judged(
    console: Console,
    paths: Sequence[str],
    standards: Sequence[str] | None,
    *,
    rules_dir: str | None,
    region: str | None,
    as_of: str | None,
    select: Sequence[str] | None,
    ignore: Sequence[str] | None,
    mapping: str | None,
    waivers: str | None,
    exclude: Sequence[str],
    jobs: int | None,
    cache: str | None,
) -> Report:
    """The report on the returns."""
    api.leave_pandas_out()
    with progress_bar(console, quiet=False) as progress:
        report = api.check(
            paths,
            standards or [],
            rules_dir=rules_dir,
            region=region,
            as_of=day("--as-of", as_of),
            select=select or [],
            ignore=ignore or [],
            mapping=mapping,
            waivers=waivers,
            exclude=exclude,
            jobs=jobs,
            cache=cache_folder(cache),
            progress=gc_pauses.resuming(progress),
        )
    for error in report.unread:
        console.complain(error)
    return report


def tell_left_open(report: Report, console: Console) -> None:
    """What was not read, placed or asked, so that a baseline says nothing of it."""
    for told in api.left_out_of_baseline(report, console.lang):
        console.print(told + "\n")
