"""Writes the published JSON Schemas anew: those made from the shapes of rule files, and in the others the lists that
the code keeps. To be run after a key, a field type or a comparison was added."""

from __future__ import annotations

import json
from pathlib import Path

import communitycheck
from communitycheck.model.comparison import COMPARISONS
from communitycheck.model.sheet import RowClass
from communitycheck.standards.files import json_schema

PACKAGE = Path(communitycheck.__file__).parent


def explain_schema() -> tuple[Path, str]:
    """Where the schema of explanations lies, and its text with the comparisons of today."""
    (path,) = PACKAGE.rglob("explain-1.json")
    schema = json.loads(path.read_text(encoding="utf-8"))
    schema["$defs"]["threshold"]["properties"]["comparison"]["enum"] = list(COMPARISONS)
    return path, json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def inspect_schema() -> tuple[Path, str]:
    """Where the schema of ``inspect`` lies, and its text with the classes of rows of today."""
    (path,) = PACKAGE.rglob("inspect-1.json")
    schema = json.loads(path.read_text(encoding="utf-8"))
    schema["$defs"]["sheet"]["properties"]["row_counts"]["propertyNames"]["enum"] = [c.value for c in RowClass]
    return path, json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def main() -> None:
    json_schema.write_schemas()
    for path, text in (explain_schema(), inspect_schema()):
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
