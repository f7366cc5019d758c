"""The reference lists every option of every command, in both languages, as the commands declare them."""

from __future__ import annotations

import re

import pytest

from communitycheck.messages import LANGS, Lang
from docs.pages import DOCS
from tool import tool

TOOL = tool("pages")


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
        text = below[name] if name else sections[0]
        for parameter in command.params:
            named = parameter.opts if parameter.param_type_name == "option" else [parameter.metavar.strip("[].")]
            assert [
                one for one in named if one != "--help" and not re.search(rf"\b{re.escape(one.lstrip('-'))}\b", text)
            ] == []
