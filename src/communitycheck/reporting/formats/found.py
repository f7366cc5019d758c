"""The formats of what a command has found: by name on standard output, by the suffix of a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from communitycheck.messages import Lang
from communitycheck.reporting.files import Content
from communitycheck.reporting.formats.registry import Formats, texts
from communitycheck.reporting.own_folder import write_file


@dataclass(frozen=True, slots=True)
class Look:
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
