"""Every function of the rule language, declared once: what it takes and yields, what it measures, and how it is said.

The parser counts arguments by it, the check of kinds and dimensions goes by it, reports and help take their words from
it. The arithmetic of a record's functions stands in ``checking.evaluation.functions``, that of aggregates in
``checking.groups``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from msgspec import Struct

from communitycheck.model.text import Text

Kind = Literal["number", "truth", "text", "items", "date", "identity"]
# What an argument may be: of one kind; of any kind, all such arguments alike; a field by its name; one whose cells have
# to have a form; a text in quotes; a table of the standard, and a key of it (a text or a number, as its rows have it).
Taken = Kind | Literal["alike", "field", "cell", "quoted", "table", "key"]
# What a result measures: the same as its arguments, or always one dimension, or nothing that is known.
AS_ARGUMENTS = "arguments"
AS_OF = "as_of"  # the one that is written without brackets


class Function(Struct, frozen=True):
    """One function.

    Attributes:
        takes: what each argument has to be; where there may be more, the last says it of the others.
        least, most: how many arguments it has; None is no upper bound.
        yields: the kind of its result, ``alike`` where that is the kind of its arguments.
        measures: the dimension of a number that it yields; ``arguments`` where it is that of its (number or alike)
            arguments or its table, None where it has none.
        whole: a number that it yields is a whole one.
        of_group: it runs over a group of records.
        fold: what numbers come to that are known before any data is read.
        shown: what it is called in a formula that is worked out for a person.
        says: what it yields in words, where ``{a}`` stands for its first argument, ``{b}`` for its second; ``denies``
            the opposite of a truth.
        help: what it is for, and ``example`` a formula that uses it.
    """

    name: str
    takes: tuple[Taken, ...]
    least: int
    most: int | None
    yields: Kind | Literal["alike"]
    help: Text
    example: str
    shown: Text
    measures: str | None = None
    whole: bool = False
    of_group: bool = False
    fold: Callable[[list[float]], float] | None = None
    says: Text = Text()
    denies: Text = Text()

    def taken(self, at: int) -> Taken:
        """What the argument at that place has to be."""
        return self.takes[min(at, len(self.takes) - 1)]


# Types of fields whose cells have a form that can be wrong; of a number that we do not read nobody knows.
OF_A_FORM = ("date", "category", "code", "identity")

_ALL = (
    Function(
        "min", ("number",), 1, None, "number",
        Text("各数中最小的", "the smallest of the numbers"), "min(service_windows, 3)",
        Text("min", "min"), measures=AS_ARGUMENTS, fold=min,
    ),
    Function(
        "max", ("number",), 1, None, "number",
        Text("各数中最大的", "the largest of the numbers"), "max(1, ceil(population / 5000))",
        Text("max", "max"), measures=AS_ARGUMENTS, fold=max,
    ),
    Function(
        "ceil", ("number",), 1, 2, "number",
        Text("进一取整；第二个参数是带单位的步长（ceil(x, 10 m2) 进到整十平方米）",
             "the number rounded up to a whole one; a second argument is a step with its unit, ceil(x, 10 m2)"),
        "ceil(population / 5000)",
        Text("进一取整", "ceil"), measures=AS_ARGUMENTS, whole=True,
    ),
    Function(
        "floor", ("number",), 1, 2, "number",
        Text("舍去取整；第二个参数是带单位的步长",
             "the number rounded down to a whole one; a second argument is a step with its unit"),
        "floor(households / 300)",
        Text("舍去取整", "floor"), measures=AS_ARGUMENTS, whole=True,
    ),
    Function(
        "round", ("number",), 1, 2, "number",
        Text("四舍五入取整；第二个参数是带单位的步长（0.1%），单位只有一种时也可写保留的小数位数",
             "the number rounded half up; a second argument is a step with its unit (0.1%) or, of figures in one plain "
             "unit, how many decimals stay"),
        "round(facility_area / households, 0.1 m2/100 households)",
        Text("四舍五入", "round"), measures=AS_ARGUMENTS,
    ),
    Function(
        "abs", ("number",), 1, 1, "number",
        Text("绝对值", "the number without its sign"), "abs(households - households_registered)",
        Text("绝对值", "abs"), measures=AS_ARGUMENTS,
    ),
    Function(
        "coalesce", ("alike",), 1, None, "alike",
        Text("第一个不空白的；直接写出的值只在没有这一列时采用",
             "the first that is not blank; a value written out stands in for an absent column only"),
        "coalesce(registered_volunteers, volunteers_total)",
        Text("首个非空的", "first not blank of"), measures=AS_ARGUMENTS,
    ),
    Function(
        "if", ("truth", "alike", "alike"), 3, 3, "alike",
        Text("条件成立时取第一个值，否则取第二个；条件不明时，介于两者之间",
             "the first value where the condition holds, else the second; where nobody knows, between the two"),
        'if(community_type == "urban", 400, 300)',
        Text("如果", "if"), measures=AS_ARGUMENTS, says=Text("（{a}时为{b}，否则为{c}）", "({b} if {a}, else {c})"),
    ),
    Function(
        "lookup", ("table", "key"), 2, None, "number",
        Text("按类别或数值查标准中的表（tables）；没有对应的行时无法判定",
             "the number that a table of the standard (tables) has for the keys; no data where it has no such row"),
        "lookup(area_by_class, community_type)",
        Text("查表", "lookup"), measures=AS_ARGUMENTS,
    ),
    Function(
        "is_blank", ("field",), 1, 1, "truth",
        Text("该单元格是否空白", "whether the cell of the field is blank"), "not is_blank(households)",
        Text("为空", "is blank"),
    ),
    Function(
        "count_of", ("truth",), 1, None, "number",
        Text("各条件中成立的有几项", "how many of the conditions hold"), "count_of(has_elder_care, has_fitness_site)",
        Text("成立的项数", "number that hold"), measures="items", whole=True,
    ),
    Function(
        "meets", ("quoted",), 1, None, "truth",
        Text("所列规则（加引号的编号）是否都达标；不适用的规则不计",
             "whether the rules named in quotes are all met, those left out that do not apply"),
        'share(meets("RULE-01", "RULE-02"))',
        Text("达标", "meets"),
    ),
    Function(
        "is_unique", ("field",), 1, None, "truth",
        Text("是否没有别的记录在这些字段上填得相同；加上区县等字段即为在其内唯一",
             "whether no other record says the same in all these fields; with county among them, none in its county"),
        "is_unique(community, county)",
        Text("不重复", "unique"),
    ),
    Function(
        "rank", ("number", "field"), 1, None, "number",
        Text("从大到小的名次，1 为最大，相同的并列；加上区县等字段即为在其内的名次；从小到大写 rank(-x)",
             "the rank of a number, 1 being the largest and ties sharing the better one; with county behind it, within "
             "its county; rank(-x) counts from the smallest"),
        "rank(facility_area, county)",
        Text("名次", "rank"), whole=True,
    ),
    Function(
        "exists_in", ("field", "quoted"), 2, 3, "truth",
        Text("另一类对象的表中是否列有这个名称；第三个参数写明按哪个字段找",
             "whether the sheet of another kind of subject lists the name; a third argument says by which field"),
        'exists_in(street, "street")',
        Text("列于", "listed in"),
    ),
    Function(
        "previous", ("field",), 1, 1, "alike",
        Text("同一对象上一期报表中该字段的值；没有上一期时无法判定",
             "what the field says of the same subject in the return one period before; no data where there is none"),
        "households >= previous(households)",
        Text("上期", "previous"), measures=AS_ARGUMENTS, says=Text("上期{a}", "the previous {a}"),
    ),
    Function(
        "change", ("field",), 1, 1, "number",
        Text("与上一期相比的变化：本期减上期", "by how much it has changed: this period's figure less that before"),
        "change(population) / previous(population)",
        Text("变化", "change"), measures=AS_ARGUMENTS,
        says=Text("{a}与上期相比的变化", "the change of {a} from the period before"),
    ),
    Function(
        "above", ("field",), 1, 1, "alike",
        Text("所在地区在上级表中的值：取有这一列的最近一级（街道、区县、市）的表",
             "what the field says of the region it lies in: of the nearest larger one (street, county, city) whose "
             "sheet has it"),
        "population / above(population)",
        Text("上级", "above"), measures=AS_ARGUMENTS, says=Text("上级{a}", "{a} of the region above"),
    ),
    Function(
        "matches", ("text", "quoted"), 2, 2, "truth",
        Text("整段文字是否符合格式（正则表达式，如 [0-9]{6}）",
             "whether the whole text has the form of a pattern (a regular expression, as in [0-9]{6})"),
        'matches(region_code, "2101[0-9]{8}")',
        Text("符合格式", "matches"),
        says=Text("{a}符合格式{b}", "{a} has the form {b}"),
        denies=Text("{a}不符合格式{b}", "{a} does not have the form {b}"),
    ),
    Function(
        "starts_with", ("text", "quoted"), 2, 2, "truth",
        Text("文字是否以此开头", "whether the text begins so"), 'starts_with(region_code, "2101")',
        Text("开头为", "starts with"),
        says=Text("{a}以{b}开头", "{a} begins with {b}"),
        denies=Text("{a}不以{b}开头", "{a} does not begin with {b}"),
    ),
    Function(
        "ends_with", ("text", "quoted"), 2, 2, "truth",
        Text("文字是否以此结尾", "whether the text ends so"), 'ends_with(community, "社区")',
        Text("结尾为", "ends with"),
        says=Text("{a}以{b}结尾", "{a} ends with {b}"),
        denies=Text("{a}不以{b}结尾", "{a} does not end with {b}"),
    ),
    Function(
        "contains", ("text", "quoted"), 2, 2, "truth",
        Text("文字中是否有此", "whether the text has this in it"), 'contains(note, "在建")',
        Text("含有", "contains"),
        says=Text("{a}含有{b}", "{a} contains {b}"),
        denies=Text("{a}不含{b}", "{a} does not contain {b}"),
    ),
    Function(
        "length", ("text",), 1, 1, "number",
        Text("文字有几个字符", "how many characters the text has"), "length(region_code)",
        Text("字数", "length"), whole=True, says=Text("{a}的字数", "the length of {a}"),
    ),
    Function(
        "is_valid", ("cell",), 1, 1, "truth",
        Text("单元格所填是否为该字段能有的值（日期型、类别型、代码型、identity 型字段）；空白则无法判定",
             "whether what a cell says is a value that the field can have (of type date, category, code or identity): "
             "a day of the calendar, one of the values, a code; of a blank nobody knows"),
        "is_valid(established_date)",
        Text("填写有效", "is valid"),
        says=Text("{a}填写有效", "{a} is validly filled in"),
        denies=Text("{a}填写无效", "{a} is not validly filled in"),
    ),
    Function(
        "is_division_code", ("text",), 1, 1, "truth",
        Text("是否为 6、9 或 12 位行政区划代码：省份存在，且所列省份的县（市、区）存在",
             "whether it is a region's code of 6, 9 or 12 digits, of a province and (where listed) a county there is"),
        "is_division_code(region_code)",
        Text("是区划代码", "is a division code"),
        says=Text("{a}是有效的行政区划代码", "{a} is a valid division code"),
        denies=Text("{a}不是有效的行政区划代码", "{a} is no valid division code"),
    ),
    Function(
        "is_credit_code", ("text",), 1, 1, "truth",
        Text("是否为 18 位统一社会信用代码（含校验码，GB 32100）",
             "whether it is a unified social credit code of 18 signs, its check sign included (GB 32100)"),
        "is_credit_code(note)",
        Text("是统一社会信用代码", "is a credit code"),
        says=Text("{a}是有效的统一社会信用代码", "{a} is a valid credit code"),
        denies=Text("{a}不是有效的统一社会信用代码", "{a} is no valid credit code"),
    ),
    Function(
        "is_identity_number", ("identity",), 1, 1, "truth",
        Text("身份证号（字段类型 identity）是否有效：18 位，省份、出生日期和校验码都对；号码本身不保存、不显示",
             "whether an identity number (a field of type identity) is valid: 18 signs, province, day of birth and "
             "check sign; the number itself is neither kept nor shown"),
        "is_identity_number(head_identity)",
        Text("身份证号有效", "is a valid identity number"),
        says=Text("{a}是有效的身份证号", "{a} is a valid identity number"),
        denies=Text("{a}不是有效的身份证号", "{a} is no valid identity number"),
    ),
    Function(
        AS_OF, (), 0, 0, "date",
        Text("判定日期", "the day as of which a return is judged"), "years_between(established_date, as_of)",
        Text("判定日期", "as of"), says=Text("判定日期", "the as-of date"),
    ),
    Function(
        "days_between", ("date", "date"), 2, 2, "number",
        Text("从前一日期到后一日期的天数；后者在前则为负",
             "days from the first date to the second; below zero if that is earlier"),
        "days_between(established_date, as_of)",
        Text("相隔天数", "days between"), measures="days", whole=True,
        says=Text("{a}至{b}的天数", "the days from {a} to {b}"),
    ),
    Function(
        "months_between", ("date", "date"), 2, 2, "number",
        Text("从前一日期到后一日期的月数：到对应日满月，没有对应日的到月末；不足一月的按天数折算，满月数写 floor(…)",
             "months from the first date to the second: each is full on the day of the same number, or on the last of "
             "a month that has none, and one that is begun counts by its days; full ones alone are floor(…)"),
        "months_between(established_date, as_of)",
        Text("相隔月数", "months between"), measures="months",
        says=Text("{a}至{b}的月数", "the months from {a} to {b}"),
    ),
    Function(
        "years_between", ("date", "date"), 2, 2, "number",
        Text("从前一日期到后一日期的年数（每年 12 个月），不满一年的按天数折算；周岁写 floor(…)",
             "years from the first date to the second (12 months each), one that is begun by its days; an age in years "
             "is floor(…)"),
        "floor(years_between(established_date, as_of))",
        Text("相隔年数", "years between"), measures="years",
        says=Text("{a}至{b}的年数", "the years from {a} to {b}"),
    ),
    Function(
        "sum", ("number",), 1, 1, "number",
        Text("组内各记录之和", "the sum over the records of the group"), "sum(social_workers)",
        Text("合计", "sum"), measures=AS_ARGUMENTS, of_group=True,
    ),
    Function(
        "mean", ("number",), 1, 2, "number",
        Text("组内各记录的平均；第二个参数是权数，写了则为加权平均",
             "the mean over the records of the group; by weight where a second argument says what each one weighs"),
        "mean(open_hours_per_day, population)",
        Text("平均", "mean"), measures=AS_ARGUMENTS, of_group=True,
    ),
    Function(
        "lowest", ("number",), 1, 1, "number",
        Text("组内各记录中最小的", "the smallest among the records of the group"), "lowest(open_hours_per_day)",
        Text("最小", "lowest"), measures=AS_ARGUMENTS, of_group=True, says=Text("{a}的最小值", "the lowest {a}"),
    ),
    Function(
        "highest", ("number",), 1, 1, "number",
        Text("组内各记录中最大的", "the largest among the records of the group"), "highest(population)",
        Text("最大", "highest"), measures=AS_ARGUMENTS, of_group=True, says=Text("{a}的最大值", "the highest {a}"),
    ),
    Function(
        "median", ("number",), 1, 1, "number",
        Text("组内各记录的中位数", "the median over the records of the group"), "median(facility_area)",
        Text("中位数", "median"), measures=AS_ARGUMENTS, of_group=True,
        says=Text("{a}的中位数", "the median of {a}"),
    ),
    Function(
        "percentile", ("number",), 2, 2, "number",
        Text("组内各记录的百分位数，第二个参数是 0 至 100 的数；落在两数之间时按比例取（同 Excel 的 PERCENTILE.INC）",
             "the percentile over the records of the group that the second argument names, 0 to 100; between two "
             "figures in proportion (as Excel's PERCENTILE.INC)"),
        "percentile(facility_area, 90)",
        Text("百分位数", "percentile"), measures=AS_ARGUMENTS, of_group=True,
        says=Text("{a}的第 {b} 百分位数", "the percentile {b} of {a}"),
    ),
    Function(
        "distinct", ("field",), 1, 1, "number",
        Text("组内各记录有几种不同的值", "how many different values the records of the group have"),
        "distinct(community_type)",
        Text("不同值个数", "distinct"), measures="items", whole=True, of_group=True,
        says=Text("不同的{a}个数", "the number of different values of {a}"),
    ),
    Function(
        "count", ("truth",), 0, 1, "number",
        Text("组内符合条件的记录数；不写条件则为全部",
             "how many records of the group meet the condition; without one, all"),
        "count(has_fitness_site)",
        Text("个数", "count"), measures="items", whole=True, of_group=True,
    ),
    Function(
        "share", ("truth",), 1, 1, "number",
        Text("组内符合条件的记录所占比例", "the share of the group's records that meet the condition"),
        "share(has_childrens_home)",
        Text("占比", "share"), measures="ratio", of_group=True,
    ),
)  # fmt: skip
FUNCTIONS: dict[str, Function] = {one.name: one for one in _ALL}
RECORD_FUNCTIONS = tuple(one.name for one in _ALL if not one.of_group)
GROUP_FUNCTIONS = tuple(one.name for one in _ALL if one.of_group)
