"""What people call the keys, types, functions and other words of rule files: behind “did you mean”.

Names in everyday Chinese and English, and those of spreadsheets and other languages. Nothing here is accepted in place
of the word itself, and nothing is looked up before there is a fault.
"""

KEYS: dict[str, tuple[str, ...]] = {
    "standard": ("标准", "标准编号", "编号", "id"),
    "title": ("标题", "名称", "题目", "规则名称", "标准名称", "name"),
    "source": ("来源", "依据", "出处", "文件"),
    "document": ("文件", "文件名称", "文件名", "文号", "文件标题"),
    "issuer": ("发文单位", "发文机关", "发布单位", "印发单位", "发布机构", "publisher"),
    "date": ("日期", "发文日期", "发布日期", "印发日期", "时间", "day"),
    "url": ("网址", "链接", "link"),
    "jurisdiction": ("适用地区", "地区", "区域", "行政区", "行政区划", "region", "area"),
    "code": ("代码", "编码", "区划代码", "行政区划代码"),
    "name": ("名称", "名字", "地区名称", "用例名称"),
    "divisions": ("下级", "下级地区", "区县", "下辖区县", "districts", "counties"),
    "in_force": ("施行", "生效", "施行日期", "生效日期", "有效期", "effective", "valid"),
    "from": ("起", "自", "开始", "起始日期", "开始日期", "生效日期", "start", "since"),
    "to": ("止", "至", "结束", "结束日期", "失效日期", "end", "until"),
    "horizon": ("规划期", "规划期末",),
    "extends": ("继承", "上级", "上级标准", "基于", "inherits", "parent", "base"),
    "note": ("说明", "备注", "注释", "注", "remark", "comment", "description"),
    "units": ("自定义单位", "自有单位", "own_units"),
    "parameters": ("参数", "常量", "params", "constants"),
    "fields": ("字段", "列", "columns"),
    "override": ("覆盖", "改写", "修改", "replace"),
    "rules": ("规则", "规则列表"),
    "id": ("编号", "规则编号", "序号", "标识"),
    "clause": ("条款", "条款号", "条文", "article", "section"),
    "applies_to": ("适用对象", "适用于", "对象", "核查对象", "entity", "subject"),
    "where": ("条件", "适用条件", "适用范围", "筛选", "if", "when", "filter", "condition"),
    "by": ("按", "分组", "汇总", "汇总级别", "按级汇总", "group_by", "level"),
    "indicator": ("指标", "公式", "算式", "表达式", "formula", "expression", "field", "measure"),
    "unit": ("单位", "计量单位"),
    "tolerance": ("误差", "允许误差", "容差", "容许误差"),
    "plausible": ("合理范围", "合理值", "合理区间"),
    "lever": ("补足字段", "补足", "增加字段"),
    "severity": ("约束力", "性质", "严重程度", "强制程度", "binding"),
    "message": ("提示", "提示语", "消息", "msg", "text"),
    "explainable": ("可说明", "可解释", "情况说明", "excusable"),
    "advice": ("建议", "整改建议", "意见", "hint", "remedy"),
    "due": ("期限", "截止", "截止日期", "完成期限", "完成时限", "deadline"),
    "manual": ("人工", "人工核查", "人工判断"),
    "entries": ("条目", "条目编号"),
    "at_least": ("不低于", "不少于", "不小于", "至少", "大于等于", "最低", "下限", "min", "minimum", ">="),
    "more_than": ("大于", "高于", "多于", "超过", "greater_than", "above", "over", "exceeds", ">"),
    "at_most": ("不高于", "不超过", "不大于", "不多于", "至多", "小于等于", "最高", "上限", "max", "maximum", "<="),
    "less_than": ("小于", "低于", "少于", "under", "fewer_than", "<"),
    "equals": ("等于", "应为", "应等于", "=", "=="),
    "between": ("介于", "区间", "之间", "范围"),
    "is": ("是", "为", "是否"),
    "covers": ("涵盖", "包含", "包括", "includes", "contains"),
    "value": ("数值", "值", "取值", "is", "date", "day", "severity", "due", "then"),
    "zh": ("中文", "汉语", "cn", "chinese"),
    "en": ("英文", "英语", "english"),
    "label": ("标签", "名称", "字段名", "字段名称", "name", "title"),
    "type": ("类型", "数据类型", "字段类型"),
    "plural": ("复数", "复数形式", "plurals"),
    "within": ("位于", "所在", "隶属", "inside"),
    "kind": ("种类", "性质", "sort"),
    "levels": ("级别", "地区级别", "层级", "level"),
    "also": ("又名", "其他名称"),
    "entities": ("对象", "适用对象", "entity", "applies_to"),
    "aliases": ("别名", "列名", "表头", "alias", "headers", "headings"),
    "not_aliases": ("非别名", "排除列名"),
    "range": ("范围", "取值范围", "合理范围", "plausible"),
    "values": ("取值", "可选值", "选项", "类别", "options", "choices", "enum"),
    "role": ("角色", "用途"),
    "derived": ("推算", "计算", "计算公式", "formula", "computed"),
    "personal": ("个人信息", "隐私", "private"),
    "rule": ("规则", "规则编号", "id"),
    "cases": ("用例", "案例", "tests"),
    "beside": ("另附", "其他对象", "others", "other_records"),
    "records": ("记录", "数据", "data", "record"),
    "outcome": ("结论", "结果", "预期", "result", "expected", "verdict"),
    "outcomes": ("各结论",),
    "shortfall": ("缺口", "差额", "missing"),
    "add": ("补足", "需补", "增加"),
    "tables": ("表", "对照表", "分档表", "档次", "lookup", "bands"),
    "rows": ("行", "各行", "档", "分档", "entries"),
    "answers": ("答案", "是否用词", "yes_no"),
    "unclear": ("不明确", "不清楚"),
    "usual": ("通常", "一般上限"),
    "most": ("最多", "最大值"),
    "zero": ("零", "零值"),
    "same_column": ("同列", "同一列"),
    "person_names": ("人名", "姓名"),
    "premises": ("场所", "房屋"),
    "residents": ("居民", "居民数"),
    "states": ("表示", "状态"),
    "as_of": ("截至", "截止日期", "截至日期", "date"),
    "score": ("评分", "评分表", "考核评分", "考核表", "scores", "scoring"),
    "items": ("评分项", "考核项", "指标项"),
    "weight": ("分值", "权重", "满分值"),
    "bonus": ("加分", "加分项"),
    "penalty": ("扣分", "扣分项", "罚分"),
    "points": ("得分", "分数"),
    "tiers": ("分档", "分档得分", "档次"),
    "deduct": ("扣减", "每项扣分"),
    "each": ("每个", "每项", "每项加分"),
    "per": ("每", "计分单位"),
    "floor": ("最低得分", "保底分"),
    "cap": ("最高得分", "封顶分"),
    "none_below": ("不得分线", "起评线"),
    "grades": ("等级", "评定等级", "等次"),
    "sheet": ("评分表编号", "score_sheet"),
    "grade": ("等级上限", "最高等级"),
    "veto": ("一票否决", "否决", "否决项"),
    "total": ("总分", "合计", "满分"),
    "bonus_cap": ("加分上限",),
    "penalty_cap": ("扣分上限",),
    "sections": ("评分部分", "大项", "一级指标"),
    "section": ("所属部分", "所属大项"),
    "not_applicable": ("不适用", "缺项", "缺项处理"),
    "below": ("低于", "不足"),
    "up_to": ("至多到", "含上限"),
    "if": ("如果", "若", "条件成立"),
}  # fmt: skip

TYPES: dict[str, tuple[str, ...]] = {
    "int": ("整数", "integer", "whole"),
    "decimal": ("小数", "数字", "数值", "数", "number", "float", "double", "numeric", "money", "amount"),
    "share": ("比例", "占比", "百分比", "比率", "percent", "percentage", "ratio", "rate"),
    "truth": ("是否", "布尔", "有无", "bool", "boolean", "yesno", "logical"),
    "count": ("个数", "数量", "计数"),
    "hours": ("小时", "小时数", "时长", "开放时间"),
    "days": ("天数", "日数"),
    "times": ("次数",),
    "category": ("类别", "分类", "类型", "枚举", "选项", "enum", "choice"),
    "identity": ("身份证号", "身份证", "id number", "identity number"),
    "items": ("列举", "清单", "列表", "多选", "list", "array"),
    "text": ("文字", "文本", "字符串", "string", "str"),
    "date": ("日期", "时间", "datetime", "day"),
    "code": ("代码", "编码", "编号"),
}

ENTITIES: dict[str, tuple[str, ...]] = {
    "community": ("社区", "村", "行政村", "村居", "村社区", "居委会", "village"),
    "street": ("街道", "乡镇", "镇", "乡", "乡镇街道", "township", "town"),
    "county": ("区县", "县区", "县", "区", "district"),
    "city": ("市", "地市", "地级市", "城市", "设区市"),
    "province": ("省", "自治区", "省份"),
    "estate": ("小区", "住宅小区", "居住小区"),
    "document": ("文件",),
    "period": ("报告期", "时期", "月份", "月", "年度"),
}

# What would be one group of all records.
EVERYWHERE = ("country", "nation", "national", "nationwide", "state", "total", "whole", "全国", "国家", "国", "全部",
              "总体", "合计", "整体")  # fmt: skip

SEVERITIES: dict[str, tuple[str, ...]] = {
    "mandatory": ("约束性", "约束", "强制", "强制性", "必须", "应当", "must", "shall", "required", "error"),
    "expected": ("预期性", "预期", "力争", "一般", "原则上", "should", "warning"),
    "advisory": ("倡导性", "倡导", "鼓励", "推荐", "may", "recommended", "optional", "info"),
}

ROLES: dict[str, tuple[str, ...]] = {
    "name": ("姓名", "名称", "名字", "title"),
    "region": ("地区", "区域", "行政区"),
    "code": ("代码", "编码", "编号"),
    "period": ("报告期", "时期", "月份", "时间"),
    "seq": ("序号", "顺序号", "index", "number"),
    "note": ("备注", "说明", "remark"),
}

TRUTHS: dict[str, tuple[str, ...]] = {
    "true": ("是", "有", "真", "对", "yes", "y", "on", "1"),
    "false": ("否", "无", "没有", "假", "不是", "no", "n", "off", "0"),
}

OUTCOMES: dict[str, tuple[str, ...]] = {
    "pass": ("达标", "通过", "合格", "passed", "ok"),
    "fail": ("不达标", "未达标", "不通过", "不合格", "failed"),
    "not_due": ("未到期",),
    "not_applicable": ("不适用", "n/a", "na"),
    "no_data": ("无法判定", "缺数据", "无数据", "blank", "missing", "unknown"),
    "manual": ("需人工核查", "人工"),
    "error": ("规则出错", "出错"),
}

# The words of one list of choices, by that list: a choice is looked up under the words that may stand there.
CHOICES: dict[str, tuple[str, ...]] = {**TYPES, **ENTITIES, **SEVERITIES, **ROLES, **TRUTHS, **OUTCOMES}

# What a blank cell is compared with elsewhere.
BLANK = ("null", "none", "nil", "blank", "空", "空白")

# What stands between two operands elsewhere, by what is written for it here.
_OPERATORS: dict[str, tuple[str, ...]] = {
    "and": ("&&", "&", "且", "并且", "和", "并", "AND"),
    "or": ("||", "|", "或", "或者", "OR"),
    "==": ("===", "等于", "是", "eq"),
    "!=": ("<>", "不等于", "不是", "ne"),
    ">=": ("=>", "不低于", "不少于", "大于等于", "ge"),
    "<=": ("=<", "不超过", "不大于", "小于等于", "le"),
    ">": ("大于", "高于", "超过", "gt"),
    "<": ("小于", "低于", "少于", "lt"),
    "in": ("属于", "IN"),
    "not in": ("不属于",),
    "*": ("x", "X", "乘", "乘以"),
    "/": ("除以",),
    "+": ("加",),
    "-": ("减",),
}


def operator_for(written: str) -> str:
    """The operator that a sign or word of another language stands for; empty where it is none."""
    return next((operator for operator, forms in _OPERATORS.items() if written in forms), "")


# How documents say a comparison before or behind its number, by the key that says it here. 以上、以下、以内 include the
# number, as they do in law.
BEFORE_LIMIT: dict[str, tuple[str, ...]] = {
    "at_least": (*KEYS["at_least"], "不得低于", "不得少于", "不得小于", "不应低于", "不应少于", "不应小于", "不早于",
                 "大于或等于", "达到", "≥", "⩾", "≧", "=>", "at least", "not less than", "no less than",
                 "not fewer than", "no fewer than", "no lower than", "not lower than", "no smaller than",
                 "not below", "minimum of", "min.", "a minimum of", "greater than or equal to"),
    "more_than": (*KEYS["more_than"], "超出", "不止", "more than", "greater than", "larger than", "higher than",
                  "exceeding", "＞"),
    "at_most": (*KEYS["at_most"], "不得超过", "不得高于", "不得大于", "不得多于", "不应超过", "不应大于", "不应高于",
                "不晚于", "小于或等于", "≤", "⩽", "≦", "=<", "at most", "not more than", "no more than", "up to",
                "not exceeding", "not over", "not above", "no higher than", "no greater than", "maximum of",
                "a maximum of", "max.", "less than or equal to"),
    "less_than": (*KEYS["less_than"], "不足", "不满", "不到", "less than", "fewer than", "smaller than",
                  "lower than", "below", "＜"),
    "equals": (*KEYS["equals"], "equal to", "equals", "exactly"),
}  # fmt: skip
BEHIND_LIMIT: dict[str, tuple[str, ...]] = {
    "at_least": ("以上", "及以上", "或以上", "起", "+", "or more", "and more", "or above", "and above", "or over",
                 "and over", "and up", "at least", "minimum", "min"),
    "at_most": ("以下", "及以下", "或以下", "以内", "之内", "or less", "and less", "or fewer", "or below", "and below",
                "or under", "and under", "at most", "maximum", "max"),
}  # fmt: skip
# 200 元起 is from there on, but 3 起 are three cases: such a word says "at least" behind a unit alone.
ALSO_COUNTS = ("起",)

# What stands before the unit of those that share something: 每千人.
PER = ("每", "per ")

# In brackets behind a limit that says whether it includes its number.
INCLUSIVE = ("含", "包括", "不含", "inclusive", "incl")
# Between the two ends of a range.
FROM_TO = ("--", "-", "–", "—", "－", "~", "～", "至", "到", "和", "to", "and", "...", "..", "…")

FUNCTIONS: dict[str, tuple[str, ...]] = {
    "sum": ("求和", "合计", "总和", "总计", "sumif", "sumifs", "total"),
    "mean": ("平均", "平均值", "均值", "average", "avg", "averageif"),
    "share": ("占比", "比例", "覆盖率", "达标率", "percent", "percentage", "rate", "ratio"),
    "count": ("计数", "个数", "数量", "countif", "countifs", "counta"),
    "count_of": ("项数", "满足项数", "其中几项"),
    "min": ("最小", "最小值", "minimum", "least"),
    "max": ("最大", "最大值", "maximum", "greatest"),
    "ceil": ("向上取整", "进一", "roundup", "ceiling"),
    "floor": ("向下取整", "取整", "rounddown", "int", "trunc"),
    "round": ("四舍五入", "舍入"),
    "abs": ("绝对值", "absolute"),
    "coalesce": ("取非空", "ifnull", "nvl", "ifna", "iferror"),
    "is_unique": ("唯一", "不重复", "是否唯一", "重复", "unique", "no_duplicates"),
    "rank": ("名次", "排名", "排序", "位次", "前几名", "ranking", "rank.eq", "order", "top"),
    "exists_in": ("存在于", "列于", "外键", "references", "foreign_key", "lookup_in"),
    "is_blank": ("空白", "为空", "是否为空", "isblank", "isnull", "isna", "empty"),
    "meets": ("达到", "满足", "符合", "passes"),
    "if": ("如果", "若", "条件", "iif", "case"),
    "lookup": ("查表", "查找", "vlookup", "hlookup", "xlookup", "table"),
    "matches": ("匹配", "正则", "regex", "regexp", "like"),
    "length": ("长度", "字数", "len"),
    "starts_with": ("开头是", "开头", "startswith", "left"),
    "ends_with": ("结尾是", "结尾", "endswith", "right"),
    "contains": ("包含", "含有", "includes", "find", "search"),
    "days_between": ("天数差", "相差天数", "datedif", "days"),
    "months_between": ("月数差", "相差月数", "months"),
    "years_between": ("年数差", "相差年数", "years"),
    "lowest": ("最低", "组内最小", "minif", "minifs"),
    "highest": ("最高", "组内最大", "maxif", "maxifs"),
    "is_division_code": ("区划代码", "行政区划代码"),
    "is_valid": ("有效", "是否有效", "填写有效", "格式正确", "日期有效", "is_date", "is_code", "isdate", "valid"),
    "is_credit_code": ("信用代码", "统一社会信用代码"),
    "is_identity_number": ("身份证", "身份证号", "身份证号码"),
    "as_of": ("截至", "今天", "today", "now"),
    "median": ("中位数", "中位值"),
    "percentile": ("分位数", "百分位", "百分位数", "quantile"),
    "distinct": ("去重", "去重计数", "种数", "countunique"),
    "previous": ("上期", "上年", "去年", "上一期", "last", "last_year", "prior"),
    "change": ("增减", "变化", "同比", "增长", "growth"),
}

# The kinds of words that the language has, by the section that lists them.
SECTIONS: dict[str, tuple[str, ...]] = {
    "keys-standard": ("标准", "规则文件", "standard file", "rule file", "keys", "键"),
    "keys-rule": ("规则", "rule", "rules"),
    "keys-parameter": ("参数", "parameter", "parameters"),
    "keys-table": ("表", "查表", "table", "tables", "bands", "分档"),
    "keys-field": ("字段", "自有字段", "field", "fields", "own fields"),
    "keys-case": ("用例", "case", "cases"),
    "comparisons": ("比较", "限值", "阈值", "比较方式", "comparison", "limit", "limits", "threshold", "thresholds"),
    "operators": ("运算符", "运算", "算式", "公式", "operator", "formula", "formulas", "expression"),
    "functions": ("函数", "function", "记录函数"),
    "group-functions": ("汇总函数", "汇总", "aggregate", "aggregates", "group functions"),
    "units": ("单位", "计量单位", "unit", "units of measure"),
    "recipes": ("写法", "常见问题", "怎么写", "recipe", "how to", "questions"),
    "types": ("类型", "字段类型", "type", "field types"),
}

# The unit of years that speaks of an age, of which full ones count.
OF_AGE = "岁"
