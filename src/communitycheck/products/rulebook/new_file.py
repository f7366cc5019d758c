"""The front door of ``rules new``: a starter rule file is written."""

from __future__ import annotations

import re
from pathlib import Path

import communitycheck.standards
from communitycheck.errors import UsageError
from communitycheck.own_list import FORM
from communitycheck.products.rulebook.starter import starter
from communitycheck.reporting.own_folder import write_file
from communitycheck.standards.choose import named_standards, open_rule_book

_SCHEMA = Path(communitycheck.standards.__file__).parent / "files" / "schemas" / "standard-1.json"


def new_rule_file(
    file: str | Path,
    *,
    extends: str | Path | None = None,
    rules_dir: str | Path | None = None,
    force: bool = False,
) -> tuple[Path, str]:
    """Write a starter rule file; one that others wrote or edited is left alone unless ``force``.

    Args:
        extends: the standard that the new one builds on.

    Returns:
        The file, and the id of the standard in it.

    Raises:
        UsageError: no name of a YAML file, an id that is taken, an unknown standard.
        WriteError: the file cannot be written, or must not be replaced.
    """
    path = Path(file)
    if path.suffix not in (".yaml", ".yml"):
        raise UsageError("new-suffix", near=f"{file}.yaml" if not path.suffix else str(path.with_suffix(".yaml")))
    parents = [extends] if extends else []
    book = open_rule_book(rules_dir, parents)
    parent = next(iter(named_standards(book, parents)), None)
    name = _id_of(path)
    if name in book.files:
        raise UsageError("new-id-taken", path=str(path), name=name)
    # Editors find the JSON Schema of rule files in the installed package.
    text = starter(name, str(path), _SCHEMA.resolve().as_uri(), parent)
    write_file(path, [text], force=force, kind=FORM)
    return path, name


def _id_of(path: Path) -> str:
    """The file's name as a standard's id: what an id may not hold becomes a hyphen."""
    name = re.sub(r"[^\w.-]+", "-", path.stem).strip("-_.")[:80]
    return name or "my-standard"
