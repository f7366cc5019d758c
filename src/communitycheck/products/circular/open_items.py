"""What a circular leaves open: what could not be judged and why, and what was not checked."""

from __future__ import annotations

from communitycheck.model.returns import Address
from communitycheck.products.circular.pieces import Draft, capped, concerned
from communitycheck.reporting.summary import causes, is_listed
from communitycheck.reporting.words.numbers import count
from communitycheck.reporting.words.phrases import cause_in_words, lacking_in_words

# How many are named before the rest is only counted.
CAUSES, NOT_CHECKED, MANUAL, UNREAD = 8, 15, 20, 12


def write_open(draft: Draft) -> None:
    """What could not be judged and why, and what was not checked."""
    report, say, wording = draft.report, draft.say, draft.wording
    found = causes(report)
    lacking = [r for r in report.results if not r.checked]
    manual = [r for r in report.results if r.rule.manual is not None]
    idle = [r for r in report.results if is_listed(r) and not concerned(r)]
    if not (found or lacking or manual or idle or report.unread or report.unplaced):
        return
    draft.heading(say("circular-heading-open"))
    if found:
        draft.subheading(say("circular-heading-undecided"))
        said = [say("circular-cause", cause=cause_in_words(c, wording), n=count(c.count)) for c in found[:CAUSES]]
        rest = found[CAUSES:]
        if rest:
            said.append(say("circular-causes-more", kinds=count(len(rest)), n=count(sum(c.count for c in rest))))
        total = count(sum(c.count for c in found))
        draft.paragraph(say("circular-undecided", n=total, causes=draft.listed(said)))
    if lacking:
        draft.subheading(say("circular-heading-not-checked"))
        named = [
            say("circular-not-checked-rule", title=draft.title_of(r.rule), columns=lacking_in_words(r, wording))
            for r in lacking
        ]
        draft.paragraph(say("circular-not-checked", n=count(len(named)), rules=_some(draft, named, NOT_CHECKED)))
    if manual:
        draft.subheading(say("circular-heading-manual"))
        named = [draft.title_of(r.rule) for r in manual]
        draft.paragraph(say("circular-manual", n=count(len(named)), rules=_some(draft, named, MANUAL)))
    if idle:
        draft.subheading(say("circular-heading-idle"))
        named = [draft.title_of(r.rule) for r in idle]
        draft.paragraph(say("circular-idle", n=count(len(named)), rules=_some(draft, named, MANUAL)))
    if report.unread:
        draft.subheading(say("circular-heading-unread"))
        files = []
        for error in report.unread[:UNREAD]:
            place = wording.place(Address(error.path, error.sheet))
            files.append(say("circular-unread-file", path=place, message=wording.error(error)))
        if len(report.unread) > UNREAD:
            files.append(say("circular-files-more", n=count(len(report.unread) - UNREAD)))
        draft.paragraph(say("circular-unread", n=count(len(report.unread)), files=draft.listed(files)))
    if report.unplaced:
        draft.subheading(say("circular-heading-unplaced"))
        draft.paragraph(say("circular-unplaced", n=count(report.unplaced)))


def _some(draft: Draft, named: list[str], most: int) -> str:
    """The first of ``named``, each once; rules of two standards may read alike."""
    shown_names, _ = capped(list(dict.fromkeys(named)), most)
    more = len(named) - sum(name in shown_names for name in named)
    shown_names += [draft.say("circular-rules-more", n=count(more))] if more else []
    return draft.listed(shown_names)
