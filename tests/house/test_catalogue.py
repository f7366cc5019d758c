"""The message catalogue is complete in both languages and holds every sentence there is."""

from __future__ import annotations

import ast
import re
import string
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

import communitycheck
from communitycheck.api import bundle_kinds
from communitycheck.cli.program import build
from communitycheck.cli.run import run
from communitycheck.errors import CommunityCheckError, UsageError
from communitycheck.messages import LANGS, ROOMS, Lang, catalogue, say
from communitycheck.model.address import Address
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.result import OUTCOMES
from communitycheck.model.returns import Notice
from communitycheck.model.table import State
from communitycheck.reporting.formats.html.page import BORROWED
from communitycheck.reporting.words.sentences import Wording
from each import each

SOURCE = Path(communitycheck.__file__).parent
CHINESE = re.compile("[\u3400-\u9fff]")
# Chinese that is data, not a sentence: the file, or the folder, and what it holds.
DATA = {
    "returns/": "tables by which returns are parsed",
    "products/importing/": "headers, signs and words of check formulas as offices write them",
    "checking/table_of_records.py": "the written form of a cell that does not apply",
    "checking/evaluation/items.py": "words that join the items of a list, and one that leaves it open",
    "checking/governing/placement.py": "words in the names of development zones",
    "checking/governing/places_in_text.py": "what places are called in titles, and what only looks like one",
    "model/standard.py": "endings of region names",
    "model/places/place_names.py": "endings of place names",
    "model/places/divisions.py": "names of provinces, cities and counties",
    "standards/entities.py": "the headers over the names of what a standard declares, in both languages",
    "standards/find_region.py": "the ending of the name of a city",
    "model/comparison.py": "how each comparison is worded and explained, in both languages",
    "model/expression/functions.py": "what each function of the rule language is for, in both languages",
    "model/expression/operators.py": "what each operator of the rule language is for, in both languages",
    "products/rulebook/language/key_examples.py": "lines of rule files, whose names are Chinese",
    "products/rulebook/language/terms.py": "the mark between two parts of a Chinese sentence",
    "model/units/written.py": "written and shown forms of units, in both languages",
    "model/units/words.py": "written and shown forms of units, in both languages",
    "model/units/compound.py": "what stands before a unit per hundreds and thousands",
    "standards/language/side.py": "what a share is in, in both languages",
    "messages/rule_words.py": "what people call the words of rule files",
    "standards/language/spellings.py": "a unit that is Chinese alone, and the word between two",
    "standards/files/dates.py": "the marks of Chinese dates",
    "standards/files/faults.py": "kinds of value, in both languages",
    "standards/files/signs.py": "signs of Chinese text, and two of ours in both languages",
    "standards/files/syntax.py": "what the parser says, in both languages",
    "standards/language/parse.py": "kinds of value, in both languages",
    "standards/language/numerals.py": "numbers as Chinese writes them in words",
    "standards/language/quantities.py": "words of ranges and of numbers per so many",
    "reporting/word_page.py": "names of typefaces",
    "planning/waivers/says_why.py": "words with which an explanation says nothing",
    "products/rulebook/pages.py": "the name of a language",
    "products/rulebook/starting/starter.py": "a rule file to begin with, in both languages",
    "products/rulebook/starting/starter_cases.py": "cases to begin with, in both languages",
}
# English words in a row, as a sentence has them; and two words, for what is printed outright.
SENTENCE = re.compile(r"[A-Za-z]{2,}[,;:]? (?:[a-z]+[,;:]? )+[a-z]{2,}")
WORDS = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}")
# English that nobody is shown: the file, and what it is.
UNSHOWN = {
    "cli/parsing/help.py": "Typer's own line, by which it is recognised and translated",
    "products/sql/engine/": "queries",
    "cli/parsing/usage.py": "Typer's own lines, by which they are recognised",
    "returns/files/startup.py": "what Python itself says of a missing module",
    "standards/files/syntax.py": "the parser's own words, by which they are recognised, and ours",
}
PRINTS = {"print", "echo", "secho", "say_out"}
# The first argument of these is a message code.
SAYS = {"say", "complain", "Notice", "UsageError", "RuleFileError", "ExpressionError", "ReturnError", "QuestionError",
        "WriteError"}  # fmt: skip


def placeholders(template: str) -> Counter[str]:
    return Counter(name for _, name, _, _ in string.Formatter().parse(template) if name is not None)


@each("room", ROOMS)
def test_both_languages_say_the_same_things(room: str) -> None:
    messages: dict[str, tuple[str, str]] = import_module(f"communitycheck.messages.{room}").MESSAGES
    for code, pair in messages.items():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code), code
        assert len(pair) == 2 and all(text.strip() for text in pair), code
        zh, en = (placeholders(text) for text in pair)
        assert set(zh) == set(en), f"{code}: {dict(zh)} and {dict(en)}"


def test_no_code_is_defined_twice() -> None:
    codes = Counter(code for room in ROOMS for code in import_module(f"communitycheck.messages.{room}").MESSAGES)
    assert [code for code, n in codes.items() if n > 1] == []


def test_every_word_of_the_model_has_its_entry() -> None:
    known = catalogue()
    for outcome in OUTCOMES:
        assert "outcome-" + outcome.word.replace("_", "-") in known
    for state in State:
        assert f"state-{state.name.lower()}" in known


def modules() -> list[Path]:
    return sorted(p for p in SOURCE.rglob("*.py") if not {"messages", "_data"} & set(p.relative_to(SOURCE).parts))


@pytest.fixture(scope="module")
def nodes() -> dict[str, list[ast.AST]]:
    """What each source is made of, by its place: parsed and walked once for all tests here."""
    return {p.relative_to(SOURCE).as_posix(): [*ast.walk(ast.parse(p.read_text(encoding="utf-8")))] for p in modules()}


def test_every_code_that_is_said_is_in_the_catalogue(nodes: dict[str, list[ast.AST]]) -> None:
    known = catalogue()
    missing = []
    for place, parts in nodes.items():
        for node in parts:
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            first = node.args[0]
            said = first.value if name in SAYS and isinstance(first, ast.Constant) else None
            if isinstance(said, str) and said not in known:
                missing.append(f"{place}:{node.lineno} {said}")
    assert missing == []


def test_every_code_is_said(nodes: dict[str, list[ast.AST]]) -> None:
    """A code stands in the sources as it is, or what they put together (``f"outcome-{word}"``) can give it."""
    whole: set[str] = set()
    parts: set[str] = set()
    for node in chain.from_iterable(nodes.values()):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            whole.add(node.value)
        elif isinstance(node, ast.JoinedStr | ast.BinOp):
            parts |= {p for p in _put_together(node) if re.search(r"[a-z]-|-[a-z]", p.replace(ANYTHING, ""))}
    pages = " ".join(p.read_text(encoding="utf-8") for p in SOURCE.rglob("*.html"))
    html = import_module("communitycheck.messages.html").MESSAGES  # handed to the page as they are
    fits = re.compile("|".join(re.escape(p).replace(re.escape(ANYTHING), ".+") for p in sorted(parts)))
    unsaid = [c for c in catalogue() if c not in whole and c not in html and c not in pages and not fits.fullmatch(c)]
    assert unsaid == []


ANYTHING = "\0"


def _put_together(node: ast.AST) -> list[str]:
    """What an expression may give as text; ``ANYTHING`` where it is not known."""
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.IfExp(body=one, orelse=other):
            return _put_together(one) + _put_together(other)
        case ast.FormattedValue(value=value):
            return _put_together(value)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return [a + b for a in _put_together(left) for b in _put_together(right)]
        case ast.JoinedStr(values=values):
            found = [""]
            for value in values:
                found = [a + b for a in found for b in _put_together(value)]
            return found
    return [ANYTHING]


def test_what_is_excepted_is_there() -> None:
    assert [place for place in (*DATA, *UNSHOWN) if not (SOURCE / place).exists()] == []


def test_no_sentence_sits_outside_the_catalogue(nodes: dict[str, list[ast.AST]]) -> None:
    found = []
    for place, parts in nodes.items():
        if place.startswith(tuple(DATA)):
            continue
        told = {id(n.value) for n in parts if isinstance(n, ast.Expr)}  # docstrings
        for node in parts:
            text = node.value if isinstance(node, ast.Constant) and id(node) not in told else None
            if isinstance(text, str) and CHINESE.search(text):
                found.append(f"{place}:{node.lineno} {text!r}")
    assert found == []


def test_no_english_sentence_sits_outside_the_catalogue(nodes: dict[str, list[ast.AST]]) -> None:
    found = []
    for place, parts in nodes.items():
        if place.startswith((*DATA, *UNSHOWN)):
            continue
        apart = {id(n.value) for n in parts if isinstance(n, ast.Expr)}  # docstrings
        for node in parts:
            if isinstance(node, ast.Assert) or (isinstance(node, ast.Raise) and node.exc and not _said(node.exc)):
                apart |= {id(n) for n in ast.walk(node)}  # a fault of the program's own, which no user mends
        for node in parts:
            printed = isinstance(node, ast.Call) and _name(node.func) in PRINTS
            words = WORDS if printed else SENTENCE
            for part in ast.walk(node) if printed else [node]:
                text = part.value if isinstance(part, ast.Constant) and id(part) not in apart else None
                if isinstance(text, str) and words.search(text):
                    found.append(f"{place}:{part.lineno} {text!r}")
    assert found == []


def _said(raised: ast.expr) -> bool:
    """True for an error that is told to users: one of the project's own."""
    return isinstance(raised, ast.Call) and _name(raised.func) in {e.__name__ for e in _errors(CommunityCheckError)}


def _errors(base: type) -> list[type]:
    return [base, *(e for child in base.__subclasses__() for e in _errors(child))]


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _pages(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    for name in command.list_commands(None) if hasattr(command, "list_commands") else ():
        yield from _pages(command.get_command(None, name), (*path, name))


@each("path", list(_pages(build("zh"))), ids=" ".join)
def test_chinese_help_is_chinese_throughout(path: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*path, "--lang", "zh", "--help"]) == 0
    page = capsys.readouterr().out
    assert page.startswith("用法：communitycheck ") and "显示本帮助" in page
    assert not re.search(r"Usage|Options|Commands|Arguments|Show this|default|required|<\w+>", page)
    told = " ".join(page.split())
    for given in (("communitycheck", *path), bundle_kinds(by_region=True)[0]):
        told = told.replace(" ".join(given), "")
    assert SENTENCE.findall(told) == []


WRONG = [
    (["chekc"], "check"),
    (["check"], "PATH"),
    (["check", "--strikt", "a"], "--strikt"),
    (["check", "a", "--strict=1"], "--strict"),
    (["check", "a", "--as-of"], "--as-of"),
    (["rules", "show", "a", "b"], "“b”"),
    (["rules", "shwo"], "show"),
]


@pytest.mark.parametrize(("arguments", "named"), WRONG, ids=lambda v: " ".join(v) if isinstance(v, list) else "")
def test_wrong_usage_is_told_in_chinese(
    arguments: list[str], named: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMMUNITYCHECK_LANG", "zh")
    assert run(arguments) == 2
    shown = capsys.readouterr().err
    assert shown.startswith("错误：") and shown.count("\n") == 1 and named in shown
    assert SENTENCE.findall(shown.partition("现有命令")[0]) == []


def test_what_has_no_value_is_left_out_with_its_words() -> None:
    assert say("rule-unknown", "en", name="X", near="—") == "the standards in use have no rule 'X'"
    assert say("rule-unknown", "zh", name="X", near="Y") == "所用标准里没有规则“X”，最接近的是“Y”"


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("value", ["", "—", "甲"])
def test_no_mark_of_the_templates_is_ever_printed(value: str, lang: Lang) -> None:
    """However a message is said, what is optional in it is said or left out."""
    wording = Wording(lang, Dictionary({}))
    for code, templates in catalogue().items():
        if "[[" not in templates[0] + templates[1]:
            continue
        values: dict[str, Any] = dict.fromkeys(placeholders(templates[0]), value)
        error = UsageError(code, **values)
        notice = Notice(code, Address("a.xlsx"), value, values)
        texts = {say(code, lang, **values), wording.say(code, **values), wording.error(error), wording.notice(notice)}
        for text in texts:
            assert "[[" not in text and "]]" not in text, text


def test_what_only_the_page_says_has_no_optional_part() -> None:
    """The script in the HTML report fills in placeholders and knows no marks."""
    known = catalogue()
    said = (*import_module("communitycheck.messages.html").MESSAGES, *BORROWED)
    assert [code for code in said if "[[" in "".join(known[code])] == []
