"""``communitycheck overlap``: what several forms ask for."""

from typing import Annotated

import typer

from communitycheck import api
from communitycheck.cli import gc_pauses
from communitycheck.cli.common import (
    DOCUMENT_FORMATS,
    Cache,
    Details,
    DocumentFormat,
    Force,
    Jobs,
    Language,
    Mapping,
    Paths,
    RulesDir,
    Standards,
    cache_folder,
    console_of,
    one_of,
    option,
    refuse_inputs,
    refuse_read,
    several,
)
from communitycheck.cli.outputs.found import hand_over
from communitycheck.cli.progress import progress_bar

Outputs = Annotated[
    list[str] | None, option("--output", "-o", metavar="FILE", help="help-lists-output", callback=several)
]


def command(
    context: typer.Context,
    paths: Paths,
    standard: Standards = None,
    rules_dir: RulesDir = None,
    mapping: Mapping = None,
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
    outputs = output or []
    refuse_inputs(outputs, [*paths, *(standard or []), *filter(None, [mapping]), *console.settings])
    api.check_overlap_outputs(outputs, force=force)
    with progress_bar(console, quiet=False) as progress:
        found = api.overlap(
            paths,
            standard or [],
            rules_dir=rules_dir,
            mapping=mapping,
            jobs=jobs,
            cache=cache_folder(cache),
            progress=gc_pauses.resuming(progress),
        )
    refuse_read(outputs, [*(form.path for form in found.overlap.forms), *(error.path for error in found.unread)])
    for error in found.unread:
        console.complain(error)
    hand_over(
        *(found, outputs, format, console), anything=bool(outputs or found.overlap.forms),
        render=api.render_overlap, write=api.write_overlap, force=force, details=details,
    )  # fmt: skip
    return found.exit_code
