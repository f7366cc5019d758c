"""Every operator and literal of a formula, with what it is for: for help and for the page of the language."""

from __future__ import annotations

from msgspec import Struct

from communitycheck.model.text import Text


class Operator(Struct, frozen=True):
    """Signs that mean one thing; ``example`` is a formula that uses them."""

    signs: tuple[str, ...]
    help: Text
    example: str


OPERATORS = (
    Operator(("+", "-"), Text("加、减；两边的单位必须同类", "sum and difference of two of the same measure"),
             "households - households_registered"),
    Operator(("*", "/"), Text("乘、除；单位一起乘除；除数确为 0 时不适用，但大于 0 的数除以 0 超过任何上限",
                              "product and quotient, of the units as well; over a real zero it does not apply, but "
                              "what is above 0 is then beyond any upper limit"),
             "facility_area / households"),
    Operator(("==", "!="), Text("等于、不等于：数、文字、日期都可以", "equal and unequal: of numbers, texts or dates"),
             'community_type == "urban"'),
    Operator(("<", "<=", ">", ">="), Text("小于、不大于、大于、不小于；日期按先后",
                                          "less, at most, more, at least; of dates before and after"),
             "households >= 3000"),
    Operator(("in", "not in"), Text("是否为列出的几个值之一", "whether it is one of the values of a list"),
             'community_type in ["urban", "mixed"]'),
    Operator(("and", "or", "not"), Text("并且、或者、不是；一项不明时，只在其余各项已能决定结果时才有结论",
                                        "both, either, not; where one side is unknown, known only if the rest decides"),
             'households > 500 and not (community_type == "rural")'),
    Operator(("( )",), Text("括号", "brackets"), "(men + women) / households"),
    Operator(("[ ]",), Text("一列值，用于 in", "a list of values, for in"), 'community_type in ["urban", "rural"]'),
    Operator(('" "',), Text("文字要加引号", "texts stand in quotes"), 'community_type == "urban"'),
    Operator(("true", "false"), Text("是、否", "yes and no"), "has_elder_care == true"),
    Operator(("2023-12-31",), Text("日期，写作年-月-日，不加引号", "a date: year-month-day, without quotes"),
             "established_date <= 2023-12-31"),
    Operator(("55%",), Text("百分数：55% 就是 0.55", "a percentage: 55% is 0.55"),
             "registered_volunteers / population >= 13%"),
    Operator(("400 m2",), Text("带单位的数；单位可由几部分组成，如 30 m2 per 100 households",
                               "a number with its unit, which may have parts, as in 30 m2 per 100 households"),
             "max(400 m2, households * 30 m2 per 100 households)"),
)  # fmt: skip
