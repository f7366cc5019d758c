"""``communitycheck check``: returns are judged; the main job."""

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any

import typer

from communitycheck import api
from communitycheck.cli import gc_pauses
from communitycheck.cli.common import (
    AsOf,
    BaselineFile,
    Cache,
    Details,
    Force,
    Ignore,
    Jobs,
    Language,
    LogFormat,
    Mapping,
    Paths,
    Period,
    Region,
    Renames,
    RulesDir,
    Select,
    Standards,
    Waivers,
    cache_folder,
    console_of,
    day,
    one_of,
    option,
    refuse_file,
    refuse_holding,
    refuse_inputs,
    refuse_read,
    several,
)
from communitycheck.cli.console import LOG_FORMATS, Console
from communitycheck.cli.outputs.output_folder import OutputFolder, output_folder, tell_beside, tell_failed
from communitycheck.cli.progress import progress_bar
from communitycheck.errors import UsageError, WriteError
from communitycheck.messages import Lang
from communitycheck.model.dictionary import REGION_LEVELS
from communitycheck.model.report import Gate, Report
from communitycheck.model.standard import SEVERITIES

FAIL_ON = (*SEVERITIES, "never")
# What needs all records, or several returns.
_NOT_IN_ENGINE = (
    *("period", "waivers", "baseline", "renames", "mark_up", "split_by", "output_dir", "bundle", "all_verdicts"),
    *("jobs", "cache"),
)

Outputs = Annotated[
    list[str] | None, option("--output", "-o", metavar="FILE", help="help-output", setting=True, callback=several)
]
MarkUp = Annotated[str | None, option("--mark-up", metavar="DIR", help="help-mark-up", setting=True)]
SplitBy = Annotated[
    str | None, option("--split-by", metavar="|".join(REGION_LEVELS), help="help-split-by", setting=True)
]
OutputDir = Annotated[str | None, option("--output-dir", metavar="DIR", help="help-output-dir", setting=True)]
Bundle = Annotated[
    list[str] | None, option("--bundle", metavar="KINDS", help="help-bundle", setting=True, callback=several)
]
ReportFormat = Annotated[
    str, option("--format", metavar="|".join(api.formats().names), help="help-format", setting=True)
]
FailOn = Annotated[str, option("--fail-on", metavar="|".join(FAIL_ON), help="help-fail-on", setting=True)]
Strict = Annotated[bool, option("--strict", help="help-strict", setting=True)]
AllowIncomplete = Annotated[bool, option("--allow-incomplete", help="help-allow-incomplete", setting=True)]
AllVerdicts = Annotated[bool, option("--all-verdicts", help="help-all-verdicts", setting=True)]
EngineName = Annotated[str | None, option("--engine", metavar="duckdb", help="help-engine", setting=True)]
OpenPage = Annotated[bool, option("--open", help="help-open", setting=True)]
Quiet = Annotated[bool, option("--quiet", "-q", help="help-quiet", setting=True)]


def help_values(lang: Lang) -> dict[str, str]:
    """What the help of ``--output`` and ``--bundle`` says of the formats there are."""
    kinds, usual = api.bundle_kinds(by_region=True)
    return {"suffixes": api.formats().files_in_words(lang), "kinds": " ".join(kinds), "usual": ",".join(usual)}


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
    baseline: BaselineFile = None,
    renames: Renames = None,
    output: Outputs = None,
    mark_up: MarkUp = None,
    split_by: SplitBy = None,
    output_dir: OutputDir = None,
    bundle: Bundle = None,
    format: ReportFormat = "text",
    fail_on: FailOn = "expected",
    strict: Strict = False,
    allow_incomplete: AllowIncomplete = False,
    all_verdicts: AllVerdicts = False,
    details: Details = False,
    open_page: OpenPage = False,
    quiet: Quiet = False,
    force: Force = False,
    jobs: Jobs = None,
    cache: Cache = None,
    engine: EngineName = None,
    log_format: LogFormat = "text",
    lang: Language = None,
) -> int:
    console = _prepared(context, lang, format, log_format, engine)
    outputs, beside = output or [], filter(None, (mapping, waivers, baseline, renames))
    _check_outputs(outputs, [*(standard or []), *beside, *console.settings], mark_up, paths, force=force)
    folder = output_folder(paths, split_by, output_dir, bundle or [], standard or [], rules_dir)
    hold = _holder(baseline, standard or [], rules_dir, renames)
    exclude = [path for path in outputs if api.is_no_return(path)]
    with progress_bar(console, quiet=quiet) as progress:
        of_returns = {"period": period, "waivers": waivers, "jobs": jobs, "cache": cache_folder(cache)}
        judge = _judging(engine, exclude=exclude, progress=gc_pauses.resuming(progress), **of_returns)
        report = judge(
            paths,
            standard or [],
            rules_dir=rules_dir,
            region=region,
            as_of=day("--as-of", as_of),
            select=select or [],
            ignore=ignore or [],
            gate=Gate(one_of("--fail-on", fail_on, FAIL_ON), strict, allow_incomplete),
            mapping=mapping,
        )
    _judged(report, outputs, hold)
    write = partial(_write, report, outputs, folder, mark_up, paths, console, all_verdicts=all_verdicts, force=force)
    tell = partial(_tell, report, format, console, quiet=quiet, all_verdicts=all_verdicts, details=details)
    return _finished(report, tell, write, outputs if open_page else None, console, all_verdicts=all_verdicts)


def _prepared(
    context: typer.Context, lang: str | None, format: str, log_format: str, engine: str | None
) -> Console:
    """The console; before anything else is loaded, refuse a format that there is not."""
    console = console_of(context, lang)
    api.leave_pandas_out()
    one_of("--format", format, api.formats().names)
    console.log_format = one_of("--log-format", log_format, LOG_FORMATS)
    if engine:
        _refuse_beside_engine(context)
    return console


def _judging(engine: str | None, **of_returns: Any) -> Callable[..., Report]:
    """What judges: the engine, or the reader of returns with what is said of them."""
    return partial(api.check_in_engine, engine=engine) if engine else partial(api.check, **of_returns)


def _refuse_beside_engine(context: typer.Context) -> None:
    """Options for what an engine does not do.

    Raises:
        UsageError: ``engine-option``.
    """
    given = next((name for name in _NOT_IN_ENGINE if context.params.get(name)), None)
    if given is not None:
        raise UsageError("engine-option", option="--" + given.replace("_", "-"))


def _judged(report: Report, outputs: list[str], hold: Callable[[Report], None]) -> None:
    """Refuse to write over what was read, and hold the report against the baseline."""
    refuse_read(outputs, [*(one.path for one in report.returns), *(one.path for one in report.unread)])
    hold(report)


def _holder(
    baseline: str | None, standards: list[str], rules_dir: str | None, renames: str | None
) -> Callable[[Report], None]:
    """What holds the report against the baseline; the file is read before anything is judged."""
    if baseline is None:
        return lambda _: None
    held = api.open_baseline(baseline, standards, rules_dir, renames)
    return lambda report: api.apply_baseline(report, held)


def _finished(
    report: Report,
    tell: Callable[[], None],
    write: Callable[[], bool],
    opened: list[str] | None,
    console: Console,
    *,
    all_verdicts: bool,
) -> int:
    """Tell and write the report, open the page where that is wanted, and log how the run ended."""
    code = report.exit_code if _tell_and_write(tell, write) else 2
    if opened is not None:
        from communitycheck.cli.outputs.open_report import open_report  # few runs show a page

        open_report(report, opened, console, all_verdicts=all_verdicts)
    console.log("run-finished", read=len(report.returns), refused=len(report.unread), exit_code=code)
    return code


def _tell_and_write(tell: Callable[[], None], write: Callable[[], bool]) -> bool:
    """Whether all files were written: also where nobody reads the report to its end, or the disk below it is full."""
    try:
        tell()
    except OSError:
        write()
        raise
    return write()


def _tell(
    report: Report, format: str, console: Console, *, quiet: bool, all_verdicts: bool, details: bool
) -> None:
    """What could not be read on standard error, and the report on standard output."""
    for error in report.unread:
        console.complain(error)
    if quiet or (format == "text" and not report.returns):
        return
    colour, width = console.colour, console.width
    lists = {"all_verdicts": all_verdicts, "details": details}
    console.print(api.render(report, format, console.lang, colour=colour, width=width, **lists), data=format != "text")


def _check_outputs(
    outputs: list[str], inputs: list[str], mark_up: str | None, paths: list[str], *, force: bool
) -> None:
    """Refuse before anything is read what could not be written afterwards.

    Raises:
        UsageError: an output that is an input or another output, a folder that is none or holds what is to be read.
        WriteError: a file or folder that cannot be written, or a file that must not be replaced.
    """
    refuse_inputs(outputs, [*paths, *inputs])
    api.check_outputs(outputs, force=force)
    if mark_up is not None:
        refuse_file("--mark-up", mark_up)
        api.check_folder(mark_up)
        refuse_holding(mark_up, paths)


def _write(
    report: Report,
    outputs: list[str],
    folder: OutputFolder | None,
    mark_up: str | None,
    paths: list[str],
    console: Console,
    *,
    all_verdicts: bool,
    force: bool,
) -> bool:
    """Write the report to files and folders, each for itself; False where something could not be written.

    Raises:
        WriteError: a folder whose files must not be replaced; before anything is written.
    """
    done = True

    def write_to(path: str) -> bool:
        api.write(report, path, console.lang, all_verdicts=all_verdicts, force=force)
        return True

    jobs: list[Callable[[], bool]] = [partial(write_to, path) for path in outputs]
    if folder is not None:
        try:
            jobs.append(folder.planned(report, console, all_verdicts=all_verdicts, force=force))
        except UsageError as error:  # of this folder alone, as where no record names its county
            console.complain(error)
            done = False
    if mark_up is not None:
        jobs.append(partial(_mark_up, report, mark_up, paths, console))
    for job in jobs:
        try:
            done = job() and done
        except (UsageError, WriteError) as error:
            console.complain(error)
            done = False
    return done


def _mark_up(report: Report, folder: str, paths: list[str], console: Console) -> bool:
    """Write the marked-up copies and say what became of them; False where one could not be written."""
    copies = api.mark_up(report, folder, console.lang, given=paths)
    for refused in copies.refused:
        console.remark(refused)
    for path in copies.signed:
        console.remark(f"{path}: {console.say('markup-signature')}")
    tell_beside(copies.beside, console)
    written = tell_failed(copies.failed, console)
    refusals = console.say("markup-done-refused", n=len(copies.refused)) if copies.refused else ""
    done = console.say("markup-done", folder=folder, n=len(copies.written), clean=copies.clean)
    console.remark(done + refusals)
    return written
