"""``communitycheck gap``: what has to be added, where, and in whom with least."""

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
    Period,
    Region,
    RulesDir,
    Select,
    Standards,
    Waivers,
    cache_folder,
    console_of,
    day,
    one_of,
    option,
    refuse_inputs,
    refuse_read,
    several,
)
from communitycheck.cli.console import Console
from communitycheck.cli.outputs.found import hand_over
from communitycheck.cli.progress import progress_bar
from communitycheck.model.dictionary import REGION_LEVELS

OBJECTIVES = ("most-communities", "most-people", "worst-first", "share-target")

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
Outputs = Annotated[
    list[str] | None, option("--output", "-o", metavar="FILE", help="help-gap-output", callback=several)
]


def command(
    context: typer.Context,
    paths: Paths,
    standard: Standards = None,
    rules_dir: RulesDir = None,
    region: Region = None,
    as_of: AsOf = None,
    period: Period = None,
    select: Select = None,
    ignore: Ignore = None,
    mapping: Mapping = None,
    waivers: Waivers = None,
    level: Level = None,
    advisory: Advisory = False,
    costs: CostsFile = None,
    budget: Budget = None,
    objective: Objective = None,
    at: At = None,
    growth: Growth = None,
    projection: ProjectionColumns = None,
    output: Outputs = None,
    format: DocumentFormat = "text",
    details: Details = False,
    force: Force = False,
    jobs: Jobs = None,
    cache: Cache = None,
    lang: Language = None,
) -> int:
    console = console_of(context, lang)
    _check_format(format)
    level = _level(level, standard or [], rules_dir)
    _check_outputs(output or [], [*paths, *(standard or []), mapping, waivers, costs, *console.settings], force=force)
    with progress_bar(console, quiet=False) as progress:
        found = api.gap(
            paths,
            standard or [],
            rules_dir=rules_dir,
            region=region,
            as_of=day("--as-of", as_of),
            period=period,
            select=select or [],
            ignore=ignore or [],
            mapping=mapping,
            waivers=waivers,
            level=level,
            advisory=advisory,
            costs=costs,
            budget=budget, objective=objective,
            at=at,
            growth=growth,
            projection=projection or [],
            jobs=jobs, cache=cache_folder(cache), progress=gc_pauses.resuming(progress),
        )  # fmt: skip
    for error in found.unread:
        console.complain(error)
    _hand_over(found, output or [], format, console, force=force, details=details)
    return found.exit_code


def _check_format(format: str) -> None:
    api.leave_pandas_out()
    one_of("--format", format, DOCUMENT_FORMATS)


def _level(level: str | None, standards: list[str], rules_dir: str | None) -> str | None:
    """The level by its key, also where a standard calls it otherwise."""
    if level is None or level in REGION_LEVELS:
        return level
    return api.region_level(level, "--level", standards, rules_dir)


def _check_outputs(outputs: list[str], inputs: list[str | None], *, force: bool) -> None:
    """Refuse before anything is read what could not be written afterwards."""
    refuse_inputs(outputs, [one for one in inputs if one])
    api.check_gap_outputs(outputs, force=force)


def _hand_over(
    found: "api.FoundGap", outputs: list[str], format: str, console: Console, *, force: bool, details: bool
) -> None:
    report = found.report
    if outputs:  # none in place of what was read
        refuse_read(outputs, [*(one.path for one in report.returns), *(one.path for one in report.unread)])
    hand_over(
        *(found, outputs, format, console), anything=bool(report.returns), written="gap-written",
        render=api.render_gap, write=api.write_gap, force=force, details=details,
    )  # fmt: skip
