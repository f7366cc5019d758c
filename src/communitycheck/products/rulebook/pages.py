"""The rule book as reference pages: Markdown, a page for each language, the same bytes for the same rules."""

from __future__ import annotations

from collections.abc import Sequence

from communitycheck.messages import LANGS, Lang, say
from communitycheck.model.dictionary import Dictionary, Field
from communitycheck.model.scores.score import Score
from communitycheck.model.standard import Rule, Standard
from communitycheck.printable import one_line
from communitycheck.products.rulebook.card import Card, card
from communitycheck.products.rulebook.catalogue import Account, BookCoverage, wording_code
from communitycheck.products.rulebook.facts import field_in_words, field_range, nowhere
from communitycheck.products.rulebook.score_sheets import grade_lines, item_rows, sheet_title, veto_lines
from communitycheck.reporting.words.rules import RuleWords
from communitycheck.reporting.words.sentences import Wording

# What the name of a page ends with in each language, and how a page leads to the other.
_SUFFIX: dict[Lang, str] = {"en": ".md", "zh": ".zh-CN.md"}
_OTHER: dict[Lang, tuple[Lang, str]] = {"en": ("zh", "中文："), "zh": ("en", "English: ")}


def pages(standards: Sequence[Standard], dictionary: Dictionary, cover: BookCoverage) -> dict[str, str]:
    """All pages in both languages: path below the docs folder -> text."""
    found = {}
    for lang in LANGS:
        found[f"rules/{_file('index', lang)}"] = _index(standards, cover, lang)
        for standard in standards:
            found[f"rules/{_file(standard.id, lang)}"] = _standard(standard, standards, dictionary, lang)
        found[_file("dictionary", lang)] = _dictionary(dictionary, lang)
    return found


def _file(name: str, lang: Lang) -> str:
    return name + _SUFFIX[lang]


def _head(title: str, name: str, lang: Lang) -> list[str]:
    """The first lines of a page: its title, and where the other language is."""
    other, introduced = _OTHER[lang]
    link = _file(name, other)
    return [f"# {title}", "", f"{introduced}[{link}]({link})", ""]


def _index(standards: Sequence[Standard], cover: BookCoverage, lang: Lang) -> str:
    lines = [*_head(say("page-index", lang), "index", lang), say("page-generated", lang), ""]
    lines += [f"- [{say('page-dictionary', lang)}](../{_file('dictionary', lang)})", ""]
    heads = ("column-standard", "column-title", "rules-jurisdiction", "rules-count")
    lines += _row(*(say(code, lang) for code in heads)) + _rule(4)
    for s in standards:
        own = sum(1 for r in s.rules if r.layer == s.id)
        taken = len(s.rules) - own
        n = f"{own} + {taken} ({', '.join(s.lineage)})" if taken else str(own)
        lines += _row(f"[{s.id}]({_file(s.id, lang)})", s.title.in_lang(lang), s.jurisdiction.name, n)
    lines += ["", f"## {say('coverage-title', lang)}", ""]
    for document in cover.documents:
        lines += [f"### {document.document.id}", "", document.document.title.in_lang(lang), ""]
        heads = ("coverage-entry", "column-clause", "column-title", "coverage-rules")
        lines += _row(*(say(code, lang) for code in heads)) + _rule(4)
        for account in document.accounts:
            entry = account.entry
            lines += _row(entry.id, entry.clause, entry.title.in_lang(lang), _encoded(account, lang))
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _encoded(account: Account, lang: Lang) -> str:
    """The rules of an entry; else why it has none. A manual rule says its reason on its own page."""
    rules = ", ".join(f"[{r.id}]({_file(r.layer, lang)}#{_anchor(r)})" for r in account.rules)
    status = "" if account.status == "automated" else say(f"coverage-{wording_code(account.status)}", lang)
    reason = account.reason.in_lang(lang) if account.status == "no_rule" else ""
    return " · ".join(x for x in (rules, status, reason) if x)


def _standard(standard: Standard, standards: Sequence[Standard], dictionary: Dictionary, lang: Lang) -> str:
    source = standard.source
    lines = [*_head(standard.id, standard.id, lang), f"**{_text(standard.title.in_lang(lang))}**", ""]
    facts = [
        ("card-clause-document", source.document),
        ("page-issuer", source.issuer),
        ("page-date", source.date.isoformat() if source.date else ""),
        ("rules-jurisdiction", f"{standard.jurisdiction.name} {standard.jurisdiction.code}".rstrip()),
        ("page-in-force", standard.in_force_from.isoformat() if standard.in_force_from else ""),
        ("page-horizon", standard.horizon.isoformat() if standard.horizon else ""),
    ]
    lines += [_fact(code, _text(value), lang) for code, value in facts if value]
    lines += [_fact("page-extends", f"[{p}]({_file(p, lang)})", lang) for p in standard.lineage[:1]]
    lines.append("")
    if standard.note.in_lang(lang):
        lines += [_text(standard.note.in_lang(lang)), ""]
    for rule in standard.rules:
        if rule.layer == standard.id:
            lines += _rule_section(rule, standard, standards, dictionary, lang)
    for score in standard.scores:
        if score.layer == standard.id:
            lines += _score_section(score, RuleWords(Wording(lang, dictionary, [standard]), standard), lang)
    taken = [r for r in standard.rules if r.layer != standard.id]
    if taken:
        lines += [f"## {say('rules-inherited', lang)}", ""]
        links = ((r, f"[{r.id}]({_file(r.layer, lang)}#{_anchor(r)})") for r in taken)
        lines += [f"- {link} {_text(r.title.in_lang(lang))}" for r, link in links]
        lines.append("")
    if standard.fields:
        lines += [f"## {say('page-own-fields', lang)}", ""]
        words = RuleWords(Wording(lang, dictionary, [standard]), standard)
        for field in standard.fields.values():
            lines += _field_section(field, words, level=3)
    return "\n".join(lines).rstrip() + "\n"


def _fact(code: str, value: str, lang: Lang) -> str:
    return "- " + say("page-fact", lang, name=say(code, lang), value=value)


def _rule_section(
    rule: Rule, standard: Standard, standards: Sequence[Standard], dictionary: Dictionary, lang: Lang
) -> list[str]:
    one = card(rule, standard, standards, dictionary, lang)
    lines = [f"## {rule.id}", "", f"**{_text(rule.title.in_lang(lang))}**", "", *_row("", ""), *_rule(2)]
    for section in one.sections:
        lines += _row(section.title, "<br>".join(map(_text, section.lines)), raw=True)
    if one.needs:
        lines += _row(say("page-fields", lang), _field_links(one, lang), raw=True)
    return [*lines, ""]


def _score_section(score: Score, words: RuleWords, lang: Lang) -> list[str]:
    lines = [f"## {score.id}", "", f"**{_text(sheet_title(score, words))}**", ""]
    heads = ("column-score-item", "column-clause", "column-of-points", "column-how")
    lines += _row(*(say(head, lang) for head in heads)) + _rule(4)
    for row in item_rows(score, words):
        lines += _row(*row)
    rest = [*grade_lines(score, words), *veto_lines(score, words)]
    return [*lines, "", *(f"- {_text(line)}" for line in rest), ""]


def _field_links(one: Card, lang: Lang) -> str:
    links = []
    for need in one.needs:
        if need.need == "source":  # the dictionary says what a field is worked out from
            continue
        key = need.field.key
        label = _text(one.words.wording.label(key, one.standard.id))
        page = "" if key in (one.standard.fields or {}) else f"../{_file('dictionary', lang)}"
        optional = "" if need.need == "required" else say("brackets", lang, text=say(f"field-need-{need.need}", lang))
        links.append(f"[{label}]({page}#{key}){optional}")
    return "<br>".join(links)


def _dictionary(dictionary: Dictionary, lang: Lang) -> str:
    words = RuleWords(Wording(lang, dictionary), nowhere())
    lines = [*_head(say("page-dictionary", lang), "dictionary", lang), say("page-generated", lang), ""]
    for field in dictionary.fields.values():
        lines += _field_section(field, words)
    return "\n".join(lines).rstrip() + "\n"


def _field_section(field: Field, words: RuleWords, level: int = 2) -> list[str]:
    lang = words.wording.lang
    lines = [f"{'#' * level} {field.key}", "", f"**{_text(field.label.in_lang(lang))}**", ""]
    if field.also:
        lines.append(_fact("page-also", ", ".join(field.also), lang))
    if field.entities:
        kinds = (f"{words.wording.entity(e)} {e}" if lang == "zh" else e for e in field.entities)
        lines.append(_fact("page-entities", say("list-comma", lang).join(kinds), lang))
    if field.personal:
        lines.append(f"- {say('page-personal', lang)}")
    listed = [("page-headings", field.aliases), ("page-not-headings", field.not_aliases)]
    lines += [_fact(code, _text("、".join(names)), lang) for code, names in listed if names]
    lines += [f"- {name}: {_text('、'.join(forms))}" for name, forms in field.values.items()]
    if field.unclear:
        lines.append(_fact("page-unclear", _text("、".join(field.unclear)), lang))
    said = [*field_in_words(field, words, brief=True), field_range(field, words), field.note.in_lang(lang)]
    return [*lines, *(f"- {_text(one)}" for one in said if one), ""]


def _anchor(rule: Rule) -> str:
    """The anchor that Markdown makes of a rule's heading."""
    return "".join(c for c in rule.id.lower() if c.isalnum() or c in "-_")


def _row(*cells: str, raw: bool = False) -> list[str]:
    return ["| " + " | ".join(c if raw else _text(c) for c in cells) + " |"]


def _rule(columns: int) -> list[str]:
    return ["|" + " --- |" * columns]


def _text(text: str) -> str:
    """Text that Markdown takes for nothing but text."""
    return one_line(text).replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*")


__all__ = ["pages"]
