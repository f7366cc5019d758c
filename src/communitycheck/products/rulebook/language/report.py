"""``rules help`` on a terminal and for machines, and the tables of the page on the language: one and the same words."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from communitycheck.messages import Lang, say
from communitycheck.model.dictionary import Dictionary, Field
from communitycheck.printable import as_json
from communitycheck.products.rulebook.facts import field_in_words, nowhere
from communitycheck.products.rulebook.language.find import Help
from communitycheck.products.rulebook.language.terms import RECIPES_GROUP, Term, TermGroup, recipe_group, term_groups
from communitycheck.products.rulebook.lists import draw
from communitycheck.reporting.document import Block, Row, TableColumn
from communitycheck.reporting.words.rules import RuleWords
from communitycheck.reporting.words.sentences import Wording

HELP_SCHEMA = "communitycheck-language/1"


def render_help(found: Help, format: str, lang: Lang, *, colour: bool = False, width: int | None = None) -> str:
    """What there is to say, as text or JSON."""
    if format == "json":
        return as_json({"schema": HELP_SCHEMA, "lang": lang, **_objects(found, lang)}, indent=1) + "\n"
    blocks = [Block("language", say("language-like", lang))] if found.like else []
    blocks += [_word(group, term, lang) for group, term in found.terms]
    blocks += [_field(field, lang) for field in found.fields]
    if found.overview:
        blocks += [_names(group, lang) for group in found.groups]
        blocks.append(Block("language", say("language-more", lang)))
    else:
        blocks += [_table(group, lang) for group in found.groups]
    if found.recipes and recipe_group() not in found.groups:
        blocks.append(_table(replace(recipe_group(), terms=found.recipes), lang))
    return draw(blocks, colour=colour, width=width)


def _word(group: TermGroup, term: Term, lang: Lang) -> Block:
    block = Block("language-word", term.name)
    pairs = {
        "language-kind": group.title.in_lang(lang),
        "language-form": term.form,
        "language-says": term.says.in_lang(lang),
        "language-example": term.shown(lang),
    }
    block.pairs = [(say(code, lang), text) for code, text in pairs.items() if text]
    return block


def _field(field: Field, lang: Lang) -> Block:
    words = RuleWords(Wording(lang, Dictionary({field.key: field})), nowhere())
    block = Block("language-word", field.key)
    block.pairs = [(say("language-kind", lang), say("language-field", lang, label=field.label))]
    lines = field_in_words(field, words)
    block.pairs += [(say("language-says", lang) if not n else "", line) for n, line in enumerate(lines)]
    return block


def _names(group: TermGroup, lang: Lang) -> Block:
    recipes = group.code == RECIPES_GROUP
    names = say("list-comma", lang).join(t.says.in_lang(lang) if recipes else t.name for t in group.terms)
    return Block("language", group.title.in_lang(lang), lines=[names])


def _table(group: TermGroup, lang: Lang) -> Block:
    if group.code == RECIPES_GROUP:
        columns = [TableColumn(say(f"language-{code}", lang), wrap=True) for code in ("question", "written")]
        rows = [Row((e.says.in_lang(lang), e.shown(lang))) for e in group.terms]
        return Block("language-table", group.title.in_lang(lang), columns=columns, rows=rows)
    columns = [TableColumn(say("language-word", lang)), TableColumn(say("language-says", lang), wrap=True)]
    columns.append(TableColumn(say("language-example", lang), wrap=True))
    block = Block("language-table", group.title.in_lang(lang), columns=columns)
    block.rows = [Row((e.form or e.name, e.says.in_lang(lang), e.example)) for e in group.terms]
    return block


def language_tables(lang: Lang) -> str:
    """Every group as a table in Markdown."""
    head = [say(code, lang) for code in ("language-word", "language-says", "language-example")]
    lines = []
    for group in term_groups():
        lines += [f"### {group.title.in_lang(lang)}", "", _row(head), "|---|---|---|"]
        for term in group.terms:
            example = f"`{_cell(term.example)}`" if term.example else ""
            lines.append(_row([f"`{_cell(term.form or term.name)}`", _cell(term.says.in_lang(lang)), example]))
        lines.append("")
    return "\n".join(lines)


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(text: str) -> str:
    return text.replace("|", r"\|").replace("\n", " ")


def _objects(found: Help, lang: Lang) -> dict[str, Any]:
    listed = [(group, term) for group in found.groups for term in group.terms]
    words = [
        {
            "name": term.name,
            "section": group.code,
            "form": term.form or term.name,
            "says": term.says.in_lang(lang),
            "example": term.shown(lang) or None,
        }
        for group, term in (*found.terms, *listed)
    ]
    fields = [
        {"name": field.key, "label": field.label.in_lang(lang), "type": field.type, "unit": field.unit or None}
        for field in found.fields
    ]
    recipes = [{"question": one.says.in_lang(lang), "written": one.shown(lang)} for one in found.recipes]
    return {"exact": not found.like, "words": words, "fields": fields, "recipes": recipes}
