"""The page on the rule language: what it lists is what the code has, and its examples use every word and are right.

That its commands print what it says is tested with the other pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from communitycheck.cli.run import run
from communitycheck.messages import LANGS, Lang
from communitycheck.model.comparison import COMPARISONS
from communitycheck.model.expression import BINDING, FUNCTIONS
from communitycheck.model.units.words import WORDS, find_word
from communitycheck.products.rulebook.language.terms import recipe_group, term_groups
from docs.fences import fences
from docs.pages import DOCS
from tool import tool

TOOL = tool("pages")
# What stands in a rule file as a formula or a limit.
FORMULAS = {"where", "indicator", "value", "derived", *COMPARISONS}


def page(lang: Lang) -> str:
    return (DOCS / f"rules-language{TOOL.SUFFIX[lang]}.md").read_text("utf-8")


@cache
def files() -> dict[str, Any]:
    found = [fence for fence in fences(page("en")) if fence.kind == "file" and fence.language == "yaml"]
    return {fence.path: yaml.safe_load(fence.content) for fence in found}


@pytest.mark.parametrize("lang", LANGS)
def test_it_lists_the_words_of_today(lang: Lang) -> None:
    assert TOOL.page(page(lang), "rules-language", lang) == page(lang), "python tools/pages.py writes them anew"


def keys_in(data: object) -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield str(key)
            yield from keys_in(value)
    elif isinstance(data, list):
        for value in data:
            yield from keys_in(value)


def texts_in(data: object, key: str = "") -> Iterator[str]:
    """Every formula and limit of the examples."""
    if isinstance(data, dict):
        for name, value in data.items():
            yield from texts_in(value, str(name))
    elif isinstance(data, list):
        for value in data:
            yield from texts_in(value, key)
    elif key in FORMULAS:
        yield str(data)


def test_every_key_and_comparison_stands_in_an_example() -> None:
    used = set(keys_in(list(files().values())))
    wanted = {e.name for s in term_groups() if s.code.startswith("keys-") or s.code == "comparisons" for e in s.terms}
    assert sorted(wanted - used) == []


def test_every_function_and_operator_stands_in_an_example() -> None:
    formulas = list(texts_in(list(files().values())))
    called = {name for text in formulas for name in re.findall(r"\w+", text)}
    assert sorted(set(FUNCTIONS) - called) == []
    signs = " ".join(re.sub(r'"[^"]*"', '""', text) for text in formulas)
    assert [op for op in BINDING if op not in signs] == []


def test_every_type_stands_in_an_example_or_the_list() -> None:
    (types,) = (group for group in term_groups() if group.code == "types")
    listed = {e.name for e in types.terms}
    assert {field["type"] for one in files().values() for field in one.get("fields", {}).values()} <= listed


def test_every_unit_is_read_as_its_example_writes_it() -> None:
    (units,) = (group for group in term_groups() if group.code == "units")
    assert [term.name for term in units.terms] == list(WORDS)
    for term in units.terms:
        for form in (term.name, *term.names):
            found = find_word(form, {})
            assert found is not None and found[1].key == term.name, form


def test_every_standard_of_the_page_has_cases() -> None:
    standards = {one["standard"] for path, one in files().items() if "/cases/" not in path}
    tried = {one["standard"] for path, one in files().items() if "/cases/" in path}
    assert standards == tried
    rules = {(one["standard"], rule["id"]) for one in files().values() for rule in one.get("rules", [])}
    cases = {(one["standard"], case.get("rule")) for one in files().values() for case in one.get("cases", [])}
    assert sorted(rules - cases) == []


def test_its_standards_lint_clean(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written = []
    for fence in fences(page("en")):
        if fence.kind == "file" and fence.path.endswith(".yaml") and "/cases/" not in fence.path:
            written.append(tmp_path / Path(fence.path).name)
            written[-1].write_text(fence.content, "utf-8")
    code = run(["rules", "lint", *map(str, written), "--strict", "--lang", "en"])
    assert code == 0, capsys.readouterr().out


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_its_recipes_are_those_of_rules_help(lang: Lang) -> None:
    recipes = recipe_group()
    lines = page(lang).splitlines()
    for one in recipes.terms:
        rows = [line for line in lines if line.startswith(f"| {one.says.in_lang(lang)} | ")]
        assert len(rows) == 1, one.says.in_lang(lang)
        assert rows[0].replace("`", "").split(" | ")[1] == one.shown(lang)
    begin = next(n for n, line in enumerate(lines) if line.startswith(("| question |", "| 问题 |")))
    end = next(n for n in range(begin, len(lines)) if not lines[n].startswith("|"))
    assert end - begin - 2 == len(recipes.terms)
