"""``communitycheck check``: parse, call, render, exit."""

from __future__ import annotations

import sys
from pathlib import Path

from communitycheck.cli import log
from communitycheck.cli.bundles import bundles_asked
from communitycheck.cli.garbage import waking
from communitycheck.cli.options import (
    cache_folder,
    check_folder,
    day,
    in_colour,
    one_of,
    refuse_folder,
    refuse_inputs,
    worker_count,
)
from communitycheck.cli.progress import progress_bar
from communitycheck.cli.run import complain, remark
from communitycheck.messages import Lang, say
from communitycheck.model.report import Gate, Report
from communitycheck.model.standard import SEVERITIES


def run_check(
    paths: list[str],
    *,
    standards: list[str],
    rules_dir: str | None,
    region: str | None,
    as_of: str | None,
    select: list[str],
    ignore: list[str],
    mapping: str | None,
    outputs: list[str],
    mark_up: str | None,
    split_by: str | None,
    output_dir: str | None,
    bundle: list[str],
    format_: str,
    fail_on: str,
    strict: bool,
    allow_incomplete: bool,
    all_verdicts: bool,
    quiet: bool,
    jobs: int | None,
    cache: str | None,
    log_format: str,
    lang: Lang,
) -> int:
    """Judge ``paths``, print and write the report; the exit code."""
    from communitycheck import api

    api.leave_pandas_out()
    one_of("--format", format_, api.formats().names)
    gate = Gate(one_of("--fail-on", fail_on, (*SEVERITIES, "never")), strict, allow_incomplete)
    refuse_inputs(outputs, [*paths, *standards, *([mapping] if mapping else [])])
    for output in outputs:
        api.check_output(Path(output))
    if mark_up is not None:
        check_folder("--mark-up", mark_up)
        api.check_folder(mark_up)
        refuse_folder(mark_up, paths)
    bundles = bundles_asked(paths, split_by, output_dir, bundle)
    log.use(one_of("--log-format", log_format, log.FORMATS))
    with progress_bar(lang, quiet=quiet) as progress:
        report = api.check(
            paths,
            standards,
            rules_dir=rules_dir,
            region=region,
            as_of=day("--as-of", as_of),
            select=select,
            ignore=ignore,
            gate=gate,
            mapping=mapping,
            exclude=[*outputs, *([mark_up] if mark_up else [])],
            jobs=worker_count(jobs),
            cache=cache_folder(cache),
            progress=waking(progress),
        )
    for error in report.unread:
        complain(error, lang)
    if not quiet and (report.returns or format_ != "text"):
        colour = in_colour()
        say_out(api.render(report, format_, lang, all_verdicts=all_verdicts, colour=colour))
    for output in outputs:
        api.write(report, Path(output), lang, all_verdicts=all_verdicts)
    if bundles is not None:
        bundles.write(report, lang, all_verdicts=all_verdicts)
    code = report.exit_code
    if mark_up is not None and not _marked_up(report, mark_up, paths, lang):
        code = 2
    if log.is_json():
        facts = {"read": len(report.returns), "refused": len(report.unread), "exit_code": code}
        log.tell("info", "run-finished", say("run-finished", lang, **facts), "", **facts)
    return code


def _marked_up(report: Report, folder: str, paths: list[str], lang: Lang) -> bool:
    """Write the marked-up copies and say what became of them; False where one could not be written."""
    from communitycheck import api

    copies = api.mark_up(report, folder, lang, given=paths)
    for refused in copies.refused:
        remark(refused, lang)
    for path in copies.signed:
        remark(f"{path}: {say('markup-signature', lang)}", lang)
    for failed in copies.failed:
        complain(failed, lang)
    refusals = say("markup-done-refused", lang, n=len(copies.refused)) if copies.refused else ""
    remark(say("markup-done", lang, folder=folder, n=len(copies.written), clean=copies.clean) + refusals, lang)
    return not copies.failed


def say_out(chunks: object) -> None:
    """Write text to standard output in UTF-8, chunk by chunk."""
    if hasattr(sys.stdout, "reconfigure") and not sys.stdout.isatty():
        sys.stdout.reconfigure(encoding="utf-8", newline="")
    for chunk in [chunks] if isinstance(chunks, str) else chunks:  # type: ignore[attr-defined]
        sys.stdout.write(chunk)
