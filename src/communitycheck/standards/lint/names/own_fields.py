"""Fields of a standard that have the name, or a heading, of one that everybody has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from communitycheck.model.dictionary import Dictionary, Field
from communitycheck.model.standard import Standard
from communitycheck.model.text import Text
from communitycheck.standards.files.yaml_file import YamlFile
from communitycheck.standards.lint.finding import LintFinding


def check_own_fields(standard: Standard, file: YamlFile, dictionary: Dictionary) -> Iterator[LintFinding]:
    """What ``standard`` says anew of fields that ``dictionary`` has; its parent is told of its own.

    Of a heading that several kinds of subjects have, those fields are meant that stand on the sheets of the own one.
    """
    meant: dict[str, list[Field]] = defaultdict(list)
    for field in dictionary.fields.values():
        for name in dict.fromkeys(map(_plain, _headings(field))):
            meant[name].append(field)
    for key, field in (standard.fields or {}).items():
        path = ("fields", key)
        if path not in file.lines:
            continue
        if key in dictionary.fields:
            label = dictionary.fields[key].label
            yield _warning(file, path, "lint-field-redefined", name=key, label=label)
            continue
        for name in _headings(field):
            others = [other.key for other in meant[_plain(name)] if _on_one_sheet(field, other)]
            if others and field.same_column not in others:
                joined = Text("、".join(others), " or ".join(others))
                yield _warning(file, path, "lint-field-heading", name=key, heading=name, other=joined)
                break


def _on_one_sheet(one: Field, other: Field) -> bool:
    """The sheets of some kind of subject carry both."""
    return not one.entities or not other.entities or not set(one.entities).isdisjoint(other.entities)


def _warning(file: YamlFile, path: tuple[str, str], code: str, **values: object) -> LintFinding:
    return LintFinding(file.name, file.line(path), ".".join(path), code, "warning", values)


def _headings(field: Field) -> tuple[str, ...]:
    """Headings of a column that mean the field."""
    return tuple(name for name in (field.label.zh, field.label.en, *field.aliases) if name)


def _plain(heading: str) -> str:
    return "".join(heading.split()).casefold()
