"""``communitycheck trend``: how far indicators have come from period to period, and whether they will be in time."""

from typing import Annotated

import typer

from communitycheck import api
from communitycheck.cli import gc_pauses
from communitycheck.cli.common import (
    AsOf,
    Cache,
    Details,
    Force,
    Ignore,
    Jobs,
    Language,
    Mapping,
    Paths,
    Region,
    Renames,
    RulesDir,
    Select,
    Standards,
    cache_folder,
    console_of,
    day,
    one_of,
    option,
    refuse_inputs,
    several,
)
from communitycheck.cli.progress import progress_bar

FORMATS = ("text", "html", "json", "csv", "markdown")

Outputs = Annotated[
    list[str] | None, option("--output", "-o", metavar="FILE", help="help-trend-output", callback=several)
]
TrendFormat = Annotated[str, option("--format", metavar="|".join(FORMATS), help="help-format")]


def command(
    context: typer.Context,
    paths: Paths,
    standard: Standards = None,
    rules_dir: RulesDir = None,
    region: Region = None,
    as_of: AsOf = None,
    select: Select = None,
    ignore: Ignore = None,
    mapping: Mapping = None,
    renames: Renames = None,
    output: Outputs = None,
    format: TrendFormat = "text",
    details: Details = False,
    force: Force = False,
    jobs: Jobs = None,
    cache: Cache = None,
    lang: Language = None,
) -> int:
    console = console_of(context, lang)
    api.leave_pandas_out()
    one_of("--format", format, FORMATS)
    outputs, beside = output or [], [*(standard or []), *filter(None, (mapping, renames))]
    refuse_inputs(outputs, [*paths, *beside, *console.settings])
    api.check_trend_outputs(outputs, force=force)
    with progress_bar(console, quiet=False) as progress:
        found = api.trend(
            paths,
            standard or [],
            rules_dir=rules_dir,
            region=region,
            as_of=day("--as-of", as_of),
            select=select or [],
            ignore=ignore or [],
            mapping=mapping,
            renames=renames,
            jobs=jobs,
            cache=cache_folder(cache),
            progress=gc_pauses.resuming(progress),
        )
    for error in found.unread:
        console.complain(error)
    if outputs:
        for path in outputs if found.report.returns else ():
            api.write_trend(found, path, console.lang, force=force)
            console.remark(console.say("compare-written-file", path=path))
    elif found.report.returns or format != "text":
        text = api.render_trend(
            found, format, console.lang, colour=console.colour, width=console.width, details=details
        )
        console.print(text, data=format != "text")
    return found.exit_code
