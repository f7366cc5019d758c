"""``communitycheck inspect``: how returns were read."""

from pathlib import Path
from typing import Annotated

import typer

from communitycheck import api
from communitycheck.cli import gc_pauses
from communitycheck.cli.common import (
    TEXT_OR_JSON,
    Cache,
    Force,
    Jobs,
    Language,
    LogFormat,
    Mapping,
    Paths,
    RulesDir,
    Standards,
    TextOrJson,
    cache_folder,
    console_of,
    one_of,
    option,
    refuse_inputs,
    refuse_read,
    rule_files,
)
from communitycheck.cli.console import LOG_FORMATS
from communitycheck.cli.progress import progress_bar

SaveMapping = Annotated[str | None, option("--save-mapping", metavar="FILE", help="help-save-mapping")]
Quiet = Annotated[bool, option("--quiet", "-q", help="help-quiet")]


def command(
    context: typer.Context,
    paths: Paths,
    standard: Standards = None,
    rules_dir: RulesDir = None,
    mapping: Mapping = None,
    save_mapping: SaveMapping = None,
    force: Force = False,
    format: TextOrJson = "text",
    quiet: Quiet = False,
    jobs: Jobs = None,
    cache: Cache = None,
    log_format: LogFormat = "text",
    lang: Language = None,
) -> int:
    console = console_of(context, lang)
    api.leave_pandas_out()
    one_of("--format", format, TEXT_OR_JSON)
    if save_mapping is not None:
        refuse_inputs([save_mapping], [*paths, *(standard or []), *rule_files(rules_dir), *console.settings])
        api.refuse_others([Path(save_mapping)], force=force)
    console.log_format = one_of("--log-format", log_format, LOG_FORMATS)
    with progress_bar(console, quiet=quiet) as progress:
        found = api.inspect(
            paths,
            standard or [],
            rules_dir=rules_dir,
            mapping=mapping,
            jobs=jobs,
            cache=cache_folder(cache),
            progress=gc_pauses.resuming(progress),
        )
    if save_mapping is not None:
        refuse_read([save_mapping], [*(one.path for one in found.returns), *(one.path for one in found.unread)])
    for error in found.unread:
        console.complain(error)
    if save_mapping is not None:
        api.save_mapping(save_mapping, found, console.lang, force=force)
    if not quiet and (found.returns or format == "json"):
        text = api.render_inspection(found, format, console.lang, colour=console.colour, width=console.width)
        console.print(text, data=format != "text")
    return 2 if found.unread else 0
