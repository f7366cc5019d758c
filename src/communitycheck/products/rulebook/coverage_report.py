"""Coverage for a reader and for machines: of the documents by the rules, and of the rules by a return."""

from __future__ import annotations

from communitycheck.messages import Lang
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.standard import Rule, Standard
from communitycheck.printable import as_json, one_line
from communitycheck.products.rulebook.catalogue import (
    STATUSES,
    Account,
    BookCoverage,
    DocumentCoverage,
    EntryKind,
    ReturnCoverage,
    Step,
    wording_code,
)
from communitycheck.products.rulebook.lists import draw
from communitycheck.reporting.document import Block, Row, TableColumn
from communitycheck.reporting.words.phrases import some_of, subjects_of_kinds
from communitycheck.reporting.words.sentences import Wording

BOOK_SCHEMA = "communitycheck-coverage/1"
RETURN_SCHEMA = "communitycheck-return-coverage/1"
KINDS: tuple[EntryKind, ...] = ("normative", "identity")
STEPS, IDS, ANSWERED = 15, 12, 60  # lines of a table, rules named in one cell, and in the totals


def render_book_coverage(
    cover: BookCoverage,
    format: str,
    lang: Lang,
    *,
    detailed: bool = False,
    colour: bool = False,
    width: int | None = None,
) -> str:
    """Every document's entries and what became of them; ``detailed`` lists each entry in the text too."""
    wording = Wording(lang, Dictionary({}))
    if format == "json":
        return as_json(_book_object(cover, wording), indent=1) + "\n"
    blocks = [_book_table(cover, wording)] if cover.documents else []
    for document in cover.documents:
        blocks += _document_blocks(document, wording, detailed)
    if cover.uncatalogued:
        block = Block("uncatalogued", wording.say("coverage-uncatalogued"))
        block.lines = [_standard_line(s, wording) for s in cover.uncatalogued]
        blocks.append(block)
    if cover.stray:
        block = Block("stray", wording.say("coverage-stray"))
        block.lines = [wording.say("coverage-stray-line", entry=i, rule=r.id, standard=r.layer) for i, r in cover.stray]
        blocks.append(block)
    return draw(blocks, colour=colour, width=width)


def _standard_line(standard: Standard, wording: Wording) -> str:
    own = sum(1 for r in standard.rules if r.layer == standard.id)
    title = one_line(standard.title.in_lang(wording.lang))
    return wording.say("coverage-uncatalogued-line", standard=standard.id, title=title, n=own)


def _book_table(cover: BookCoverage, wording: Wording) -> Block:
    say = wording.say
    block = Block("coverage", say("coverage-title"))
    for kind in KINDS:
        total = cover.count(kind)
        if total:
            block.pairs.append((say(f"coverage-{kind}"), _of(total - cover.count(kind, "missing"), total, wording)))
    block.columns = [
        TableColumn(say("column-standard")),
        TableColumn(say("coverage-normative"), right=True),
        *(TableColumn(say(f"coverage-{wording_code(status)}"), right=True) for status in STATUSES),
        TableColumn(say("coverage-identity"), right=True),
        TableColumn(say("coverage-document"), spare=True),
    ]
    none = say("none")
    for document in cover.documents:
        normative, identities = document.of("normative"), document.of("identity")
        held = sum(1 for a in identities if a.status != "missing")
        block.add_row(
            document.document.id,
            str(len(normative)),
            *(str(sum(1 for a in normative if a.status == s)) for s in STATUSES),
            f"{held}/{len(identities)}" if identities else none,
            _title(document, wording),
            tone="bad" if any(a.status == "missing" for a in document.accounts) else "good",
        )
    totals = [sum(1 for d in cover.documents for a in d.of("normative") if a.status == s) for s in STATUSES]
    everything = cover.count("identity")
    block.add_row(
        say("coverage-total"),
        str(cover.count("normative")),
        *map(str, totals),
        f"{everything - cover.count('identity', 'missing')}/{everything}" if everything else none,
        "",
    )
    return block


def _title(document: DocumentCoverage, wording: Wording) -> str:
    title = one_line(document.document.title.in_lang(wording.lang))
    return title if document.standard else wording.say("coverage-no-standard", title=title)


def _of(part: int, whole: int, wording: Wording) -> str:
    return wording.say("coverage-of", part=part, whole=whole)


def _document_blocks(document: DocumentCoverage, wording: Wording, detailed: bool) -> list[Block]:
    """What needs a word: entries that no rule judges, left to people or said again; with ``detailed`` all of them."""
    say = wording.say
    title = f"{document.document.id}  {one_line(document.document.title.in_lang(wording.lang))}"
    if detailed:
        block = Block("entries", title)
        block.columns = [
            TableColumn(say("coverage-entry")),
            TableColumn(say("column-clause")),
            TableColumn(say("column-title"), wrap=True),
            TableColumn(say("coverage-status")),
            TableColumn(say("coverage-rules"), wrap=True),
        ]
        block.rows = [_entry_row(a, wording) for a in document.accounts]
        return [block]
    lines = []
    for status in ("manual", "restated", "missing", "no_rule"):
        for account in document.accounts:
            if account.status == status and (account.entry.kind == "normative" or status != "missing"):
                lines.append(_entry_line(account, wording))
    unheld = [a.entry.id for a in document.of("identity") if a.status == "missing"]
    if unheld:
        lines.append(say("coverage-identities-missing", n=len(unheld), ids=some_of(unheld, IDS, wording)))
    return [Block("document", title, lines=lines)] if lines else []


def _entry_row(account: Account, wording: Wording) -> Row:
    entry = account.entry
    return Row(
        (
            entry.id,
            entry.clause or wording.say("none"),
            one_line(entry.title.in_lang(wording.lang)),
            wording.say(f"coverage-{wording_code(account.status)}"),
            wording.listed(dict.fromkeys(r.id for r in account.rules)) or wording.say("none"),
        ),
        {"missing": "bad", "manual": "doubt"}.get(account.status, ""),
    )


def _entry_line(account: Account, wording: Wording) -> str:
    entry = account.entry
    return wording.say(
        f"coverage-line-{wording_code(account.status)}",
        entry=entry.id,
        title=one_line(entry.title.in_lang(wording.lang)),
        reason=one_line(account.reason.in_lang(wording.lang)),
        other=entry.restates or "",
        rules=wording.listed(dict.fromkeys(r.id for r in account.rules)),
    )


def _book_object(cover: BookCoverage, wording: Wording) -> dict[str, object]:
    lang = wording.lang
    return {
        "schema": BOOK_SCHEMA,
        "lang": lang,
        "whole": cover.whole,
        "summary": {kind: _counts(cover, kind) for kind in KINDS},
        "documents": [
            {
                "id": d.document.id,
                "title": d.document.title.in_lang(lang),
                "in_rule_book": d.standard is not None,
                "entries": [
                    {
                        "id": a.entry.id,
                        "kind": a.entry.kind,
                        "clause": a.entry.clause or None,
                        "title": a.entry.title.in_lang(lang),
                        "status": a.status,
                        "restates": a.entry.restates,
                        "rules": [r.id for r in a.rules],
                        "reason": a.reason.in_lang(lang) or None,
                    }
                    for a in d.accounts
                ],
            }
            for d in cover.documents
        ],
        "uncatalogued": [s.id for s in cover.uncatalogued],
        "unknown_entries": [{"id": i, "rule": r.id, "standard": r.layer} for i, r in cover.stray],
    }


def _counts(cover: BookCoverage, kind: EntryKind) -> dict[str, int]:
    total = cover.count(kind)
    return {
        "entries": total,
        "accounted": total - cover.count(kind, "missing"),
        **{status: cover.count(kind, status) for status in STATUSES},
    }


def render_return_coverage(
    cover: ReturnCoverage,
    dictionary: Dictionary,
    format: str,
    lang: Lang,
    *,
    colour: bool = False,
    width: int | None = None,
) -> str:
    """Which rules the returns can answer, which not, and which columns would unlock the rest."""
    rules = [*cover.answerable, *cover.manual, *(r for r, _ in cover.lacking)]
    wording = Wording(lang, dictionary, cover.standards, None, rules)
    if format == "json":
        return as_json(_return_object(cover, wording), indent=1) + "\n"
    blocks = [_return_totals(cover, wording)]
    for entity in dict.fromkeys(s.entity for s in cover.steps):
        blocks.append(_steps_block(entity, [s for s in cover.steps if s.entity == entity], cover, wording))
    if cover.manual:
        named = [f"{wording.rule_id(r)} {wording.rule_title(r)}" for r in cover.manual]
        blocks.append(Block("manual", wording.say("heading-manual", n=len(named)), lines=named))
    return draw(blocks, colour=colour, width=width)


def _return_totals(cover: ReturnCoverage, wording: Wording) -> Block:
    say = wording.say
    block = Block("return", say("return-coverage-title"))
    for n, path in enumerate(cover.paths):
        block.pairs.append((say("label-returns") if not n else "", one_line(path)))
    block.pairs.append((say("column-records"), subjects_of_kinds(cover.records, wording) or say("none")))
    for n, standard in enumerate(cover.standards):
        title = one_line(standard.title.in_lang(wording.lang))
        block.pairs.append((say("label-standards") if not n else "", f"{standard.id}  {title}"))
    if not cover.region_known:
        block.pairs.append(("", say("return-coverage-region")))
    for other in cover.aside:
        kinds = (wording.entities(e) for e in dict.fromkeys(r.applies_to for r in other.rules))
        block.pairs.append(("", say("return-coverage-aside", standard=other.id, entities=wording.listed(kinds))))
    total = len(cover.answerable) + len(cover.manual) + len(cover.lacking)
    block.pairs.append((say("return-coverage-answerable"), _of(len(cover.answerable), total, wording)))
    if cover.answerable:
        block.pairs.append(("", some_of([wording.rule_id(r) for r in cover.answerable], ANSWERED, wording)))
    block.pairs.append((say("return-coverage-lacking"), _of(len(cover.lacking), total, wording)))
    return block


def _steps_block(entity: str, steps: list[Step], cover: ReturnCoverage, wording: Wording) -> Block:
    say = wording.say
    n = sum(len(s.unlocks) for s in steps)
    code = "return-coverage-sheet" if entity in cover.sheetless else "return-coverage-columns"
    block = Block("steps", say(code, entity=wording.entity(entity), n=n))
    block.columns = [
        TableColumn(say("return-coverage-add"), wrap=True),
        TableColumn(say("return-coverage-unlocks"), right=True),
        TableColumn(say("column-rules"), wrap=True),
    ]
    for step in steps[:STEPS]:
        named = wording.listed(wording.label(f, step.unlocks[0].standard) for f in step.fields)
        ids = [wording.rule_id(r) for r in step.unlocks]
        block.add_row(named, f"+{len(ids)}", some_of(ids, IDS, wording))
    if len(steps) > STEPS:
        block.more = say("return-coverage-more", n=len(steps) - STEPS)
    return block


def _return_object(cover: ReturnCoverage, wording: Wording) -> dict[str, object]:
    return {
        "schema": RETURN_SCHEMA,
        "lang": wording.lang,
        "returns": list(cover.paths),
        "records": cover.records,
        "standards": [s.id for s in cover.standards],
        "standards_aside": [s.id for s in cover.aside],
        "region_known": cover.region_known,
        "summary": {
            "rules": len(cover.answerable) + len(cover.manual) + len(cover.lacking),
            "answerable": len(cover.answerable),
            "lacking": len(cover.lacking),
            "manual": len(cover.manual),
        },
        "answerable": [_rule_object(r) for r in cover.answerable],
        "manual": [_rule_object(r) for r in cover.manual],
        "lacking": [{**_rule_object(r), "columns": list(columns)} for r, columns in cover.lacking],
        "no_sheet": list(cover.sheetless),
        "unlock": [
            {
                "entity": s.entity,
                "columns": [{"field": f, "label": wording.label(f, s.unlocks[0].standard)} for f in s.fields],
                "unlocks": len(s.unlocks),
                "rules": [r.id for r in s.unlocks],
            }
            for s in cover.steps
        ],
        "unread": [{"path": e.path, "message": wording.error(e)} for e in cover.unread],
    }


def _rule_object(rule: Rule) -> dict[str, str]:
    return {"id": rule.id, "standard": rule.standard, "entity": rule.applies_to}


__all__ = ["render_book_coverage", "render_return_coverage"]
