"""Names of folders made from names of regions: the same on every system, and never outside the folder they lie in."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from communitycheck.model.places.regions import Region
from communitycheck.printable import one_line
from communitycheck.system.files import is_device

# What Windows forbids in a name, and what cannot be printed.
_FORBIDDEN = re.compile('[<>:"/\\\\|?*\ufffd]')
LONGEST = 90  # bytes in UTF-8: thirty Chinese characters, so that a path stays within what Windows and Excel open


def portable(name: str, longest: int = LONGEST) -> str:
    """``name`` as a name of a file or folder that every system takes; never empty, never ``.`` or ``..``."""
    text = unicodedata.normalize("NFC", one_line(name))
    text = _FORBIDDEN.sub("_", text).lstrip(" .").rstrip(" .")
    if text.startswith("~$"):  # the mark of a lock file, which readers pass over
        text = "_" + text
    if is_device(text):
        text = "_" + text
    return _cut(text, longest).rstrip(" .") or "_"


def folder_names(regions: Sequence[Region], nameless: str, taken: Iterable[str] = ()) -> list[str]:
    """A folder's name for each region, in their order, all different also where case does not count.

    Args:
        nameless: for the region without a name.
        taken: names that are in use already.

    A name that two regions share is led by the regions they lie in: 沈阳市-和平区.
    """
    last = Counter(_same(portable(r.name)) for r in regions if r.path)
    used = {_same(name) for name in taken}
    found = []
    for region in regions:
        shared = last[_same(portable(region.name))] > 1
        plain = "-".join(region.path) if shared else region.name or nameless
        found.append(_free(plain, used))
        used.add(_same(found[-1]))
    return found


def _free(plain: str, used: set[str]) -> str:
    name, number = portable(plain), 1
    while _same(name) in used:
        number += 1
        mark = f" ({number})"
        name = portable(plain, LONGEST - len(mark)) + mark
    return name


def _same(name: str) -> str:
    """Equal for names that some system takes for one."""
    return unicodedata.normalize("NFKC", name).casefold()


def _cut(text: str, longest: int) -> str:
    return text.encode("utf-8")[:longest].decode("utf-8", "ignore")
