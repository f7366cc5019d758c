"""The catalogue files of a rules folder -> the documents and their entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field

from communitycheck.errors import RuleFileError
from communitycheck.model.text import Text
from communitycheck.products.rulebook.catalogue import (
    Document,
    Entry,
    EntryKind,
)
from communitycheck.standards.files.faults import check_shape
from communitycheck.standards.files.shape_parts import Bilingual, StrictShape, TextIn
from communitycheck.standards.files.yaml_file import YamlFile, read_yaml

CATALOGUE = "catalogue"  # the folder of catalogue files inside a rules folder


class _EntryIn(StrictShape):
    zh: str = ""
    en: str = ""
    clause: str = ""
    restates: str | None = None
    no_rule: Bilingual = TextIn()


def _empty(value: object) -> object:
    return {} if value is None else value


class _DocumentIn(StrictShape):
    title: TextIn
    entries: Annotated[dict[str, _EntryIn], BeforeValidator(_empty)] = Field(default_factory=dict)
    identities: Annotated[dict[str, _EntryIn], BeforeValidator(_empty)] = Field(default_factory=dict)


class _CatalogueIn(StrictShape):
    documents: dict[str, _DocumentIn]


def read_catalogue(folders: Iterable[Path]) -> list[Document]:
    """The documents that the catalogues of these rules folders list, by id; a later folder's come on top.

    Raises:
        RuleFileError: a fault in a catalogue file, or an id used twice.
    """
    documents: dict[str, Document] = {}
    for folder in folders:
        for path in sorted((folder / CATALOGUE).glob("*.yaml")):
            file = read_yaml(path)
            for name, raw in check_shape(file, _CatalogueIn).documents.items():
                documents[name] = _document(name, raw)
                _check_entries(documents, name, file)
    return [documents[name] for name in sorted(documents)]


def _document(name: str, raw: _DocumentIn) -> Document:
    kinds: tuple[tuple[EntryKind, dict[str, _EntryIn]], ...] = (
        ("normative", raw.entries),
        ("identity", raw.identities),
    )
    entries = tuple(
        Entry(key, name, kind, Text(one.zh, one.en), one.clause, one.restates, Text(one.no_rule.zh, one.no_rule.en))
        for kind, listed in kinds
        for key, one in listed.items()
    )
    return Document(name, Text(raw.title.zh, raw.title.en), entries)


def _check_entries(documents: Mapping[str, Document], name: str, file: YamlFile) -> None:
    taken = {e.id: d.id for d in documents.values() if d.id != name for e in d.entries}
    own = {e.id for e in documents[name].entries}
    for entry in documents[name].entries:
        section = "entries" if entry.kind == "normative" else "identities"
        path = ("documents", name, section, entry.id)
        fault = partial(RuleFileError, file=file.name, line=file.line(path), key=".".join(path))
        if entry.id in taken:
            raise fault("catalogue-entry-twice", name=entry.id, other=taken[entry.id])
        if entry.restates is not None and entry.restates not in own:
            raise fault("catalogue-restates", name=entry.restates)
