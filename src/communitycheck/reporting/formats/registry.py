"""What a format is, and the choice among formats by name or by a file's suffix, for reports and for what else
commands find. The formats of reports are listed in
``formats/__init__.py``; each is loaded when it is first used."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from msgspec import Struct

from communitycheck.errors import UsageError, WriteError
from communitycheck.messages import Lang, say
from communitycheck.printable import page
from communitycheck.reporting.files import Content, check_place
from communitycheck.reporting.own_folder import OwnFolder, refuse_others, write_file

if TYPE_CHECKING:  # numpy comes with it, and help lists the formats
    from communitycheck.model.report import Report


class RenderOptions(Struct, frozen=True):
    """How a report is drawn.

    Attributes:
        all_verdicts: also what passed and what was out of scope.
        colour: for a terminal that shows colours.
        width: of the page, in cells; None for 100.
        folder: where the file will lie, for links into the returns.
        details: the long lists as well, where the format has a short form.
    """

    all_verdicts: bool = False
    colour: bool = False
    width: int | None = None
    folder: Path = Path()
    details: bool = False


# The one function of a format's module, ``render``.
Render = Callable[["Report", Lang, RenderOptions], Content]


class Format(Struct, frozen=True):
    """One format of a report.

    Attributes:
        name: what ``--format`` takes, and the name of its module.
        suffixes: of the files that are written in it, the usual one first.
        text: False for bytes, which standard output does not take; ``render`` then gives what writes to a file.
        encoding: of a file of text.
        note: the code of a message in brackets behind its suffix, where help lists the formats.
        bundle: the code of the message that names its file in a folder for a region; empty where none is offered.
        commands: its lines are commands to a build server.
        many: it can tell of more verdicts than are held in memory.
        package: where its module lies.
    """

    name: str
    suffixes: tuple[str, ...] = ()
    text: bool = True
    encoding: str = "utf-8"
    note: str = ""
    bundle: str = ""
    commands: bool = False
    many: bool = False
    package: str = "communitycheck.reporting.formats"

    @property
    def kind(self) -> str:
        """What ``--bundle`` calls it: its suffix without the dot."""
        return self.suffixes[0].removeprefix(".") if self.suffixes else ""

    def render(self, report: Report, lang: Lang, options: RenderOptions) -> Content:
        """The report in this format: pieces of text, or what writes bytes to a file.

        Raises:
            UsageError: ``format-many``: it has more verdicts than this format can tell of.
        """
        if report.batches is not None and not self.many:
            raise UsageError("format-many", format=self.name)
        made = cast(Render, import_module(f"{self.package}.{self.name}").render)(report, lang, options)
        if callable(made):
            return made
        # Texts of reports are made harmless by each format in its own way; this is for what a format forgets.
        look = partial(page, colours=options.colour, commands=self.commands)
        return (look(piece) if isinstance(piece, str) else piece for piece in made)


class Formats:
    """The formats on offer, in the order in which they are listed."""

    def __init__(self, formats: Iterable[Format]) -> None:
        self._formats = tuple(formats)

    def __iter__(self) -> Iterator[Format]:
        return iter(self._formats)

    @property
    def names(self) -> list[str]:
        """Those that standard output takes."""
        return [one.name for one in self if one.text]

    @property
    def suffixes(self) -> list[str]:
        return [suffix for one in self for suffix in one.suffixes]

    @property
    def bundled(self) -> dict[str, Format]:
        """What a folder for a region may hold, by what ``--bundle`` calls it."""
        return {one.kind: one for one in self if one.bundle}

    def files_in_words(self, lang: Lang) -> str:
        """.xlsx .docx (a circular): the usual suffix of each format that is written to files."""
        notes = [(one.suffixes[0], say(one.note, lang) if one.note else "") for one in self if one.suffixes]
        return " ".join(f"{suffix}{note}" for suffix, note in notes)

    def named(self, name: str) -> Format:
        """The format of text called ``name``.

        Raises:
            UsageError: there is none; the known ones are named.
        """
        found = next((one for one in self if one.name == name and one.text), None)
        if found is None:
            raise UsageError("format-unknown", format=name, known=", ".join(self.names))
        return found

    def of_file(self, path: Path) -> Format:
        """The format that a file's suffix means; of two that fit, the longer (``.circular.md``) wins.

        Raises:
            WriteError: no format has that suffix; the known ones are named.
        """
        name = path.name.lower()
        fitting = [
            (len(suffix), one) for one in self for suffix in one.suffixes if name.endswith(suffix) and name != suffix
        ]
        if fitting:
            return max(fitting, key=lambda found: found[0])[1]
        if path.is_dir():
            raise WriteError("write-is-folder", path=str(path))
        code = "write-suffix-unknown" if path.suffix else "write-suffix-missing"
        raise WriteError(code, path=str(path), suffix=path.suffix, known=" ".join(self.suffixes))

    def check_outputs(self, paths: Iterable[str | Path], *, force: bool = False) -> None:
        """Refuse at once what could only fail after all the work: suffix, folder, permission, a file of others.

        Raises:
            WriteError: as ``write`` would.
        """
        files = [Path(path) for path in paths]
        for file in files:
            self.of_file(file)
            check_place(file)
        refuse_others(files, force=force)

    def render(self, report: Report, name: str, lang: Lang, options: RenderOptions) -> Iterator[str]:
        """The report in pieces of text.

        Raises:
            UsageError: no format of text has that name.
        """
        return texts(self.named(name).render(report, lang, options))

    def write(
        self, report: Report, path: str | Path, lang: Lang, *, all_verdicts: bool = False, force: bool = False
    ) -> None:
        """Write the report to ``path`` in the format of its suffix: whole, or not at all.

        Raises:
            WriteError: an unknown suffix, a file that cannot be written, or without ``force`` one that we did not
                write.
        """
        target = Path(path)
        with OwnFolder(target.parent, force=force) as folder:
            self.write_into(folder, report, target, lang, all_verdicts=all_verdicts)

    def write_into(
        self, folder: OwnFolder, report: Report, target: Path, lang: Lang, *, all_verdicts: bool = False
    ) -> None:
        """Write the report to a file in a folder of results.

        Raises:
            WriteError: as ``write`` does.
        """
        one = self.of_file(target)
        options = RenderOptions(all_verdicts=all_verdicts, folder=target.parent, details=True)
        folder.write(target, one.render(report, lang, options), one.encoding)


# Those of what is told in blocks: one order for all commands.
DOCUMENTS = (
    Format("text", (".txt",)),
    Format("xlsx", (".xlsx",), text=False),
    Format("html", (".html", ".htm")),
    Format("json", (".json",)),
    Format("csv", (".csv",), encoding="utf-8-sig"),  # Excel wants a byte-order mark
    Format("markdown", (".md",)),
)
WORD = Format("word", (".docx",), text=False)


def texts(content: Content) -> Iterator[str]:
    """The pieces of a format of text."""
    assert not callable(content), "this format gives no text"
    return (piece if isinstance(piece, str) else str(piece, "utf-8") for piece in content)


# --- what a command has found beside a report


class Look(Struct, frozen=True):
    """How it is drawn.

    Attributes:
        colour, width: of ``text``: colours of a terminal, cells in a line (100 by default).
        details: the long lists in place of their first lines.
        to_file: it goes into a file, which has them all, as far as a page can hold them.
    """

    colour: bool = False
    width: int | None = None
    details: bool = False
    to_file: bool = False


Found = TypeVar("Found")


class FoundFormats(Generic[Found]):
    """The formats on offer, and ``content``, which draws what was found in the one that is named."""

    def __init__(self, formats: Formats, content: Callable[[Found, str, Lang, Look], Content]) -> None:
        self.formats, self._content = formats, content

    def render(
        self,
        found: Found,
        format: str,
        lang: Lang,
        *,
        colour: bool = False,
        width: int | None = None,
        details: bool = False,
    ) -> Iterator[str]:
        """What was found in a format of text, drawn as ``Look`` says.

        Raises:
            UsageError: no format of text has that name.
        """
        self.formats.named(format)
        return texts(self._content(found, format, lang, Look(colour, width, details)))

    def write(self, found: Found, path: str | Path, lang: Lang, *, force: bool = False) -> None:
        """Write what was found to a file in the format of its suffix: whole, or not at all.

        Raises:
            WriteError: an unknown suffix, a file that cannot be written, or without ``force`` one that we did not
                write.
        """
        target = Path(path)
        one = self.formats.of_file(target)
        content = self._content(found, one.name, lang, Look(details=True, to_file=True))
        write_file(target, content, one.encoding, force=force)

    def check_outputs(self, paths: Iterable[str | Path], *, force: bool = False) -> None:
        """Refuse at once what could only fail after all the work.

        Raises:
            WriteError: as ``write`` would.
        """
        self.formats.check_outputs(paths, force=force)
