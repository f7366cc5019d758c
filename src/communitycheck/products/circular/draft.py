"""The circular (通报) that an office would send after a check, as plain data: ``circular(report, lang)``.

Nothing in it is invented: who issues it, its number, its date and the deadlines are left as marked blanks. Word and
Markdown are drawn from the same pieces.
"""

from __future__ import annotations

from communitycheck.messages import Lang
from communitycheck.model.report import Report
from communitycheck.products.circular.areas import write_areas, write_worst
from communitycheck.products.circular.asks import shown_areas, write_asks
from communitycheck.products.circular.basis import CITED, cited, documents, write_basis, write_overall
from communitycheck.products.circular.open_items import write_open
from communitycheck.products.circular.pieces import Circular, Draft, Span, Spans
from communitycheck.products.circular.rules import write_annex, write_rules
from communitycheck.reporting.words.numbers import count
from communitycheck.reporting.words.sanitise import clip, one_line

TITLE = 60  # characters of a standard's title in the circular's own


def circular(report: Report, lang: Lang) -> Circular:
    """The circular of one report; its size does not grow with the return, and what it leaves out it counts."""
    draft = Draft(report, lang)
    say = draft.say
    areas = draft.areas.pick(shown_areas(draft))
    draft.paragraph(_opening(draft))
    if report.results:
        write_basis(draft)
    write_overall(draft)
    write_rules(draft)
    write_areas(draft, areas)
    write_worst(draft)
    write_open(draft)
    write_asks(draft, areas)
    body, draft.pieces = draft.pieces, []
    if report.results:
        write_annex(draft)
    recipients = _recipients(draft)
    annex_title = say("circular-annex-title")
    title = _title(draft)
    return Circular(
        lang=lang,
        as_of=report.as_of,
        memorandum=say("circular-memorandum"),
        head=[
            (say("circular-label-to"), recipients),
            (say("circular-label-from"), (draft.blank("issuer"),)),
            (say("circular-label-number"), (draft.blank("number"),)),
            (say("circular-label-date"), (draft.blank("date"),)),
            (say("circular-label-subject"), (Span(title),)),
        ],
        title=title,
        recipients=recipients,
        body=body,
        annex_note=say("circular-annex-note", title=annex_title) if draft.pieces else "",
        signature=[
            (draft.blank("issuer"),),
            (draft.blank("date"),),
            (Span(say("circular-signed-as-of", date=draft.date(report.as_of))),),
        ],
        contact=draft.spans("circular-contact", contact=draft.blank("contact")),
        annex_label=say("circular-annex"),
        annex_title=annex_title,
        annex=draft.pieces,
    )


def _region(draft: Draft) -> str:
    """攀枝花市东区: the region of all subjects, without the province where the city says enough."""
    region = draft.areas.region
    names = [name for level, name in region.items() if level != "province" or "city" not in region]
    if not names and draft.report.region is not None:
        names = list(draft.report.region.path[-2:])
    return one_line("".join(names))


def _title(draft: Draft) -> str:
    """From the period, the region and the standard; what the report does not know is left out."""
    report, say = draft.report, draft.say
    used = list(dict.fromkeys(r.rule.standard for r in report.results))
    standards = [s for s in report.standards if s.id in used]
    if not standards:
        return say("circular-title-nothing")
    period = _period(draft)
    region = _region(draft)
    placed = say("circular-title-region", region=region) if region else ""
    if len(standards) > 1:
        return say("circular-title-several", period=period, region=placed)
    title = one_line(standards[0].title.in_lang(draft.lang))
    if draft.figures:
        return say("circular-title-figures", period=period, standard=clip(title, TITLE))
    home = standards[0].jurisdiction.name
    if home and region.startswith(home):  # 攀枝花市 need not be said twice
        title = title.removeprefix(home)
    return say("circular-title", period=period, region=placed, standard=clip(title, TITLE))


def _period(draft: Draft) -> str:
    """The year for a return of its last day, else the month; nothing where the returns state no period."""
    report = draft.report
    day = report.as_of
    if report.as_of_from == "today":
        return ""
    if (day.month, day.day) == (12, 31):
        return draft.say("circular-period-year", year=day.year)
    month = draft.say("circular-months").split()[day.month - 1]
    return draft.say("circular-period-month", year=day.year, month=month)


def _recipients(draft: Draft) -> Spans:
    level, entities = draft.areas.level, draft.areas.entities
    if level in ("city", "county", "street"):
        return (Span(draft.say(f"circular-to-{level}")),)
    if not level and entities == ["community"]:
        return (Span(draft.say("circular-to-community")),)
    return draft.spans("circular-to-blank", blank=draft.blank("recipients"))


def _opening(draft: Draft) -> str:
    report, say = draft.report, draft.say
    if not report.results:
        return say("circular-opening-nothing")
    found = documents(report)
    named = draft.wording.listed(cited(d, draft) for d in found[:CITED])
    if len(found) > CITED:
        named += say("circular-documents-more", n=count(len(found)))
    region = _region(draft)
    placed = say("circular-opening-region", region=region) if region else ""
    return say("circular-opening", documents=named, region=placed, n=count(len(report.returns)))
