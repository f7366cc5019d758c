"""Expressions in words: what each part of the language reads like, and that every rule of the book reads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from communitycheck.messages import LANGS, Lang
from communitycheck.model.expression.folding import fold
from communitycheck.reporting.words.numbers import stated
from communitycheck.reporting.words.rules import RuleWords
from communitycheck.reporting.words.sentences import Wording
from communitycheck.resources import data_dir
from communitycheck.standards import RuleBook, load_rule_book, parse

BOOK = load_rule_book([Path(__file__).parent / "book"])
PROVINCE = BOOK.standard("province")
BUILT_IN: RuleBook = load_rule_book([data_dir("rules")])

VALUES = [
    ("area / households * 100", "设施面积 ÷ 户数 × 100", "Floor area ÷ Households × 100"),
    ("(area + office) * 2", "（设施面积 + 办公用房） × 2", "(Floor area + Offices) × 2"),
    ("area - (office - hall)", "设施面积 − （办公用房 − 活动室）", "Floor area − (Offices − Hall)"),
    ("-area", "−设施面积", "−Floor area"),
    ("ceil(area / 2)", "（设施面积 ÷ 2）进一取整", "(Floor area ÷ 2) rounded up"),
    ("ceil(windows / 1000)", "窗口数每 1,000 个 1 个", "1 per 1,000 items (Windows)"),
    ("ceil(members / 1000)", "党员数每 1,000 人 1 个", "1 per 1,000 persons (Members)"),
    ("round(area, 1)", "设施面积四舍五入到 1 位小数", "Floor area rounded to 1 decimal"),
    ("abs(area - hall)", "（设施面积 − 活动室）的绝对值", "the absolute value of (Floor area − Hall)"),
    (
        "max(1, area, max(office, hall))",
        "（1、设施面积、办公用房、活动室）中最大的",
        "the largest of (1, Floor area, Offices, Hall)",
    ),
    (
        "coalesce(office, hall, area)",
        "办公用房（空白时取活动室）（空白时取设施面积）",
        "Offices (where blank: Hall) (where blank: Floor area)",
    ),
    ("coalesce(office, 0)", "办公用房（没有这一列时取0）", "Offices (without the column: 0)"),
    ("count_of(home, adviser)", "儿童之家、法律顾问中为“是”的项数", "how many of Children's home, Adviser are 'yes'"),
    (
        "count_of(area > 3, home)",
        "以下各项中成立的项数（设施面积多于 3 ㎡；儿童之家为“是”）",
        "how many of these hold (Floor area is more than 3 m²; Children's home is 'yes')",
    ),
    ("sum(area) / sum(households)", "设施面积合计 ÷ 户数合计", "the total of Floor area ÷ the total of Households"),
    ("mean(area / households)", "（设施面积 ÷ 户数）平均值", "the mean of (Floor area ÷ Households)"),
    ("share(home)", "儿童之家为“是”的社区所占比例", "the share of communities where Children's home is 'yes'"),
    ("count(adviser)", "法律顾问多于 0的社区个数", "the number of communities where Adviser is more than 0"),
    ("count()", "社区个数", "the number of communities"),
    ("per_100 * 2", "60", "60"),
]
CONDITIONS = [
    ('kind == "urban"', "社区类型为“城市、居委会”等", "Kind is 'urban'"),
    ('kind != "rural"', "社区类型不为“村”", "Kind is not 'rural'"),
    ('kind in ["urban", "rural"]', "社区类型属于“城市、居委会”等、“村”", "Kind is one of 'urban', 'rural'"),
    ("home", "儿童之家为“是”", "Children's home is 'yes'"),
    ("not home", "儿童之家为“否”", "Children's home is 'no'"),
    ("home == false", "儿童之家为“否”", "Children's home is 'no'"),
    ("not adviser", "法律顾问等于 0", "Adviser is 0"),
    (
        "not (home and area >= 3)",
        "儿童之家为“否”，或设施面积少于 3 ㎡",
        "Children's home is 'no' or Floor area is less than 3 m²",
    ),
    (
        "home and (area > 3 or hall > 4)",
        "儿童之家为“是”，且（设施面积多于 3 ㎡，或活动室多于 4 ㎡）",
        "Children's home is 'yes' and (Floor area is more than 3 m² or Hall is more than 4 m²)",
    ),
    ("3 < area", "设施面积多于 3 ㎡", "Floor area is more than 3 m²"),
    ("is_blank(area)", "设施面积空白", "Floor area is blank"),
    ("not is_blank(area)", "设施面积不空白", "Floor area is not blank"),
    ("coalesce(home, true)", "儿童之家为“是”或没有这一列", "Children's home is 'yes' or there is no such column"),
    ("coalesce(home, false)", "儿童之家为“是”", "Children's home is 'yes'"),
    ("not coalesce(home, true)", "儿童之家为“否”", "Children's home is 'no'"),
    ("not coalesce(home, false)", "儿童之家为“否”或没有这一列", "Children's home is 'no' or there is no such column"),
    ("all_villages == 1 or home", "总是成立", "always"),
    ("all_villages == 0 or home", "儿童之家为“是”", "Children's home is 'yes'"),
    ('meets("P-1")', "规则 P-1 达标", "the rule P-1 is met"),
    ('not meets("P-1", "P-2")', "规则 P-1、P-2 不都达标", "the rules P-1, P-2 are not all met"),
]


def _words(lang: Lang) -> RuleWords:
    return RuleWords(Wording(lang, BOOK.dictionary, [PROVINCE]), PROVINCE)


@pytest.mark.parametrize(("formula", "zh", "en"), VALUES, ids=[v[0] for v in VALUES])
def test_a_value_in_words(formula: str, zh: str, en: str) -> None:
    for lang, expected in zip(LANGS, (zh, en), strict=True):
        words = _words(lang)
        assert words.value(fold(parse(formula), words.parameter), "community") == expected


@pytest.mark.parametrize(("formula", "zh", "en"), CONDITIONS, ids=[v[0] for v in CONDITIONS])
def test_a_condition_in_words(formula: str, zh: str, en: str) -> None:
    for lang, expected in zip(LANGS, (zh, en), strict=True):
        words = _words(lang)
        assert words.condition(fold(parse(formula), words.parameter), "community") == expected


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.0005, "ratio", "0.05%"),
        (5000, "persons", "5,000 人"),
        (2.5, "", "2.5"),
        (-1234.5, "", "-1,234.5"),
        (0, "", "0"),
        (-0.5, "", "-0.5"),
        (0.1 + 0.2, "", "0.3"),
        (1e15, "", "1,000,000,000,000,000"),
    ],
)
def test_a_stated_number_keeps_its_digits(value: float, unit: str, text: str) -> None:
    assert stated(value, unit, "zh") == text


@pytest.mark.parametrize("lang", LANGS)
def test_every_rule_reads(lang: Lang) -> None:
    for standard in BUILT_IN.all():
        words = RuleWords(Wording(lang, BUILT_IN.dictionary, [standard]), standard)
        for rule in standard.rules:
            sentence = words.check(rule)
            assert sentence and "{" not in sentence, rule.id
            # A field speaks by its label, never by its key.
            assert not re.search(r"[a-z]+_[a-z]+", sentence), sentence
