"""``communitycheck compare``: what changed from one run to another, and whether the figures or the rules did it."""

from typing import Annotated

import typer

from communitycheck import api
from communitycheck.cli import gc_pauses
from communitycheck.cli.common import (
    DOCUMENT_FORMATS,
    AsOf,
    Cache,
    Details,
    Force,
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
    refuse_inputs,
    refuse_read,
    several,
)
from communitycheck.cli.outputs.found import hand_over
from communitycheck.cli.progress import progress_bar

FORMATS = (*DOCUMENT_FORMATS, "junit", "sarif", "github")

Before = Annotated[str, argument("BEFORE", "help-before")]
After = Annotated[str, argument("AFTER", "help-after")]
BeforeStandards = Annotated[
    list[str] | None, option("--before-standard", metavar="ID|FILE", help="help-before-standard", callback=several)
]
BeforeAsOf = Annotated[str | None, option("--before-as-of", metavar="DATE", help="help-before-as-of")]
Outputs = Annotated[
    list[str] | None, option("--output", "-o", metavar="FILE", help="help-compare-output", callback=several)
]
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
    output: Outputs = None,
    format: ChangesFormat = "text",
    details: Details = False,
    force: Force = False,
    jobs: Jobs = None,
    cache: Cache = None,
    lang: Language = None,
) -> int:
    console = console_of(context, lang)
    api.leave_pandas_out()
    one_of("--format", format, FORMATS)
    outputs, beside = output or [], [*(standard or []), *(before_standard or []), *filter(None, (mapping, renames))]
    refuse_inputs(outputs, [before, after, *beside, *console.settings])
    api.check_changes_outputs(outputs, force=force)
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
    refuse_read(outputs, [*found.read, *(error.path for error in found.unread)])
    hand_over(
        *(found, outputs, format, console), anything=found.comparison.whole,
        render=api.render_changes, write=api.write_changes, force=force, details=details,
    )  # fmt: skip
    return found.comparison.exit_code
