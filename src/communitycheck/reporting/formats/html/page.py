"""The report as one HTML page that needs nothing else: no network, no other file, and without scripts still a report.

The page is drawn by ``assets/report.html``; its data lie in it as JSON, from which ``assets/report.js`` lists, sorts,
filters and walks through the regions. A content security policy lets nothing run but that script.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from importlib.resources import files

from communitycheck.messages import Lang, catalogue
from communitycheck.messages.html import MESSAGES
from communitycheck.model.report import Report
from communitycheck.printable import printed
from communitycheck.reporting.formats.html.rows import payload, pick
from communitycheck.reporting.formats.html.sections import sections
from communitycheck.reporting.formats.registry import RenderOptions
from communitycheck.reporting.words.numbers import count, rate
from communitycheck.reporting.words.sentences import Wording

# Messages of other rooms that the script says.
BORROWED = (
    *("none", "not-available", "waived-mark", "explained-mark", "region-unnamed", "chart-worst-of"),
    *("comma", "semicolon", "brackets"),
)
CHUNK = 64 * 1024  # characters handed on at once

def render(report: Report, lang: Lang, options: RenderOptions) -> Iterator[str]:
    """The page in pieces; with ``all_verdicts`` also what passed and what was out of scope, up to a stated cap."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    wording = Wording.of(report, lang)
    environment = Environment(
        loader=PackageLoader("communitycheck.reporting.formats.html", "assets"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=printed,
    )
    environment.globals.update(say=wording.say, title=wording.report_title(), count=count, rate=rate)
    style, script = asset("report.css"), asset("report.js")
    picked = pick(report, all_verdicts=options.all_verdicts)
    page = environment.get_template("report.html").generate(
        lang=lang,
        style=Markup(style),
        script=Markup(script),
        style_hash=_hash(style),
        script_hash=_hash(script),
        # Nothing is left open in it: what could end the element is written as an escape.
        data=(Markup(piece) for piece in payload(report, wording, picked, _words(wording))),
        version=report.version,
        list_title=wording.say("heading-verdicts" if options.all_verdicts else "html-listed"),
        **sections(report, picked, wording),
    )
    yield from _in_chunks(page)


def _in_chunks(pieces: Iterator[str]) -> Iterator[str]:
    held: list[str] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size >= CHUNK:
            yield "".join(held)
            held, size = [], 0
    yield "".join(held)


def asset(name: str) -> str:
    return (files("communitycheck.reporting.formats.html") / "assets" / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """The source that a content security policy knows ``text`` by."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _words(wording: Wording) -> dict[str, str]:
    """Sentences that the script says, their placeholders left in."""
    index = 0 if wording.lang == "zh" else 1
    known = catalogue()
    return {code.removeprefix("html-"): known[code][index] for code in (*MESSAGES, *BORROWED)}
