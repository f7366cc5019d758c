"""The rule book that travels with the toolkit: complete, bilingual, and free of contradictions."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from pathlib import Path

import pytest

from communitycheck.model.dictionary import Field
from communitycheck.model.expression import names_in
from communitycheck.model.standard import Rule, Standard
from communitycheck.model.text import Text
from communitycheck.products.rulebook.catalogue import Entry
from communitycheck.products.rulebook.catalogue_files import read_catalogue
from communitycheck.resources import data_dir
from communitycheck.standards import RuleBook, load_rule_book
from each import each
from entities import ENTITIES

NORMATIVE = (Path(__file__).parent / "normative_ids.txt").read_text("utf-8").split()
STANDARDS = ["anhui-2019", "liaoning-2021", "panzhihua-2018", "shenyang-2023", "wangcheng-2021"]
PREFIX = {"anhui-2019": "AH", "liaoning-2021": "LN", "panzhihua-2018": "PZ", "shenyang-2023": "SY",
          "wangcheng-2021": "WC"}
BOOK: RuleBook = load_rule_book([data_dir("rules")])
RULES: list[tuple[Standard, Rule]] = [(s, r) for name in STANDARDS for s in [BOOK.standard(name)] for r in s.rules]
ENTRIES = [e for d in read_catalogue([data_dir("rules")]) for e in d.entries if e.kind == "normative"]
OWN = [(s, r) for s, r in RULES if r.layer == s.id]
FIELDS = list(BOOK.dictionary.fields.values())


def _name(pair: tuple[Standard, Rule]) -> str:
    return f"{pair[0].id}:{pair[1].id}"


def _tidy(header: str) -> str:
    return "".join(unicodedata.normalize("NFKC", header).split()).casefold()


def test_the_book_holds_these_standards() -> None:
    assert set(STANDARDS) <= set(BOOK.ids())


def test_the_list_of_normative_entries_is_whole() -> None:
    assert len(NORMATIVE) == len(set(NORMATIVE)) == 197
    assert set(NORMATIVE) == {e.id for e in ENTRIES}


@each("entry", ENTRIES, ids=lambda e: e.id)
def test_every_normative_entry_is_encoded_or_says_why_not(entry: Entry) -> None:
    carriers = [r.id for _, r in OWN if entry.id in r.entries]
    assert bool(carriers) != (entry.no_rule != Text()), f"{entry.id} is carried by {carriers}"
    assert bool(entry.no_rule.zh) == bool(entry.no_rule.en)
    assert entry.title.zh and entry.title.en and entry.clause


def test_what_the_reasons_for_no_rule_name_exists() -> None:
    ids = {r.id for _, r in OWN} | {s.id for s in BOOK.all()}
    for entry in ENTRIES:
        for reason in (entry.no_rule.zh, entry.no_rule.en):
            assert set(re.findall(r"(?:AH|LN|PZ|SY|WC)-\d+[a-z]?|published-figures", reason)) <= ids, entry.id


def test_no_rule_cites_an_entry_that_does_not_exist() -> None:
    assert {e for _, r in RULES for e in r.entries} <= set(NORMATIVE)


def test_an_entry_is_encoded_by_its_own_standard_alone() -> None:
    for standard, rule in OWN:
        assert all(e.startswith(PREFIX[standard.id]) for e in rule.entries), rule.id


@each("pair", RULES, ids=_name)
def test_a_rule_speaks_both_languages_and_cites_its_clause(pair: tuple[Standard, Rule]) -> None:
    _, rule = pair
    assert rule.title.zh and rule.title.en
    assert rule.clause
    assert bool(rule.note.zh) == bool(rule.note.en)
    assert rule.manual is None or (rule.manual.zh and rule.manual.en)
    assert rule.applies_to in ENTITIES


@each("pair", OWN, ids=_name)
def test_a_rule_id_tells_its_entry(pair: tuple[Standard, Rule]) -> None:
    _, rule = pair
    for entry in rule.entries[:1]:
        number = rule.id.split("-")[1][:2]
        inherited = rule.id.startswith("LN-") and entry.startswith("SY-")
        assert inherited or (rule.id[:2] == entry[:2] and number == entry.split("-N")[1]), rule.id


@each("pair", RULES, ids=_name)
def test_the_fields_of_a_rule_are_found_on_its_sheets(pair: tuple[Standard, Rule]) -> None:
    standard, rule = pair
    nodes = [n for n in (rule.where, rule.indicator) if n is not None]
    if rule.threshold is not None:
        nodes += [limit.value for limit in rule.threshold.limits]
        nodes += [rule.threshold.upper] if rule.threshold.upper is not None else []
    names = [n for node in nodes for n in names_in(node) if n not in standard.parameters]
    names += [rule.lever] if rule.lever is not None else []
    for name in names:
        entities = BOOK.dictionary.fields[name].entities
        assert not entities or rule.applies_to in entities, f"{rule.id} reads {name} from a {rule.applies_to} sheet"


@pytest.mark.parametrize("name", STANDARDS)
def test_every_parameter_of_a_standard_is_used(name: str) -> None:
    standard = BOOK.standard(name)
    used = set()
    for rule in standard.rules:
        nodes = [n for n in (rule.where, rule.indicator) if n is not None]
        if rule.threshold is not None:
            nodes += [limit.value for limit in rule.threshold.limits]
            nodes += [rule.threshold.upper] if rule.threshold.upper is not None else []
        used |= {n for node in nodes for n in names_in(node)}
    assert set(standard.parameters) <= used


@pytest.mark.parametrize("name", STANDARDS)
def test_a_standard_cites_its_document(name: str) -> None:
    standard = BOOK.standard(name)
    assert standard.title.zh and standard.title.en
    assert standard.source.document and standard.source.issuer and standard.source.date
    assert standard.in_force_from is not None


def test_the_city_raises_what_the_province_asks() -> None:
    province = {r.id: r for r in BOOK.standard("liaoning-2021").rules}
    city = {r.id: r for r in BOOK.standard("shenyang-2023").rules}
    limits = {
        (layer, key): rule.threshold.limits[0].value.value
        for layer, rules in (("province", province), ("city", city))
        for key in ("LN-01", "LN-02")
        for rule in [rules[key]]
    }
    assert limits == {
        ("province", "LN-01"): 400, ("province", "LN-02"): 350, ("city", "LN-01"): 600, ("city", "LN-02"): 350,
    }
    assert city["LN-01"].layer == city["LN-02"].layer == "shenyang-2023"
    assert city["LN-03"].layer == "liaoning-2021"


@each("field", FIELDS, ids=lambda f: f.key)
def test_a_field_is_labelled_and_can_be_found(field: Field) -> None:
    assert field.label.zh and field.label.en
    assert field.aliases
    assert _tidy(field.label.zh) in {_tidy(a) for a in field.aliases}
    assert not {_tidy(a) for a in field.aliases} & {_tidy(a) for a in field.not_aliases}
    assert bool(field.note.zh) == bool(field.note.en)
    if field.type == "category":
        assert field.values
    if field.type in ("times", "days", "hours"):
        assert field.dimension


def test_a_header_means_one_field_only() -> None:
    owners: dict[str, list[Field]] = defaultdict(list)
    for field in FIELDS:
        for header in {_tidy(a) for a in field.aliases}:
            owners[header].append(field)
    for header, fields in owners.items():
        for one in fields:
            for other in fields:
                if one is not other:
                    shared = set(one.entities or ENTITIES) & set(other.entities or ENTITIES)
                    assert not shared, f"{header}: {one.key} and {other.key}"


def test_a_written_form_means_one_category_only() -> None:
    for field in FIELDS:
        forms = [_tidy(f) for written in field.values.values() for f in written] + [_tidy(f) for f in field.unclear]
        twice = {f for f in forms if forms.count(f) > 1}
        assert not twice, f"{field.key}: {twice}"


def test_personal_columns_are_known() -> None:
    personal = {f.key for f in FIELDS if f.personal}
    assert {"person_name", "phone", "id_number", "home_address"} <= personal
    headers = {_tidy(a) for f in FIELDS if f.personal for a in f.aliases}
    assert {"姓名", "联系电话", "手机", "身份证号", "家庭住址"} <= headers


@pytest.mark.parametrize(
    ("other", "key"),
    [("orgs_total", "social_orgs"), ("orgs_registered", "social_orgs_registered"),
     ("orgs_filed", "social_orgs_filed"), ("has_legal_adviser", "legal_advisers"),
     ("facility_area_m2", "facility_area"), ("operating_budget_wan", "operating_budget")],
)
def test_other_names_of_fields(other: str, key: str) -> None:
    field = BOOK.dictionary.find(other)
    assert field is not None and field.key == key
