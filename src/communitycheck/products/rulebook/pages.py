"""The rule book as reference pages: Markdown, both languages side by side, the same bytes for the same rules."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from communitycheck.messages import LANGS, Lang, say
from communitycheck.model.dictionary import Dictionary, Field
from communitycheck.model.standard import Jurisdiction, Rule, Source, Standard
from communitycheck.model.text import Text
from communitycheck.products.rulebook.card import Card, card
from communitycheck.products.rulebook.catalogue import Account, BookCoverage, wording_code
from communitycheck.products.rulebook.facts import field_in_words, field_range
from communitycheck.reporting.words.rules import RuleWords
from communitycheck.reporting.words.sanitise import one_line
from communitycheck.reporting.words.sentences import Wording

DICTIONARY_PAGE = "dictionary.md"
INDEX_PAGE = "rules/index.md"


def pages(standards: Sequence[Standard], dictionary: Dictionary, cover: BookCoverage) -> dict[str, str]:
    """All pages: path below the docs folder -> text."""
    found = {INDEX_PAGE: _index(standards, cover)}
    for standard in standards:
        found[f"rules/{standard.id}.md"] = _standard(standard, standards, dictionary)
    found[DICTIONARY_PAGE] = _dictionary(dictionary)
    return found


def _both(code: str) -> str:
    """A message in both languages."""
    return f"{say(code, 'zh')} / {say(code, 'en')}"


def _index(standards: Sequence[Standard], cover: BookCoverage) -> str:
    lines = [f"# {_both('page-index')}", "", say("page-generated", "zh"), "", say("page-generated", "en"), ""]
    lines += [f"- [{_both('page-dictionary')}](../{DICTIONARY_PAGE})", ""]
    lines += _row(_both("column-standard"), "中文", "English", _both("rules-jurisdiction"), _both("rules-count"))
    lines += _rule(5)
    for s in standards:
        own = sum(1 for r in s.rules if r.layer == s.id)
        taken = len(s.rules) - own
        n = f"{own} + {taken} ({', '.join(s.lineage)})" if taken else str(own)
        lines += _row(f"[{s.id}]({s.id}.md)", s.title.in_lang("zh"), s.title.in_lang("en"), s.jurisdiction.name, n)
    lines += ["", f"## {_both('coverage-title')}", ""]
    for document in cover.documents:
        title = document.document.title
        lines += [f"### {document.document.id}", "", f"{title.in_lang('zh')} · {title.in_lang('en')}", ""]
        lines += _row(_both("coverage-entry"), _both("column-clause"), "中文", "English", _both("coverage-rules"))
        lines += _rule(5)
        for account in document.accounts:
            entry = account.entry
            encoded_by = ", ".join(f"[{r.id}]({r.layer}.md#{_anchor(r)})" for r in account.rules)
            status = "" if account.status == "automated" else _both(f"coverage-{wording_code(account.status)}")
            lines += _row(
                entry.id,
                entry.clause,
                entry.title.in_lang("zh"),
                entry.title.in_lang("en"),
                " · ".join(x for x in (encoded_by, status, *_reason(account)) if x),
            )
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _reason(account: Account) -> tuple[str, str]:
    """Why an entry has no rule, in both languages; a manual rule says its reason on its own page."""
    reason = account.reason if account.status == "no_rule" else Text()
    return reason.in_lang("zh"), reason.in_lang("en")


def _standard(standard: Standard, standards: Sequence[Standard], dictionary: Dictionary) -> str:
    source = standard.source
    lines = [f"# {standard.id}", "", f"**{_text(standard.title.in_lang('zh'))}**", ""]
    lines += [f"**{_text(standard.title.in_lang('en'))}**", ""]
    facts = [
        ("card-clause-document", source.document),
        ("page-issuer", source.issuer),
        ("page-date", source.date.isoformat() if source.date else ""),
        ("rules-jurisdiction", f"{standard.jurisdiction.name} {standard.jurisdiction.code}"),
        ("page-in-force", standard.in_force_from.isoformat() if standard.in_force_from else ""),
        ("page-horizon", standard.horizon.isoformat() if standard.horizon else ""),
    ]
    lines += [f"- {_both(code)}: {_text(value)}" for code, value in facts if value]
    lines += [f"- {_both('page-extends')}: [{p}]({p}.md)" for p in standard.lineage[:1]]
    lines.append("")
    for lang in LANGS:
        if standard.note.in_lang(lang):
            lines += [_text(standard.note.in_lang(lang)), ""]
    own = [r for r in standard.rules if r.layer == standard.id]
    for rule in own:
        lines += _rule_section(rule, standard, standards, dictionary)
    taken = [r for r in standard.rules if r.layer != standard.id]
    if taken:
        lines += [f"## {_both('rules-inherited')}", ""]
        lines += [f"- [{r.id}]({r.layer}.md#{_anchor(r)}) {_text(r.title.in_lang('zh'))}" for r in taken]
        lines.append("")
    if standard.fields:
        lines += [f"## {_both('page-own-fields')}", ""]
        words = {lang: RuleWords(Wording(lang, dictionary, [standard]), standard) for lang in LANGS}
        for field in standard.fields.values():
            lines += _field_section(field, words, level=3)
    return "\n".join(lines).rstrip() + "\n"


def _rule_section(rule: Rule, standard: Standard, standards: Sequence[Standard], dictionary: Dictionary) -> list[str]:
    cards = {lang: card(rule, standard, standards, dictionary, lang) for lang in LANGS}
    lines = [f"## {rule.id}", "", f"**{_text(rule.title.in_lang('zh'))}** · {_text(rule.title.in_lang('en'))}", ""]
    lines += _row("", "中文", "English") + _rule(3)
    for chinese, english in zip_longest(cards["zh"].sections, cards["en"].sections):
        assert chinese is not None and english is not None and chinese.key == english.key
        lines += _row(
            f"{chinese.title}<br>{english.title}",
            "<br>".join(map(_text, chinese.lines)),
            "<br>".join(map(_text, english.lines)),
            raw=True,
        )
    if cards["zh"].needs:
        title = "<br>".join(say("page-fields", lang) for lang in LANGS)
        lines += _row(title, *(_field_links(cards[lang], lang) for lang in LANGS), raw=True)
    return [*lines, ""]


def _field_links(one: Card, lang: Lang) -> str:
    links = []
    for need in one.needs:
        if need.need == "source":  # the dictionary says what a field is worked out from
            continue
        key = need.field.key
        label = _text(one.words.wording.label(key, one.standard.id))
        page = "" if key in (one.standard.fields or {}) else f"../{DICTIONARY_PAGE}"
        optional = "" if need.need == "required" else say("brackets", lang, text=say(f"field-need-{need.need}", lang))
        links.append(f"[{label}]({page}#{key}){optional}")
    return "<br>".join(links)


def _dictionary(dictionary: Dictionary) -> str:
    words = {lang: RuleWords(Wording(lang, dictionary), _nowhere()) for lang in LANGS}
    lines = [f"# {_both('page-dictionary')}", "", say("page-generated", "zh"), "", say("page-generated", "en"), ""]
    for field in dictionary.fields.values():
        lines += _field_section(field, words)
    return "\n".join(lines).rstrip() + "\n"


def _field_section(field: Field, words: dict[Lang, RuleWords], level: int = 2) -> list[str]:
    lines = [
        f"{'#' * level} {field.key}",
        "",
        f"**{_text(field.label.in_lang('zh'))}** · {_text(field.label.in_lang('en'))}",
        "",
    ]
    if field.also:
        lines.append(f"- {_both('page-also')}: {', '.join(field.also)}")
    if field.entities:
        kinds = (f"{say(f'entity-{e}', 'zh')} {e}" for e in field.entities)
        lines.append(f"- {_both('page-entities')}: {', '.join(kinds)}")
    if field.personal:
        lines.append(f"- {_both('page-personal')}")
    listed = [("page-headings", field.aliases), ("page-not-headings", field.not_aliases)]
    lines += [f"- {_both(code)}: {_text('、'.join(names))}" for code, names in listed if names]
    lines += [f"- {name}: {_text('、'.join(forms))}" for name, forms in field.values.items()]
    if field.unclear:
        lines.append(f"- {_both('page-unclear')}: {_text('、'.join(field.unclear))}")
    described = [
        [*field_in_words(field, w, brief=True), field_range(field, w), field.note.in_lang(w.wording.lang)]
        for w in (words["zh"], words["en"])
    ]
    for chinese, english in zip(*described, strict=True):
        if chinese or english:
            lines.append(f"- {_text(chinese)}" + (f"<br>{_text(english)}" if english != chinese else ""))
    return [*lines, ""]


def _nowhere() -> Standard:
    """A standard without rules or parameters, for wording that belongs to none."""
    return Standard("", Text(), Source(""), Jurisdiction("000000", ""), (), {})


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
