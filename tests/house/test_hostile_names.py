"""Names from outside are text and nothing else, whichever message, command or format shows them.

Every message of the catalogue, every format of the list and every command is walked; a new one is walked as well.
"""

from __future__ import annotations

import json
import os
import re
import string
import sys
import unicodedata
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from communitycheck.api import formats, render, write
from communitycheck.check import check
from communitycheck.cli.baseline import BaselineCommands
from communitycheck.cli.program import COMMANDS
from communitycheck.cli.rules import RulesCommands
from communitycheck.cli.run import run
from communitycheck.cli.waivers import WaiversCommands
from communitycheck.messages import LANGS, Lang, catalogue, say
from communitycheck.model.report import Report
from communitycheck.printable import as_json, inline, one_line

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows takes no such names")

# What a name may try, each with a plain word before and behind it.
HOSTILE = {
    "line": "社\n::error file=a,line=1::甲区",
    "return": "社\r::warning::乙区",
    "head": "::error::丙区",
    "spaces": "  ::notice title=x::丁区",
    "hashes": "社##[error]戊区",
    "azure": "社##vso[task.setvariable variable=x]己区",
    "azure, large": "社##VSO[task.complete]庚区",
    "teamcity": "社##teamcity[buildStop]辛区",
    "gitlab": "社\x1b[0Ksection_start:1:a\r\x1b[0K区",
    "colour": "社\x1b[31m红\x1b[0m区",
    "title": "社\x1b]0;标题\x07区",
    "upper control": "社\x9b31m区\x85x",
    "null": "社\x00\x08\x7f区",
    "override": "社\u202egpj.\u202c区",
    "isolate": "社\u2066\u2069\u200f\u061c区",
    "no width": "社\u200b\u2060\ufeff\u00ad区",
    "joiner": "社\u200d区\u200c",
    "filler": "社\u3164\u115f\uffa0区",
    "tags": "社\U000e0041\U000e0042区",
    "selectors": "葛\U000e0100\U000e0101\ufe0f区",
    "separators": "社\u2028\u2029区",
    "half a pair": "社\udcb3\ud800区",
    "noncharacter": "社\uffff\ufdd0\ufff9区",
}
ALL = " ".join(HOSTILE.values())
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
COMMAND = re.compile(r"##(?:\[|vso\[|teamcity\[)|^\s*::[a-z][^\n]*::", re.IGNORECASE | re.MULTILINE)


def harmful(text: str, *, commands: bool = False) -> list[str]:
    """What in a page could do more than be read."""
    found = [c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp", "Cn") and c not in "\n\t"]
    found += [c for c in text if c in "\u3164\u115f\uffa0"]
    return [ascii(c) for c in found] + ([] if commands else COMMAND.findall(text))


def placeholders(template: str) -> dict[str, str]:
    """The names in a message, each with the form it asks for."""
    plain = re.sub(r"\{\{(\w+):[^{}|]*\|[^{}|]*\}\}", r"{\1}", template).replace("[[", "").replace("]]", "")
    forms: dict[str, str] = {}
    for _, name, spec, _ in string.Formatter().parse(plain):
        if name:  # one that stands twice, as in "{n:g} {{n:hour|hours}}", keeps its form
            forms[name] = forms.get(name) or spec or ""
    return forms


@pytest.mark.parametrize("lang", LANGS)
def test_every_message(lang: Lang) -> None:
    """Whatever fills it, a message has as many lines as its own words have, and nothing harmful."""
    for code, pair in catalogue().items():
        template = pair[0 if lang == "zh" else 1]
        asked = placeholders(template)
        for value in (*HOSTILE.values(), ALL, Path(ALL.replace("\x00", "")), ["x", ALL]):
            values = {name: 1.5 if spec else value for name, spec in asked.items()}
            said = say(code, lang, **values)
            assert harmful(said) == [], code
            assert said.count("\n") == template.count("\n"), code


def test_a_long_value_is_cut_where_a_sentence_quotes_it() -> None:
    assert len(say("system-failed", "en", cause="x", path="1" * 20_000_000)) < 5000


def test_a_long_cell_is_cut_in_every_notice(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = ["县区,社区名称,综合服务设施面积", "和平区,甲社区,400", f"和平区,乙社区,约{'三' * 50_000}"]
    path.write_text("\n".join(rows), encoding="utf-8")
    for format in formats().names:
        if format != "html":
            assert len("".join(render(check(path), format, "zh", all_verdicts=True))) < 60_000, format


@pytest.mark.parametrize("name", HOSTILE)
def test_one_line(name: str) -> None:
    shown = one_line(HOSTILE[name])
    assert harmful(shown) == [] and "\n" not in shown and "区" in shown
    assert inline(shown) == shown


@pytest.mark.parametrize("name", HOSTILE)
def test_json_gives_the_name_back(name: str) -> None:
    written = as_json({"name": HOSTILE[name]})
    assert harmful(written) == [] and json.loads(written)["name"] == HOSTILE[name]
    assert written.encode("utf-8")


@pytest.mark.parametrize(
    "text", ["👨‍👩‍👧家园", "می‌خواهم", "葛\U000e0100城区", "☀️社区", "8::30", "a::b"[:3], "AT&T #1 ## x"]
)
def test_what_people_write_stays(text: str) -> None:
    assert inline(text) == text


def folder_of(root: Path) -> Path:
    """Returns with hostile names of files, archives, members, sheets, columns, places and communities."""
    names = list(HOSTILE.values())
    head = [
        "县区",
        "社区名称",
        "社区类型",
        "综合服务设施面积",
        names[0].replace("\n", " "),
        f"备注{ALL}".replace("\n", " "),
    ]
    rows = [[f"和平区{one}", one, "城市社区", "120", "x", one] for one in names]
    rows += [["和平区", "甲社区", "城市社区", f"约{one}", "x", ""] for one in names]
    text = "\n".join(",".join('"' + cell.replace('"', "") + '"' for cell in row) for row in [head, *rows])
    data = text.replace("\x00", "").encode("utf-8", "replace")
    folder = root / "报\u202e\n::error::x\x1b[31m"
    folder.mkdir()
    (folder / "二\x1b]0;x\x07##[error]\u200b.csv").write_bytes(data)
    (folder / os.fsdecode("三\n::error::坏".encode() + b"\xb3.csv")).write_bytes(b"PK\x03\x04 no archive" * 50)
    with zipfile.ZipFile(folder / "四\u202e\x9b.zip", "w") as archive:
        archive.writestr("里\n##vso[task]\u202e/面::error::x\x1b[0m.csv", data)
        archive.writestr("\x1b[31m空\n::error::y.csv", b"")
    return folder


@pytest.fixture(scope="module")
def returns(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folder_of(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def report(returns: Path) -> Report:
    found = check(returns)
    assert found.subjects > 10 and found.unread and found.notices
    return found


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("format", formats().names)
def test_every_format_on_standard_output(report: Report, format: str, lang: Lang) -> None:
    text = "".join(render(report, format, lang, all_verdicts=True, details=True))
    assert harmful(text, commands=format == "github") == []
    if format == "github":
        assert all(re.match(r"::(error|warning|notice)( [^:]*)?::", line) for line in text.splitlines())
        assert "##[" not in text and "##vso[" not in text
    coloured = ESCAPE.sub("", "".join(render(report, format, lang, colour=True)))
    assert harmful(coloured, commands=format == "github") == []


@pytest.mark.parametrize("suffix", formats().suffixes)
def test_every_file(report: Report, suffix: str, tmp_path: Path) -> None:
    target = tmp_path / f"out{suffix}"
    write(report, target, "zh", all_verdicts=True)
    data = target.read_bytes()
    texts = [data.decode("utf-8-sig")] if not zipfile.is_zipfile(BytesIO(data)) else []
    if not texts:
        with zipfile.ZipFile(BytesIO(data)) as parts:
            texts = [parts.read(p).decode("utf-8") for p in parts.namelist() if p.endswith((".xml", ".rels"))]
    for text in texts:
        assert harmful(text.replace("\r\n", "\n")) == []


STANDARD = r"""
standard: own
title: {zh: "标\u202e准\x1b[31m\n::error::x", en: "own ##[error]\u200b"}
source: {document: "文\x85件", issuer: "部\u2028门", date: 2021-01-01}
jurisdiction: {code: "210000", name: 辽宁省}
in_force: {from: 2021-01-01}
rules:
  - id: OWN-1
    title: {zh: "规\u202e则\n::error::y", en: "rule\x9b ##vso[task.x]"}
    clause: "条\x07款\n::error::z"
    note: {zh: "注\u202e", en: "note\x1b[0m"}
    applies_to: community
    indicator: facility_area
    at_least: 400 m2
    severity: mandatory
"""
BROKEN = STANDARD.replace("facility_area", r'"facility\u202e\n::error::area"').replace("OWN-1", r'"O\u202e\n::error::"')
# Each command with hostile names in its arguments and files; {r} is the folder of returns, {s} a standard.
LINES = {
    "check": ["check {r} --standard {s}", "check {r} --format ::error::x", "check {h}", "check {r} --select {h}",
              "check {r} --region {h}", "check {r} --output-dir {o} --split-by county", "check {r} --standard {b}",
              "check {r} --mark-up {o}/marked", "check {r} --log-format json", "check {r} --{h}"],
    "watch": ["watch {h}"],
    "inspect": ["inspect {r}", "inspect {r} --format json", "inspect {r} --save-mapping {o}/map.yaml", "inspect {h}"],
    "explain": ["explain {r} --rule LN-01 --subject {h}", "explain {r} --rule {h} --subject x",
                "explain {r} --standard {s} --rule OWN-1 --subject 甲社区", "explain {r} --rule LN-01 --row {h}"],
    "gap": ["gap {r}", "gap {r} --standard {s} --format json", "gap {h}", "gap {r} --level {h}",
            "gap {r} --format csv"],
    "whatif": ["whatif {r} --set LN-01=600", "whatif {r} --standard {s} --set OWN-1=600 --format json",
               "whatif {h} --set LN-01=600", "whatif {r} --set {h}=600", "whatif {r} --set LN-01={h}",
               "whatif {r} --parameter {h}=1", "whatif {r} --reform {h}", "whatif {r} --reform {b}",
               "whatif {r} --standard {s} --set OWN-1=.. --rate {h}", "whatif {r} --set LN-01=600 --format csv"],
    "conflicts": ["conflicts {r}", "conflicts {r} {r} --standard {s} --format json", "conflicts {h}"],
    "overlap": ["overlap {r}", "overlap {r} {r} --standard {s} --format json", "overlap {h}",
                "overlap {r} --format csv"],
    "trend": ["trend {r}", "trend {h}", "trend {r} --renames {h}", "trend {r} --standard {s} --format json"],
    "compare": ["compare {r} {r} --standard {s}", "compare {r} {h}", "compare {h} {r} --format json",
                "compare {r} {r} --renames {h}"],
    "baseline write": ["baseline write {r} -o {o}/base.json --standard {s}", "baseline write {r} -o {h}"],
    "baseline update": ["baseline update {r} --baseline {h}"],
    "baseline show": ["baseline show {h}"],
    "template": ["template --standard {h} -o {o}/x.xlsx", "template --standard {s} -o {h}.xlsx"],
    "demo": ["demo {h}/x/y"],
    "config": ["config show", "--config {c} config show", "--config {h} config show"],
    "doctor": ["doctor", "doctor --format json", "doctor {h}"],
    "waivers lint": ["waivers lint {b}", "waivers lint {b} --format json", "waivers lint {h}"],
    "rules list": ["rules list --standard {s}", "rules list --standard {s} --format json", "rules list --standard {h}"],
    "rules show": ["rules show OWN-1 --standard {s}", "rules show OWN-1 --standard {s} --format json",
                   "rules show {h}"],
    "rules coverage": ["rules coverage {r}", "rules coverage {r} --format json", "rules coverage --document {h}"],
    "rules new": ["rules new {h}"],
    "rules docs": ["rules docs --output-dir {h}/x/y"],
    "rules import": ["rules import {r}", "rules import {h}"],
    "rules lint": ["rules lint {s}", "rules lint {b}", "rules lint {b} --format json", "rules lint {h}"],
    "rules help": ["rules help {h}", "rules help 单位", "rules help {h} --format json"],
    "rules test": ["rules test {b}", "rules test {h}"],
    "rules sql": ["rules sql {s} --dialect duckdb", "rules sql {b} --dialect postgres", "rules sql {h} --dialect {h}",
                  "rules sql {s} --dialect spark --table {h}", "rules sql {s} --dialect clickhouse -o {h}"],
}  # fmt: skip


def test_every_command_is_walked() -> None:
    groups = {"rules": RulesCommands, "baseline": BaselineCommands, "waivers": WaiversCommands}
    words = {name for name in COMMANDS if name not in groups}
    words |= {f"{group} {name}" for group, held in groups.items() for name in held.modules}
    assert set(LINES) == words


NAMES = ("社\n::error::x\u202e\x1b[31m##[error]\x9b", "\udcb3::error::x::")
# The worst name in one language; in slow tests each in both.
BOTH = [(LANGS[0], NAMES[0])]


@pytest.mark.parametrize(
    "said", [BOTH, pytest.param([(b, n) for b in LANGS for n in NAMES], marks=pytest.mark.slow)], ids=len
)
@pytest.mark.parametrize("command", LINES)
def test_every_command(
    command: str,
    said: list[tuple[Lang, str]],
    returns: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    places = {"r": str(returns), "o": str(tmp_path / "out")}
    for key, text in (("s", STANDARD), ("b", BROKEN), ("c", '[tool]\n"x\\u202e\\n::error::" = 1\n')):
        file = tmp_path / f"{key}\u202e\n::error::x\x1b[31m.{'toml' if key == 'c' else 'yaml'}"
        file.write_text(text, encoding="utf-8")
        places[key] = str(file)
    (tmp_path / "out").mkdir()
    for line in LINES[command]:
        for lang, hostile in said if "{h}" in line else said[::2]:
            words = [word.format(h=hostile, **places) for word in line.split(" ")]
            run([*words, "--lang", lang])
            out = capsys.readouterr()
            assert harmful(out.out) == [] and harmful(out.err) == [], (line, lang)
    for made in (tmp_path / "out").rglob("*"):
        if made.suffix in (".csv", ".html", ".yaml", ".md", ".json"):
            assert harmful(made.read_text(encoding="utf-8-sig").replace("\r\n", "\n")) == [], made.name
        assert harmful(made.name) == [] and len(made.name.encode()) <= 255 and made.name == made.name.rstrip(". ")
