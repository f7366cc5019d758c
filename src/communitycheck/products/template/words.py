"""What a blank return says of its columns: how they are filled in, and which rules read them."""

from __future__ import annotations

from communitycheck.messages import Lang
from communitycheck.model.dictionary import Field
from communitycheck.model.standard import Rule, Standard
from communitycheck.printable import clip, one_line
from communitycheck.products.template.blank import Template, TemplateColumn, Use
from communitycheck.reporting.words.numbers import PERCENT, stated
from communitycheck.reporting.words.rules import RuleWords
from communitycheck.reporting.words.sentences import Wording

# A share above 100% is a warning where the field itself allows it.
_HIGHEST = {"share": 1.0, "hours": 24.0, "days": 366.0}


class TemplateWords:
    """Words of one template in one language."""

    def __init__(self, template: Template, lang: Lang) -> None:
        self.lang: Lang = lang
        self.template = template
        self.wording = Wording(lang, template.dictionary, template.standards)
        self.say = self.wording.say
        self.guide = self.say("template-guidance")
        self._rules = {s.id: RuleWords(Wording(lang, template.dictionary, [s]), s) for s in template.standards}

    def sheet(self, entity: str) -> str:
        return self.wording.entity(entity)

    def title(self, entity: str) -> str:
        return self.say("template-title", place=self.template.place, entity=self.wording.entity(entity)).strip()

    # columns

    def limits(self, field: Field) -> tuple[float, float | None]:
        """The plausible range of a number, as the reader holds it; None is no upper end."""
        low = 0.0 if field.low is None else field.low
        if field.zero_impossible and field.type == "int":
            low = max(low, 1.0)
        return low, _HIGHEST.get(field.type) if field.high is None else field.high

    def fill(self, column: TemplateColumn) -> str:
        """How a cell is filled in: kind of value, unit, range."""
        field = column.field
        parts = [self.say(f"template-fill-{field.type}", items=self.wording.listed(column.choices))]
        if field.is_number and field.type != "truth":
            low, high = self.limits(field)
            ends = [
                "" if x is None else stated(x, PERCENT if field.type == "share" else "", self.lang) for x in (low, high)
            ]
            parts += [self.say("template-fill-unit", unit=column.unit)] if column.unit else []
            parts.append(self.wording.range(*ends))
        return self.say("comma").join(parts)

    def prompt(self, column: TemplateColumn, length: int) -> str:
        """What Excel shows beside a cell: how to fill it in, then rules that read it, as many as fit."""
        lines = [self.fill(column)]
        uses = [u for u in column.uses if u.judged]
        scope = self.scope(column)
        sentences = [self.rule_line(u) for u in uses] + ([scope] if scope else [])
        for done, line in enumerate(sentences):
            rest = self.say("template-fill-more", n=len(sentences) - done, sheet=self.guide)
            room = length - len(rest) - 1 if done < len(sentences) - 1 else length
            if len("\n".join([*lines, line])) > room:
                lines.append(rest)
                break
            lines.append(line)
        return clip("\n".join(lines), length)

    def rule_line(self, use: Use) -> str:
        """``LN-01 城市社区综合服务设施面积：不少于 400 ㎡（二(二)）``."""
        rule = use.rule
        return one_line(
            self.say(
                "template-rule-line",
                rule=self.rule_id(use),
                title=self.wording.rule_title(rule),
                threshold=self._rules[use.standard.id].threshold(rule),
                clause=rule.clause,
            )
        )

    def scope(self, column: TemplateColumn) -> str:
        """The rules for which the column only tells whom they cover; empty where there are none."""
        ids = list(dict.fromkeys(self.rule_id(u) for u in column.uses if not u.judged))
        return self.say("template-fill-scope", rules=self.wording.listed(ids)) if ids else ""

    def rule_id(self, use: Use) -> str:
        """The rule's id, with its standard where another one of the template has the same."""
        same = {
            s.id for s in self.template.standards for r in s.rules if r.id == use.rule.id and r.layer != use.rule.layer
        }
        return f"{use.rule.id}@{use.standard.id}" if same else use.rule.id

    def check(self, use: Use) -> str:
        """The whole rule as a sentence."""
        return one_line(self._rules[use.standard.id].check(use.rule))

    def aside(self, standard: Standard, rule: Rule) -> str:
        """Why a rule is not answered by this return."""
        if rule.manual is not None:
            return one_line(rule.manual.in_lang(self.lang))
        return self.say("template-aside-above")


__all__ = ["TemplateWords"]
