"""All names of all fields, ready to be looked up: exactly, or by what is left of them without filler words."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache

from msgspec import Struct, field

from communitycheck.model.dictionary import Dictionary, Field
from communitycheck.model.entity import Entity
from communitycheck.model.units import OwnUnits
from communitycheck.patterns import pattern
from communitycheck.returns.cells.column_unit import ColumnUnit
from communitycheck.returns.columns.headers.header import Header, parse_header
from communitycheck.returns.columns.headers.normal import normal
from communitycheck.returns.columns.meaning.known_names import known_names
from communitycheck.returns.columns.meaning.letters import Letters

# Words that leave a name what it is. Alternatives run from long to short.
_FILLER_START = pattern(
    r"^(?:是否|有无)?(?:已经|已|均)?(?:建立健全|建立了|建有|设有|配有|建立|建成|设立|设置|配备|配置|配齐|聘请|聘有|"
    r"组建|(?<=[否已])建(?![筑设])|(?<=是否)有(?![无偿限效])|接入|开展|落实|制定|成立|拥有|具备|实行|实现)?(?:了)?"
    r"(?:全市|全区|全县|全镇|全街道|本市|本区|本县|本辖区|本社区|辖区内|辖内|目前|现有|共有|平均)?"
)
_FILLER_END = pattern(
    r"(?:建设|设置|配备|覆盖|落实|开展|制定|建立|完成|基本)?情况$|(?:总数量|总个数|总人数|总数|总量|数量|个数|人数|"
    r"数目|合计|小计|总计|数|有?(?:几|多少)[个名处人户间]?)$"
)
_FILLER_INSIDE = pattern(r"的|及其?|以及|和|与|、|各类|等")
_AREA = pattern(r"(?:总建筑面积|建筑总面积|建筑面积|总面积)$")
YEARLY = pattern(r"^(?:[0-9]{4}年度?(?:末|底|全年)?|本年度?|当年|年度|年末|期末|每年|年均|全年)(?=.{2})")


# What the records are of a table that does not tell.
_NOTHING = Entity("")


class Candidate(Struct, frozen=True):
    """A field that a header may mean. ``confidence`` is 1.0 for one of its own names."""

    key: str
    confidence: float
    name: str


class FieldNames(Struct):
    """All names of all fields, ready to be looked up. The tables of a batch have headers in common: what ``headers``
    and ``labels`` of rows were found to mean, and what they are ``alike``, is kept; and the ``letters`` of the names,
    and the ``values`` of categories by their words, once somebody has looked."""

    fields: dict[str, Field]
    entities: dict[str, Entity] = field(default_factory=dict)
    units: OwnUnits = field(default_factory=dict)
    own: tuple[str, ...] = ()
    exact: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    cores: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    barred: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    shown: dict[str, str] = field(default_factory=dict)
    headers: dict[Header, list[Candidate]] = field(default_factory=dict)
    labels: dict[str, str | None] = field(default_factory=dict)
    alike: dict[Header, list[tuple[str, float]]] = field(default_factory=dict)
    letters: Letters | None = None
    values: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))

    def entity(self, key: str | None) -> Entity:
        """What the records of that kind are; something without a name of its own where nothing told the kind."""
        return _NOTHING if key is None else self.entities.get(key) or Entity(key, name_field=key)

    def names_subjects(self, key: str) -> bool:
        """Whether the field names subjects, of one kind or of any."""
        return key == "subject_name" or any(key == entity.name_field for entity in self.entities.values())

    def unit_in(self, entry: Field, header: Header) -> ColumnUnit:
        """The unit of a field in the column of that header."""
        return ColumnUnit.of(entry, self.units, header.levels)

    def sharing(self, text: str, likeness: float) -> list[str]:
        """The names that may be so alike to a text, by the letters that they have in common (see ``Letters``)."""
        if self.letters is None:
            self.letters = Letters.of(self.exact)
        return self.letters.shared(text, likeness)

    def categories_of(self, word: str) -> dict[str, str]:
        """The categories of which a word is a value: field -> value."""
        if not self.values:
            for key, entry in self.fields.items():
                for value, words in entry.values.items() if entry.type == "category" else ():
                    for one in words:
                        self.values[normal(one)][key] = value
        return self.values.get(word, {})

    @classmethod
    def of(cls, dictionary: Dictionary) -> FieldNames:
        names = cls(dictionary.fields, dictionary.entities, dictionary.units, dictionary.own)
        known = known_names()
        for key, entry in dictionary.fields.items():
            for alias in written_names(entry):
                exact, bare = known.get(alias) or forms_of(alias)
                names._add(names.exact, exact, key)
                names._add(names.cores, bare, key)
                names.shown.setdefault(exact, alias)
            for alias in entry.not_aliases:
                for form in known.get(alias) or forms_of(alias):
                    names.barred[form].add(key)
        names._as_read()
        return names

    def _as_read(self) -> None:
        """Names whose brackets a header loses, as it is read without them: 'registered (hukou) population'."""
        for name, keys in [(n, keys) for n, keys in self.exact.items() if "(" in n]:
            parsed = parse_header(name)
            bare = "".join(parsed.levels)
            if bare and parsed.unit is None and bare not in self.exact:
                for key in keys:
                    self._add(self.exact, bare, key)

    @staticmethod
    def _add(index: dict[str, list[str]], name: str, key: str) -> None:
        if name and key not in index[name]:
            index[name].append(key)


def written_names(entry: Field) -> tuple[str, ...]:
    """All names that mean a field."""
    return (*entry.aliases, entry.label.zh, entry.label.en, entry.key, *entry.also)


def forms_of(name: str) -> tuple[str, str]:
    """A name as names are compared, and its core."""
    exact = normal(name)
    return exact, core(exact)


def core(name: str) -> str:
    """A name without its filler: 是否建有儿童之家 and 儿童之家数量 have one core. Short names keep what they have."""
    text = re.sub(r"\(([^()]*)\)", "", name) or name
    text = YEARLY.sub("", text)
    text = _AREA.sub("面积", text)
    for filler in (_FILLER_START, _FILLER_END, _FILLER_INSIDE):
        shorter = filler.sub("", text)
        text = shorter if len(shorter) >= 3 else text
    return text


@lru_cache(maxsize=1)
def field_names(dictionary: Dictionary) -> FieldNames:
    """The names of a dictionary, made once for the one in use."""
    return FieldNames.of(dictionary)
