"""The reference lists every option of every command, every outcome, format, schema and variable, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from communitycheck import api
from communitycheck.cli.run import run
from communitycheck.cli.settings.options import OTHER_VARIABLES
from communitycheck.messages import LANGS, Lang
from communitycheck.model.result import OUTCOMES
from docs.fences import fences
from docs.pages import DOCS
from paths import ROOT
from tool import tool

TOOL = tool("pages")
SCHEMA = re.compile(r'"(communitycheck-[a-z-]+/[0-9]+)"')
# Of files that a run leaves for the next one, which nobody else reads.
INSIDE = {"communitycheck-markup/1", "communitycheck-bundles/1", "communitycheck-files/1"}


def reference(lang: Lang) -> str:
    return (DOCS / f"reference{TOOL.SUFFIX[lang]}.md").read_text("utf-8")


@pytest.mark.parametrize("lang", LANGS)
def test_the_options_are_those_of_today(lang: Lang) -> None:
    assert TOOL.page(reference(lang), "reference", lang) == reference(lang), "python tools/pages.py writes them anew"


@pytest.mark.parametrize("lang", LANGS)
def test_every_option_of_every_command_is_listed(lang: Lang) -> None:
    sections = re.split(r"^### ", reference(lang).partition(TOOL.MARK)[2], flags=re.MULTILINE)[1:]
    below = {heading: text for heading, _, text in (section.partition("\n") for section in sections)}
    for name, command, _ in TOOL.commands(lang):
        first_cells = re.findall(r"^\| `([^`]*)` \|", below[name] if name else sections[0], re.MULTILINE)
        listed = {word for cell in first_cells for word in re.findall(r"[\w-]+", cell)}
        for parameter in command.params:
            option = parameter.param_type_name == "option"
            named = {*parameter.opts, *parameter.secondary_opts} if option else {parameter.metavar.strip("[].")}
            assert named - {"--help"} <= listed, name


@pytest.mark.parametrize("lang", LANGS)
def test_every_outcome_format_and_variable_is_listed(lang: Lang) -> None:
    page = reference(lang)
    formats = [*api.formats()]
    written = {
        *(outcome.word for outcome in OUTCOMES),
        *(one.suffixes[0] for one in formats if one.suffixes),
        *(one.name for one in formats if one.text),
        *OTHER_VARIABLES,
    }
    assert [one for one in written if f"`{one}`" not in page] == []


@pytest.mark.parametrize("lang", LANGS)
def test_every_schema_is_listed(lang: Lang) -> None:
    sources = ROOT / "src" / "communitycheck"
    used = {name for path in sources.rglob("*.py") for name in SCHEMA.findall(path.read_text("utf-8"))}
    assert len(used) > 10
    assert [name for name in sorted(used - INSIDE) if f"`{name}`" not in reference(lang)] == []


def test_the_settings_that_it_shows_are_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    [settings] = [fence.content for fence in fences(reference("en")) if fence.language == "toml"]
    (tmp_path / "communitycheck.toml").write_text(settings, "utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(["config", "show"]) == 0
