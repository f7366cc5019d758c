"""The starter rule file that ``rules new`` writes: it loads as it is, and its comments say what each key is for."""

from __future__ import annotations

import re
from datetime import date

from msgspec import Struct

from communitycheck.model.expression import Number, show
from communitycheck.model.standard import Jurisdiction, Rule, Standard
from communitycheck.model.units import canonical, shown
from communitycheck.printable import as_json
from communitycheck.products.rulebook.starting.first_rule import FirstRule

# Units whose canonical name begins with a digit or holds one: their Chinese form cannot be misread.
_SHOWN_UNITS = ("money", "area_per_100_households")

_HEAD = """\
# yaml-language-server: $schema={schema}
#
# 规则文件：一份标准一个文件。改好后先检查，再使用：
# A rule file: one file for one standard. Edit it, check it, then use it:
#
#   communitycheck rules lint {file}
#   communitycheck check 报表.xlsx --standard {file}

# 编号，不能与别的标准重名；标题中英文都写，只写一种也可以
# the id, different from every other standard's; the title in both languages, or in one
standard: {id}
title: {title}

# 依据的文件；报告里每条结论都会注明
# the document behind it; every verdict cites it
source:
  document: {document}
  issuer: {issuer}
  date: {date}

# 适用地区：6 位行政区划代码（全国为 000000）；divisions 列出下级区县，报表只写区县名时靠它认出地区
# where it applies: a 6-digit region code (000000 is the whole country); divisions name the counties below
jurisdiction:
  code: "{code}"
  name: {place}
  divisions: []

# 施行日期；早于这一天的判定不适用本标准
# the day it comes into force; judged before that day it does not apply
in_force: {{from: {date}}}
"""

_ONE = """
# 每条规则：检查哪个字段（indicator）、限值多少、对谁（applies_to、where）、有多严（severity）
# each rule: which field is judged (indicator), the threshold, for whom (applies_to, where), how binding (severity)
#   communitycheck rules help WORD explains each key, function, unit and field
rules:
  - id: {prefix}-01
    title: {title}
    clause: 第一条
    applies_to: community
    indicator: {indicator}
    {comparison}: {limit}
{lever}    severity: mandatory
"""

_PLAIN = """
# 参数：几条规则共用的数，带单位和条款；规则里直接写它的名字
# parameters: numbers that rules share, with unit and clause; rules use them by name
parameters:
  area_per_100_households:
    value: 30
    unit: m2/100 households
    clause: 第一条

# 每条规则：检查哪个字段（indicator）、限值多少、对谁（applies_to、where）、有多严（severity）
#   限值写其中一种：at_least more_than at_most less_than equals between is covers
#   severity：mandatory 约束性，expected 预期性，advisory 倡导性
#   每个键、函数、单位和字段的说明：communitycheck rules help 词
# each rule: which field is judged (indicator), the threshold, for whom (applies_to, where), how binding (severity)
#   communitycheck rules help WORD explains each key, function, unit and field
rules:

  # 数额；lever 是补足缺口要增加的字段
  # an amount; lever is the field by which a shortfall is closed
  - id: {prefix}-01
    title: {{zh: 社区服务站面积, en: Service station floor area}}
    clause: 第一条
    applies_to: community
    where: community_type == "urban"
    indicator: station_area
    at_least: 200 m2
    lever: station_area
    severity: mandatory

  # 比值：公式可用 + - * / 和括号；每多少户由限值的单位说明
  # a ratio: formulas take + - * / and brackets; the unit of the threshold says per how many
  - id: {prefix}-02
    title: {{zh: 每百户设施面积, en: Facility area per 100 households}}
    clause: 第一条
    applies_to: community
    indicator: facility_area / households
    at_least: area_per_100_households
    lever: facility_area
    severity: expected

  # 有无
  # yes or no
  - id: {prefix}-03
    title: {{zh: 法律顾问, en: Legal adviser}}
    clause: 第二条
    applies_to: community
    indicator: legal_advisers
    is: true
    severity: mandatory

  # 按地区汇总的覆盖率：by 说明按哪一级
  # a share over a region: by names the level
  - id: {prefix}-04
    title: {{zh: 儿童之家覆盖率, en: Communities with a children's home}}
    clause: 第三条
    applies_to: community
    by: [city]
    indicator: share(has_childrens_home)
    at_least: 90%
    severity: expected

  # 凭报表无法判定的条款也写上，注明原因
  # a clause that no return can show is listed too, with the reason
  - id: {prefix}-05
    title: {{zh: 服务态度, en: Courteous service}}
    clause: 第四条
    applies_to: community
    manual: {{zh: 报表没有这方面的内容, en: No return speaks of it}}
    severity: advisory
"""

_LOCAL = """
# 上级标准：它的规则全部继承，下面只写不同的
# the standard it builds on: all its rules are taken over, only what differs is written here
extends: {parent}
{override}
# 上级标准没有的规则写在这里，写法：
# rules that the parent lacks go here, as in:
#
# rules:
#   - id: {prefix}-01
#     title: {{zh: 法律顾问, en: Legal adviser}}
#     clause: 第二条
#     applies_to: community
#     indicator: legal_advisers
#     is: true
#     severity: mandatory
"""

_OVERRIDE = """
# 改写上级的规则：限值先照抄上级，改成本地的数
# what changes in the parent's rules: the threshold is still the parent's, put the local figure
override:
  {rule}:   # {title}
    {comparison}: {limit}
    clause: 第一条
"""


class Answers(Struct, frozen=True):
    """What is known of the new standard; what is not known stays an example to be written over."""

    title: str = ""
    document: str = ""
    issuer: str = ""
    date: date | None = None
    place: Jurisdiction | None = None
    rule: FirstRule | None = None


def starter(
    standard_id: str, file: str, schema: str, parent: Standard | None = None, answers: Answers | None = None
) -> str:
    """The text of a starter file.

    Args:
        standard_id: id of the new standard.
        file: the file's name, for the comments.
        schema: where editors find the JSON Schema.
        parent: the standard to extend.
        answers: what is known of it already.
    """
    known = answers or Answers()
    prefix = _prefix(standard_id)
    place = known.place or (Jurisdiction("000000", "全国") if parent is None else parent.jurisdiction)
    head = _HEAD.format(
        schema=schema,
        file=file,
        id=_plain(standard_id),
        title=as_json(known.title) if known.title else "{zh: 标准名称, en: Name of the standard}",
        document=_plain(known.document or "文件名称"),
        issuer=_plain(known.issuer or "发文单位"),
        date=(known.date or date(2024, 1, 1)).isoformat(),
        code=place.code,
        place=_plain(place.name),
    )
    if parent is not None:
        return head + _LOCAL.format(parent=_plain(parent.id), override=_override(parent), prefix=prefix)
    if known.rule is None:
        return head + _PLAIN.format(prefix=prefix)
    return head + _ONE.format(prefix=prefix, **_one(known.rule))


def _one(rule: FirstRule) -> dict[str, str]:
    limit = rule.limit if rule.comparison == "is" else as_json(rule.limit)
    lever = f"    lever: {rule.lever}\n" if rule.lever else ""
    written = {"title": as_json(rule.title), "indicator": as_json(rule.indicator), "comparison": rule.comparison}
    return {**written, "limit": limit, "lever": lever}


def _prefix(standard_id: str) -> str:
    """The first letters of the id's words, for rule ids: ``shenyang-new`` gives SN."""
    initials = "".join(word[0] for word in re.split(r"[-_.]", standard_id) if word).upper()
    return initials if initials.isascii() and initials[:1].isalpha() else "R"


def _plain(text: str) -> str:
    """Text as YAML reads it back: in quotes where it might be taken for something else."""
    words = ("true", "false", "yes", "no", "on", "off", "null", "y", "n")
    safe = re.fullmatch(r"[^\W\d_][\w.-]*", text) and text.lower() not in words
    return text if safe else as_json(text)


def _override(parent: Standard) -> str:
    """An override that restates the parent's first plain threshold; nothing where it has none.

    A rule without a deadline comes first: an old one would be long past.
    """
    for rule in sorted(parent.rules, key=lambda r: r.due is not None):
        limit = _plain_limit(rule)
        if limit and rule.threshold is not None:
            title = " ".join(rule.title.in_lang("zh").split())
            return _OVERRIDE.format(
                rule=_plain(rule.id), title=title, comparison=rule.threshold.comparison.key, limit=limit
            )
    return ""


def _plain_limit(rule: Rule) -> str:
    """The rule's threshold as it is written in a file, where it is a single number."""
    threshold = rule.threshold
    if threshold is None or threshold.comparison.form != "limit" or threshold.comparison.equates:
        return ""
    value = threshold.limits[-1].value
    if not isinstance(value, Number):
        return ""
    if value.dimension in (None, "ratio"):
        return show(value)
    unit = canonical(value.dimension)
    return f"{show(value)} {shown(unit, 'zh') if value.dimension in _SHOWN_UNITS else unit}"


__all__ = ["Answers", "starter"]
