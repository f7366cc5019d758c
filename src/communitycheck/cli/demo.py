"""``communitycheck demo``: the main job on the sample, in a folder of its own, and what to do next."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from communitycheck import api
from communitycheck.cli.common import Force, Language, argument, console_of, option
from communitycheck.cli.outputs.open_report import open_report
from communitycheck.model.report import Report
from communitycheck.printable import typed

Folder = Annotated[str, argument("[DIR]", "help-demo-folder")]
OWN_FILES_ONLY = True
OpenPage = Annotated[bool, option("--open", help="help-open")]


def command(
    context: typer.Context,
    folder: Folder = "communitycheck-demo",
    open_page: OpenPage = False,
    force: Force = False,
    lang: Language = None,
) -> int:
    """0 though the sample falls short: nothing went wrong."""
    console = console_of(context, lang)
    api.leave_pandas_out()
    page = Path(folder) / console.say("page-name")
    api.refuse_others([page], force=force)
    sample = str(api.copy_sample(folder, force=force))
    report = api.check([sample])
    console.print(api.render(report, "text", console.lang, colour=console.colour, width=console.width))
    api.write(report, page, console.lang, force=force)
    steps = [[f"communitycheck {words}", console.say(code)] for code, words in _next_steps(report, folder, sample)]
    console.print(f"\n{console.say('demo-next', sample=sample, page=str(page))}\n")
    console.print(f"  {line}\n" for line in api.in_columns(steps))
    if open_page:
        open_report(report, [str(page)], console)
    return 0


def _next_steps(report: Report, folder: str, sample: str) -> Iterator[tuple[str, str]]:
    """What may be tried, each with what to type after the program's name."""
    worst = max(report.results, key=lambda result: len(result.missed)).rule.id
    path = typed(sample)
    yield "demo-inspect", f"inspect {path}"
    yield "demo-explain", f"explain {path} --rule {worst}"
    yield "demo-mark-up", f"check {path} --mark-up {typed(str(Path(folder) / 'marked'))}"
    yield "demo-template", f"template -s {report.standards[0].id} -o {typed(str(Path(folder) / 'blank.xlsx'))}"
    yield "demo-own", "check --help"
