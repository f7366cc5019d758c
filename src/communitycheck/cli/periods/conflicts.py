"""``communitycheck conflicts``: what two returns of one period say differently of the same subjects."""

from typing import Annotated

import typer

from communitycheck import api
from communitycheck.cli import gc_pauses
from communitycheck.cli.common import (
    AsOf,
    Cache,
    Details,
    Jobs,
    Language,
    Mapping,
    Paths,
    Region,
    RulesDir,
    Standards,
    cache_folder,
    console_of,
    day,
    one_of,
    option,
)
from communitycheck.cli.progress import progress_bar

FORMATS = ("text", "json", "csv", "markdown")

ConflictsFormat = Annotated[str, option("--format", metavar="|".join(FORMATS), help="help-format")]


def command(
    context: typer.Context,
    paths: Paths,
    standard: Standards = None,
    rules_dir: RulesDir = None,
    region: Region = None,
    as_of: AsOf = None,
    mapping: Mapping = None,
    format: ConflictsFormat = "text",
    details: Details = False,
    jobs: Jobs = None,
    cache: Cache = None,
    lang: Language = None,
) -> int:
    console = console_of(context, lang)
    api.leave_pandas_out()
    one_of("--format", format, FORMATS)
    with progress_bar(console, quiet=False) as progress:
        found = api.conflicts(
            paths,
            standard or [],
            rules_dir=rules_dir,
            region=region,
            as_of=day("--as-of", as_of),
            mapping=mapping,
            jobs=jobs,
            cache=cache_folder(cache),
            progress=gc_pauses.resuming(progress),
        )
    for error in found.unread:
        console.complain(error)
    if found.report.returns or format != "text":
        text = api.render_conflicts(
            found, format, console.lang, colour=console.colour, width=console.width, details=details
        )
        console.print(text, data=format != "text")
    return 2 if found.unread else 0
