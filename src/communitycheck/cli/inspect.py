"""``communitycheck inspect``: show how returns were read."""

from __future__ import annotations

from communitycheck.cli import log
from communitycheck.cli.check import say_out
from communitycheck.cli.garbage import waking
from communitycheck.cli.options import cache_folder, in_colour, one_of, refuse_inputs, worker_count
from communitycheck.cli.progress import progress_bar
from communitycheck.cli.run import complain
from communitycheck.messages import Lang


def run_inspect(
    paths: list[str],
    *,
    standards: list[str],
    rules_dir: str | None,
    mapping: str | None,
    save_mapping: str | None,
    format_: str,
    quiet: bool,
    jobs: int | None,
    cache: str | None,
    log_format: str,
    lang: Lang,
) -> int:
    """Read ``paths`` and show the reading; 2 where a file could not be read."""
    from communitycheck import api

    api.leave_pandas_out()
    one_of("--format", format_, ("text", "json"))
    refuse_inputs([save_mapping] if save_mapping else [], [*paths, *standards])
    log.use(one_of("--log-format", log_format, log.FORMATS))
    with progress_bar(lang, quiet=quiet) as progress:
        found = api.inspect(
            paths,
            standards,
            rules_dir=rules_dir,
            mapping=mapping,
            jobs=worker_count(jobs),
            cache=cache_folder(cache),
            progress=waking(progress),
        )
    for error in found.unread:
        complain(error, lang)
    if save_mapping is not None:
        api.save_mapping(save_mapping, found.returns)
    if not quiet and (found.returns or format_ == "json"):
        say_out(api.render_inspection(found, format_, lang, colour=in_colour()))
    return 2 if found.unread else 0
