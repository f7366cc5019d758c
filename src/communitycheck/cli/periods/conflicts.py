"""``communitycheck conflicts``: what two returns of one period say differently of the same subjects."""

from typing import Annotated

import typer

from communitycheck import api
from communitycheck.cli import gc_pauses
from communitycheck.cli.common import (
    AsOf,
    Cache,
    Details,
    Force,
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
    refuse_inputs,
    refuse_read,
    several,
)
from communitycheck.cli.progress import progress_bar

FORMATS = ("text", "html", "json", "csv", "markdown")

Outputs = Annotated[
    list[str] | None, option("--output", "-o", metavar="FILE", help="help-conflicts-output", callback=several)
]
ConflictsFormat = Annotated[str, option("--format", metavar="|".join(FORMATS), help="help-format")]


def command(
    context: typer.Context,
    paths: Paths,
    standard: Standards = None,
    rules_dir: RulesDir = None,
    region: Region = None,
    as_of: AsOf = None,
    mapping: Mapping = None,
    output: Outputs = None,
    format: ConflictsFormat = "text",
    details: Details = False,
    force: Force = False,
    jobs: Jobs = None,
    cache: Cache = None,
    lang: Language = None,
) -> int:
    console = console_of(context, lang)
    api.leave_pandas_out()
    one_of("--format", format, FORMATS)
    outputs = output or []
    refuse_inputs(outputs, [*paths, *(standard or []), *filter(None, [mapping]), *console.settings])
    api.check_conflicts_outputs(outputs, force=force)
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
    refuse_read(outputs, [*(one.path for one in found.report.returns), *(error.path for error in found.unread)])
    for error in found.unread:
        console.complain(error)
    if outputs:
        for path in outputs if found.report.returns else ():
            api.write_conflicts(found, path, console.lang, force=force)
            console.remark(console.say("compare-written-file", path=path))
    elif found.report.returns or format != "text":
        text = api.render_conflicts(
            found, format, console.lang, colour=console.colour, width=console.width, details=details
        )
        console.print(text, data=format != "text")
    return found.exit_code
