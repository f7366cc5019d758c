"""``communitycheck whatif``: what another limit would change."""

from typing import Annotated, Any, cast

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
from communitycheck.cli.parsing.in_order import InOrder, in_order
from communitycheck.cli.progress import progress_bar
from communitycheck.model.dictionary import REGION_LEVELS

CLASS = InOrder

Set = Annotated[
    list[str] | None,
    option("--set", metavar="RULE=VALUE|RULE=LOW..HIGH", help="help-whatif-set", callback=several),
]
Parameter = Annotated[
    list[str] | None, option("--parameter", metavar="NAME=VALUE", help="help-whatif-parameter", callback=several)
]
ReformFile = Annotated[
    list[str] | None, option("--reform", metavar="FILE", help="help-whatif-reform", callback=several)
]
Level = Annotated[str | None, option("--level", metavar="|".join(REGION_LEVELS), help="help-whatif-level")]
Outputs = Annotated[
    list[str] | None, option("--output", "-o", metavar="FILE", help="help-whatif-output", callback=several)
]
CostsFile = Annotated[str | None, option("--costs", metavar="FILE", help="help-gap-costs")]
Rate = Annotated[str | None, option("--rate", metavar="SHARE", help="help-whatif-rate")]


def command(
    context: typer.Context,
    paths: Paths,
    set: Set = None,
    parameter: Parameter = None,
    reform: ReformFile = None,
    standard: Standards = None,
    rules_dir: RulesDir = None,
    region: Region = None,
    as_of: AsOf = None,
    period: Period = None,
    select: Select = None,
    ignore: Ignore = None,
    mapping: Mapping = None,
    level: Level = None,
    rate: Rate = None,
    costs: CostsFile = None,
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
    _check_choices(format, level)
    changes = cast("Any", in_order(context, {"set": set, "parameter": parameter, "reform": reform}))
    beside = [*(standard or []), *(reform or []), *filter(None, (mapping, costs)), *console.settings]
    refuse_inputs(output or [], [*paths, *beside])
    api.check_whatif_outputs(output or [], changes, force=force)  # before anything is read
    with progress_bar(console, quiet=False) as progress:
        found = api.whatif(
            paths,
            changes,
            standard or [],
            rules_dir=rules_dir,
            region=region,
            as_of=day("--as-of", as_of),
            period=period,
            select=select or [],
            ignore=ignore or [],
            mapping=mapping,
            level=level,
            rate=rate,
            costs=costs,
            jobs=jobs,
            cache=cache_folder(cache),
            progress=gc_pauses.resuming(progress),
        )
    for error in found.unread:
        console.complain(error)
    _hand_over(found, output or [], format, console, force=force, details=details)
    return found.exit_code


def _check_choices(format: str, level: str | None) -> None:
    one_of("--format", format, DOCUMENT_FORMATS)
    if level is not None:
        one_of("--level", level, REGION_LEVELS)


def _hand_over(
    found: "api.FoundWhatIf", outputs: list[str], format: str, console: Console, *, force: bool, details: bool
) -> None:
    report = found.after
    if outputs:  # none in place of what was read
        refuse_read(outputs, [*(one.path for one in report.returns), *(one.path for one in report.unread)])
    # A picture of figures that no limit can be held against is refused when all else is written.
    files = sorted(outputs, key=lambda path: path.casefold().endswith((".svg", ".png")))
    hand_over(
        *(found, files, format, console), anything=bool(report.returns), written="whatif-written",
        render=api.render_whatif, write=api.write_whatif, force=force, details=details,
    )  # fmt: skip
