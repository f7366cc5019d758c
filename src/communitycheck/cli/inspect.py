"""``communitycheck inspect``: show how returns were read."""

from __future__ import annotations

from pathlib import Path

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
    from communitycheck.check import open_rule_book, read_all, whole_dictionary
    from communitycheck.reporting import render_inspect
    from communitycheck.returns.files.startup import leave_pandas_out

    leave_pandas_out()
    one_of("--format", format_, ("text", "json"))
    refuse_inputs([save_mapping] if save_mapping else [], [*paths, *standards])
    book = open_rule_book(rules_dir, [s for s in standards if s.lower().endswith((".yaml", ".yml"))])
    dictionary = whole_dictionary(book, book.all())
    log.use(one_of("--log-format", log_format, log.FORMATS))
    with progress_bar(lang, quiet=quiet) as progress:
        returns, unread = read_all(
            paths,
            dictionary,
            mapping=mapping,
            open_questions=True,
            jobs=worker_count(jobs),
            cache=cache_folder(cache),
            progress=waking(progress),
        )
    for error in unread:
        complain(error, lang)
    notices = [n for r in returns for n in r.notices]
    if save_mapping is not None:
        from communitycheck.reporting.files import write_file
        from communitycheck.returns import mapping_text

        write_file(Path(save_mapping), [mapping_text(returns)])
    if not quiet and (returns or format_ == "json"):
        colour = in_colour()
        say_out(render_inspect(returns, unread, notices, format_, lang, dictionary=dictionary, colour=colour))
    return 2 if unread else 0
