"""``communitycheck compare``: what changed from one run to another, and whether the figures or the rules did it."""

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
    Region,
    Renames,
    RulesDir,
    Select,
    Standards,
    argument,
    cache_folder,
    console_of,
    day,
    one_of,
    option,
    several,
)
from communitycheck.cli.progress import progress_bar

FORMATS = ("text", "json", "markdown")

Before = Annotated[str, argument("BEFORE", "help-before")]
After = Annotated[str, argument("AFTER", "help-after")]
BeforeStandards = Annotated[
    list[str] | None, option("--before-standard", metavar="ID|FILE", help="help-before-standard", callback=several)
]
BeforeAsOf = Annotated[str | None, option("--before-as-of", metavar="DATE", help="help-before-as-of")]
ChangesFormat = Annotated[str, option("--format", metavar="|".join(FORMATS), help="help-format")]


def command(
    context: typer.Context,
    before: Before,
    after: After,
    standard: Standards = None,
    before_standard: BeforeStandards = None,
    rules_dir: RulesDir = None,
    region: Region = None,
    as_of: AsOf = None,
    before_as_of: BeforeAsOf = None,
    select: Select = None,
    ignore: Ignore = None,
    mapping: Mapping = None,
    renames: Renames = None,
    format: ChangesFormat = "text",
    details: Details = False,
    jobs: Jobs = None,
    cache: Cache = None,
    lang: Language = None,
) -> int:
    console = console_of(context, lang)
    api.leave_pandas_out()
    one_of("--format", format, FORMATS)
    with progress_bar(console, quiet=False) as progress:
        found = api.compare(
            before,
            after,
            standard or [],
            before_standards=before_standard or [],
            rules_dir=rules_dir,
            region=region,
            as_of=day("--as-of", as_of),
            before_as_of=day("--before-as-of", before_as_of),
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
    if found.comparison.whole or format != "text":
        lang, colour, width = console.lang, console.colour, console.width
        text = api.render_changes(found, format, lang, colour=colour, width=width, details=details)
        console.print(text, data=format != "text")
    return found.comparison.exit_code
