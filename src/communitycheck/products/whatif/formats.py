"""The formats of ``whatif``: by name on standard output, by the suffix of a file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from communitycheck.errors import UsageError
from communitycheck.messages import Lang
from communitycheck.products.whatif.csv import whatif_csv
from communitycheck.products.whatif.found import FoundWhatIf
from communitycheck.products.whatif.json import whatif_json
from communitycheck.products.whatif.limit_option import is_span
from communitycheck.products.whatif.picture import curve_picture, png_of
from communitycheck.products.whatif.reforms_asked import AskedChange
from communitycheck.products.whatif.sentence import EffectWords
from communitycheck.products.whatif.text import whatif_blocks
from communitycheck.reporting.files import Content
from communitycheck.reporting.formats import markdown
from communitycheck.reporting.formats.registry import DOCUMENTS, Format, Formats, FoundFormats, Look
from communitycheck.reporting.page import Page
from communitycheck.reporting.words.sentences import Wording

PICTURES = (Format("svg", (".svg",)), Format("png", (".png",), text=False))
FORMATS = Formats((*DOCUMENTS, *PICTURES))
_LISTED = 5_000  # who changes side, and limits, that a page lists


def _content(found: FoundWhatIf, format: str, lang: Lang, look: Look) -> Content:
    wording = Wording.of(found.after, lang)
    match format:
        case "json":
            return whatif_json(found, lang)
        case "csv":
            return whatif_csv(found, wording)
        case "xlsx":
            from communitycheck.products.whatif.workbook import write_workbook  # XlsxWriter

            return partial(write_workbook, found, lang)
        case "text":
            return Page(look.width, look.colour).draw_all(whatif_blocks(found, lang, details=look.details))
        case "markdown":
            return markdown.draw_blocks(whatif_blocks(found, lang, details=look.details))
        case "html":
            from communitycheck.reporting.formats.html.blocks import blocks_page  # Jinja

            return blocks_page(whatif_blocks(found, lang, details=_lines(found) <= _LISTED, drawing=True), wording)
        case _:
            words = EffectWords(found, Wording.of(found.before, lang), wording)
            picture = curve_picture(next(one for one in found.curves if len(one.curve)), words)
            return (picture,) if format == "svg" else partial(png_of, picture)


def _lines(found: FoundWhatIf) -> int:
    return sum(one.changed for one in found.effects) + sum(len(one.curve) for one in found.curves)


_DRAWN = FoundFormats(FORMATS, _content)
render_whatif = _DRAWN.render


def write_whatif(found: FoundWhatIf, path: str | Path, lang: Lang, *, force: bool = False) -> None:
    """As ``FoundFormats.write``.

    Raises:
        UsageError: a picture where there is no curve, or a PNG where what draws it is not installed.
        WriteError: as there.
    """
    if _is_picture(path) and not any(len(curve.curve) for curve in found.curves):
        raise UsageError("whatif-no-curve", path=str(path))
    _refuse_undrawn(path)
    _DRAWN.write(found, path, lang, force=force)


def _is_picture(path: str | Path) -> bool:
    return FORMATS.of_file(Path(path)) in PICTURES


def _refuse_undrawn(path: str | Path) -> None:
    if FORMATS.of_file(Path(path)).name == "png" and find_spec("resvg_py") is None:
        raise UsageError("whatif-no-png", path=str(path))


def check_whatif_outputs(paths: Sequence[str], changes: Sequence[AskedChange], *, force: bool = False) -> None:
    """Refuse at once what could only fail after all the work.

    Raises:
        UsageError: a picture where no span of limits is asked for, or a PNG where what draws it is not installed.
        WriteError: as ``write_whatif`` would.
    """
    _DRAWN.check_outputs(paths, force=force)
    for path in paths:
        _refuse_undrawn(path)
    pictures = [path for path in paths if _is_picture(path)]
    if pictures and not any(kind == "set" and is_span(text) for kind, text in changes):
        raise UsageError("whatif-no-curve", path=pictures[0])
