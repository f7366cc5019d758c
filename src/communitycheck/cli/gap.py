"""``communitycheck gap``: what has to be added, where, and in whom with least."""

from typing import Annotated

import typer

from communitycheck import api
from communitycheck.cli import gc_pauses
from communitycheck.cli.common import (
    AsOf,
    Cache,
    Details,
    Ignore,
    Jobs,
    Language,
    Mapping,
    Paths,
    Region,
    RulesDir,
    Select,
    Standards,
    cache_folder,
    console_of,
    day,
    one_of,
    option,
    several,
)
from communitycheck.cli.progress import progress_bar
from communitycheck.model.dictionary import REGION_LEVELS

OBJECTIVES = ("most-communities", "most-people", "worst-first", "share-target")
FORMATS = ("text", "json", "csv", "markdown")

Level = Annotated[str | None, option("--level", metavar="|".join(REGION_LEVELS), help="help-gap-level")]
Advisory = Annotated[bool, option("--advisory", help="help-gap-advisory")]
CostsFile = Annotated[str | None, option("--costs", metavar="FILE", help="help-gap-costs")]
Budget = Annotated[str | None, option("--budget", metavar="AMOUNT", help="help-gap-budget")]
Objective = Annotated[str | None, option("--objective", metavar="|".join(OBJECTIVES), help="help-gap-objective")]
At = Annotated[int | None, option("--at", metavar="YEAR", help="help-gap-at")]
Growth = Annotated[str | None, option("--growth", metavar="RATE", help="help-gap-growth")]
ProjectionColumns = Annotated[
    list[str] | None, option("--projection", metavar="FIELD=COLUMN", help="help-gap-projection", callback=several)
]
GapFormat = Annotated[str, option("--format", metavar="|".join(FORMATS), help="help-format")]


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
    level: Level = None,
    advisory: Advisory = False,
    costs: CostsFile = None,
    budget: Budget = None,
    objective: Objective = None,
    at: At = None,
    growth: Growth = None,
    projection: ProjectionColumns = None,
    format: GapFormat = "text",
    details: Details = False,
    jobs: Jobs = None,
    cache: Cache = None,
    lang: Language = None,
) -> int:
    console = console_of(context, lang)
    api.leave_pandas_out()
    one_of("--format", format, FORMATS)
    if level is not None:
        one_of("--level", level, REGION_LEVELS)
    with progress_bar(console, quiet=False) as progress:
        found = api.gap(
            paths,
            standard or [],
            rules_dir=rules_dir,
            region=region,
            as_of=day("--as-of", as_of),
            select=select or [],
            ignore=ignore or [],
            mapping=mapping,
            level=level,
            advisory=advisory,
            costs=costs,
            budget=budget,
            objective=objective,
            at=at,
            growth=growth,
            projection=projection or [],
            jobs=jobs,
            cache=cache_folder(cache),
            progress=gc_pauses.resuming(progress),
        )
    for error in found.unread:
        console.complain(error)
    if found.report.returns or format != "text":
        text = api.render_gap(found, format, console.lang, colour=console.colour, width=console.width, details=details)
        console.print(text, data=format != "text")
    return 2 if found.unread else 0
