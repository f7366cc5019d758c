"""The circular (通报) that an office would send after a check: ``circular(report, lang)``.

Its words are the templates', one for each language; the facts come from the report. Nothing is invented: who issues
it, its number, its date and the deadlines are left as marked blanks. Word and Markdown are drawn from the one draft.
"""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from communitycheck.messages import Lang
from communitycheck.model.dictionary import REGION_LEVELS
from communitycheck.model.report import Report
from communitycheck.printable import clip, one_line, printed
from communitycheck.products.circular.areas import area_table, worst_table
from communitycheck.products.circular.asks import asks
from communitycheck.products.circular.facts import TITLE, Facts, Values
from communitycheck.products.circular.letter import Circular, read_letter
from communitycheck.products.circular.overall import documents, open_items, overall
from communitycheck.products.circular.rules import annex, findings
from communitycheck.reporting.document import DocumentTable, Paragraph, Span
from communitycheck.reporting.scores import score_blocks
from communitycheck.reporting.words.sentences import Wording


def circular(report: Report, lang: Lang) -> Circular:
    """The circular of one report; its size does not grow with the return, and what it leaves out it counts."""
    facts = Facts(report, lang)
    text = (
        _templates()
        .get_template(f"{lang}.xml")
        .render(
            report=report,
            about_figures=facts.about_figures,
            level=facts.areas.level,
            kind=facts.kind(facts.areas.entities),
            heading=_heading(facts),
            documents=documents(facts),
            overall=overall(facts),
            findings=findings(facts),
            areas=area_table(facts),
            worst=worst_table(facts),
            open=open_items(facts),
            asks=asks(facts),
            annex=annex(facts),
        )
    )
    letter = read_letter(text, lang, report.as_of)
    wording = Wording.of(report, lang)
    for block in score_blocks(report, wording):
        letter.annex.append(DocumentTable(block.columns, block.rows, caption=block.title))
        letter.annex.extend(Paragraph((Span(line),), "annex-note") for line in (*block.lines, block.more) if line)
    return letter


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("communitycheck.products.circular", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_printed,
    )


def _printed(value: object) -> object:
    """A number with thousands marks; text of the report on one line."""
    if type(value) is int:
        return f"{value:,}"
    return printed(value)


def _heading(facts: Facts) -> Values:
    """From the period, the region and the standard; what the report does not know is left out."""
    report, day, region = facts.report, facts.report.as_of, _region(facts)
    used = {r.rule.standard for r in report.results}
    standards = [s for s in report.standards if s.id in used]
    title = one_line(standards[0].title.in_lang(facts.lang)) if standards else ""
    home = standards[0].jurisdiction.name if standards else ""
    if home and region.startswith(home) and not facts.about_figures:  # 攀枝花市 need not be said twice
        title = title.removeprefix(home)
    level = facts.areas.level
    below = level if level in ("city", "county", "street") else ""
    kinds = facts.areas.entities
    alone = kinds[0] if not level and len(kinds) == 1 and kinds[0] not in REGION_LEVELS else ""
    return {
        "standards": len(standards),
        "standard": clip(title, TITLE),
        "region": region,
        "addressed": below or alone,
        "has_period": report.as_of_from in ("option", "return"),
        "whole_year": (day.month, day.day) == (12, 31),
    }


def _region(facts: Facts) -> str:
    """攀枝花市东区: the region of all subjects, without the province where the city says enough."""
    region, chosen = facts.areas.region, facts.report.region
    names = [name for level, name in region.items() if level != "province" or "city" not in region]
    if not names and chosen is not None:
        names = list(chosen.path[-2:])
    return one_line("".join(names))
