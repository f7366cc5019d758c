"""The names of the built-in dictionary in the forms in which they are looked up, as they were worked out when the
toolkit was made: ``python tools/built_in.py`` writes them into the file beside this one.

A form depends on the name alone, so that other dictionaries are served as well: what is not known is worked out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

KNOWN = Path(__file__).with_name("known_names.json")
# Where the forms are made. Where one of these has changed since, nothing is known; the stand-alone program holds no
# sources, and none that could have changed.
_CODE = (Path(__file__).with_name("field_names.py"), Path(__file__).parents[1] / "headers" / "normal.py")


def known_names() -> dict[str, tuple[str, str]]:
    """A name -> the form in which names are compared, and its core."""
    try:
        found = json.loads(KNOWN.read_bytes())
    except (OSError, ValueError):
        return {}
    changed = all(source.is_file() for source in _CODE) and found["code"] != _code()
    return {} if changed else found["names"]


def written(names: Iterable[tuple[str, tuple[str, str]]]) -> str:
    """The text that holds these names."""
    lines = ",\n".join(json.dumps({name: forms}, ensure_ascii=False)[1:-1] for name, forms in sorted(names))
    return f'{{"code": "{_code()}", "names": {{\n{lines}\n}}}}\n'


def _code() -> str:
    return hashlib.sha256(b"".join(source.read_bytes() for source in _CODE)).hexdigest()
