"""``communitycheck trend``: how far indicators have come from period to period, and whether they will be in time."""

from typing import Annotated

import typer

from communitycheck import api
from communitycheck.cli import gc_pauses
from communitycheck.cli.common import (
    DOCUMENT_FORMATS,
    AsOf,
    Cache,
    Details,
    DocumentFormat,
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
    refuse_read,
    several,
)
from communitycheck.cli.outputs.found import hand_over
from communitycheck.cli.progress import progress_bar

Outputs = Annotated[
    list[str] | None, option("--output", "-o", metavar="FILE", help="help-trend-output", callback=several)
]


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
    format: DocumentFormat = "text",
    details: Details = False,
    force: Force = False,
    jobs: Jobs = None,
    cache: Cache = None,
    lang: Language = None,
) -> int:
    console = console_of(context, lang)
    api.leave_pandas_out()
    one_of("--format", format, DOCUMENT_FORMATS)
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
        refuse_read(outputs, [*(one.path for one in found.report.returns), *(error.path for error in found.unread)])
    hand_over(
        *(found, outputs, format, console), anything=bool(found.report.returns),
        render=api.render_trend, write=api.write_trend, force=force, details=details,
    )  # fmt: skip
    return found.exit_code
