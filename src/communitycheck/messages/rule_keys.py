"""What each key of a rule file and of the dictionary means, for editors (the published JSON Schema) and starter files.

Not part of the catalogue that ``say`` looks up: loaded only where a schema is made. Names are ``SHAPE.key`` of
``standards.schema``; a shape by itself stands for the whole mapping.
"""

from communitycheck.messages.plans.keys import KEYS as PLAN_KEYS
from communitycheck.messages.score_keys import KEYS as SCORE_KEYS

KEYS: dict[str, tuple[str, str]] = {
    "StandardIn": ("一份文件写成的一个标准", "one published document as a standard"),
    "StandardIn.standard": (
        "标准编号，如 liaoning-2021，用于 extends 和命令行",
        "id of the standard, as in liaoning-2021",
    ),
    "StandardIn.title": ("标准名称", "title of the standard"),
    "StandardIn.source": ("所依据的文件", "the document it encodes"),
    "StandardIn.jurisdiction": ("适用地区", "the region where it applies"),
    "StandardIn.in_force": ("施行起止日期", "from when and until when it is in force"),
    "StandardIn.horizon": (
        "规划期的最后一天；之后的报表仍可对照，结论会注明",
        "last day of the plan's period; later verdicts say that it is over",
    ),
    "StandardIn.extends": (
        "上级标准的编号；其规则、参数和字段一并适用",
        "id of the standard it builds on; that one's rules, parameters and fields come along",
    ),
    "StandardIn.note": ("对整个标准的说明", "remarks on the standard as a whole"),
    "StandardIn.units": (
        "本标准自己的单位，如 册: items、分地: 66.667 m2、kWh: new",
        "units of its own, such as desks: items, plots: 66.667 m2, kWh: new",
    ),
    "StandardIn.parameters": (
        "规则共用的数，有名称、日期和条款；下级标准可以改写",
        "named, dated and cited numbers that rules share; a standard below may set them anew",
    ),
    "StandardIn.tables": (
        "规则用 lookup 查的表：按类别、按数值范围或按几个键给出数；下级标准可以改写",
        "tables that rules ask with lookup: numbers by class, by range or by several keys; a standard below may change "
        "them",
    ),
    "StandardIn.levels": (
        "各级地区在本标准适用之处的叫法，如 county 为 borough",
        "what the levels of regions are called where the standard applies, as in borough for county",
    ),
    "StandardIn.entities": (
        "本标准自己的对象种类（图书馆、养老机构、学校等），写法同数据字典",
        "kinds of subject of its own (libraries, care homes, schools), written as in the data dictionary",
    ),
    "StandardIn.fields": (
        "本标准自己的字段，写法同数据字典",
        "fields of its own, written as in the data dictionary",
    ),
    "StandardIn.override": (
        "按规则编号改写继承来的规则，只写要改的键",
        "inherited rules to change, by id; only the keys that change",
    ),
    "StandardIn.rules": ("本标准自己的规则", "the standard's own rules"),
    "SourceIn": ("所依据的文件", "the document it encodes"),
    "SourceIn.document": ("文件名称", "title of the document"),
    "SourceIn.issuer": ("发文单位", "who issued it"),
    "SourceIn.date": ("发文日期，如 2021-06-08", "its date, as in 2021-06-08"),
    "SourceIn.url": ("网址", "where it can be read"),
    "JurisdictionIn": ("适用地区", "the region where it applies"),
    "JurisdictionIn.code": (
        '6 位行政区划代码，加引号；"000000" 为全国；没有代码的地区不写，这样的标准只在指定时适用',
        '6-digit region code in quotes; "000000" is the whole country; left out where there is none: such a standard '
        "applies where it is named alone",
    ),
    "JurisdictionIn.name": ("地区名称", "name of the region"),
    "JurisdictionIn.divisions": (
        "下一级地区名称，用于辨认没有代码的报表",
        "names of the regions one level below, by which returns without a code are placed",
    ),
    "InForceIn": ("施行起止日期", "from when and until when it is in force"),
    "InForceIn.from": ("施行日期", "first day in force"),
    "InForceIn.to": ("失效前最后一天", "last day in force"),
    "TableIn": ("规则用 lookup 查的一张表", "a table that rules ask with lookup"),
    "TableIn.rows": (
        "按类别写“类别: 数”；按范围从小到大列出 {below: 上限（不含）或 up_to: 上限（含）, value: 数}，"
        "最后一行可不写上限；"
        "数的位置可以写下一个键的行，或写 none 表示没有规定（规则即不适用）",
        "by class {class: number}; by range, from the lowest up, a list of {below: end (excluded) or up_to: end "
        "(included), value: number}, the last without an end if it has none; in place of a number the rows of the next "
        "key may stand, or none where nothing is laid down (and the rule does not apply)",
    ),
    "TableIn.override": (
        "只改写继承来的表中的几行，写法同 rows",
        "rows of an inherited table to change, written as in rows",
    ),
    "TableIn.unit": ("表中各数的单位，如 m2", "unit of the numbers, as in m2"),
    "TableIn.clause": ("条款", "clause that it comes from"),
    "TableIn.note": ("说明", "remarks"),
    "UnitIn": ("本标准自己的单位", "a unit of the standard's own"),
    "UnitIn.is": (
        "等于什么：另一单位（items）、若干另一单位（66.667 m2），或 new（与其他单位都不能换算）",
        "what it is: another unit (items), so many of one (66.667 m2), or new (converts into no other)",
    ),
    "UnitIn.zh": ("中文写法，不写即名称", "how Chinese writes it, if not by its name"),
    "UnitIn.en": ("英文写法，不写即名称", "how English writes it, if not by its name"),
    "ParameterIn": ("规则共用的一个数", "a number that rules share"),
    "ParameterIn.value": (
        "数值，可带单位；或按日期排列的几个值",
        "the number, with a unit if it has one; or several, each from its date",
    ),
    "ParameterIn.unit": (
        "数值的单位，可为复合单位，如 m2/100 households、床/千人",
        "unit of the number, also one per another, such as m2/100 households or beds/1000 persons",
    ),
    "ParameterIn.clause": ("出自哪一条", "the clause it comes from"),
    "ParameterIn.note": ("说明", "remarks"),
    "DatedValueIn": ("从某日起有效的值", "a value from a date on"),
    "DatedValueIn.value": ("数值、带单位的量或算式", "a number, a quantity or a formula"),
    "DatedValueIn.from": ("从哪一天起有效；不写即一直有效", "first day on which it holds; without it, always"),
    "DatedValueIn.clause": ("出自哪一条", "the clause it comes from"),
    "SeverityOfClassIn": ("某一类对象的约束力", "how binding the rule is for one class of subjects"),
    "SeverityOfClassIn.where": (
        "这一类对象的条件；最后一项不写，即其余全部",
        "which subjects are in the class; the last has none and is for all others",
    ),
    "SeverityOfClassIn.value": ("mandatory、expected 或 advisory", "mandatory, expected or advisory"),
    "DueOfClassIn": ("某一类对象的期限", "the deadline of one class of subjects"),
    "DueOfClassIn.where": (
        "这一类对象的条件；不写即其余全部",
        "which subjects are in the class; without it, all others",
    ),
    "DueOfClassIn.value": ("最迟达标日期", "day by which it has to be met"),
    "TextIn": ("中英文文字", "text in Chinese and English"),
    "TextIn.zh": ("中文", "Chinese"),
    "TextIn.en": ("英文", "English"),
    "RuleIn": ("对一个条款的机器核查", "the machine test of a clause"),
    "RuleIn.id": ("规则编号，全标准唯一", "id of the rule, its own within the standard"),
    "RuleBody": ("要改写的键", "the keys that change"),
    "RuleBody.title": ("规则名称", "title of the rule"),
    "RuleBody.clause": ("条款编号，报告中引用", "the clause, as reports cite it"),
    "RuleBody.applies_to": ("核查哪一类对象", "the kind of subject whose records are judged"),
    "RuleBody.where": (
        '适用条件，如 community_type == "urban"；不写即全部',
        'which of them are in scope, as in community_type == "urban"; without it, all',
    ),
    "RuleBody.by": (
        "按哪一级地区汇总后判断；不写即逐个判断",
        "region levels over which the indicator is totalled; without it each record is judged",
    ),
    "RuleBody.indicator": (
        "被判断的数：一个字段或算式；用 by 时须含汇总函数，如 sum、mean、share、median",
        "what is judged: a field or a formula; with by it needs a group function such as sum, share or median",
    ),
    "RuleBody.unit": (
        "显示所用的单位；限值没有写单位时也按它理解",
        "the unit that is shown, in which a limit without one is read",
    ),
    "RuleBody.tolerance": (
        "equals 允许的差额：带单位的量（5 m2；比例写 0.5%）、限值的一部分（2% of value），或 printed（按报表所写位数）",
        "slack of equals: a quantity (5 m2, of a share 0.5%), a part of the limit (2% of value), or printed (by the "
        "digits that the return prints)",
    ),
    "RuleBody.plausible": (
        "指标的合理范围；超出即其中某个数有误而不知是哪一个，这些数在本规则、其他规则和各项汇总中都不采用",
        "possible range of the indicator; outside it one of its figures is wrong, and as nobody knows which, none of "
        "them is used: not here, not by any other rule, not in any sum",
    ),
    "RuleBody.lever": (
        "补足哪个字段可以达标；缺口也按它计算",
        "the field by which a shortfall is closed; the shortfall is also given in it",
    ),
    "RuleBody.severity": (
        "约束力：mandatory 约束性、expected 预期性、advisory 倡导性；各类对象不同时写成列表，取第一个符合的",
        "how binding: mandatory (must), expected (as a rule), advisory (encouraged); by class a list, of which the "
        "first that applies holds",
    ),
    "RuleBody.due": (
        "最迟达标日期；之前未达到记为未到期；各类对象不同时写成列表，取第一个符合的，都不符合就没有期限",
        "day by which it has to be met; before it, a miss is not due; by class a list, of which the first that applies "
        "holds, and none where none does",
    ),
    "RuleBody.note": ("取哪种理解及理由", "which reading is taken, and why"),
    "RuleBody.message": (
        "不达标时说的话，代替通常的一句；可写 {name}、{observed}、{required}、{shortfall}",
        "what a fail says in place of the usual sentence; {name}, {observed}, {required} and {shortfall} are filled in",
    ),
    "RuleBody.advice": (
        "不达标时附在后面的建议；可写的同 message",
        "advice that stands behind it; the same can be filled in",
    ),
    "RuleBody.explainable": (
        "true：报表“情况说明”一列写明原因的不达标照样列出并引用原文，但不影响退出码；只用于预期性规则",
        "true: a fail that the return explains in its column of explanations is quoted and does not count; for "
        "expected rules alone",
    ),
    "RuleBody.manual": (
        "报表无法核查的原因；写了它就不写 indicator",
        "why no return can show it; takes the place of indicator",
    ),
    "RuleBody.entries": ("对应的条目编号", "catalogue entries that the rule encodes"),
    "CaseFileIn": ("规则旁边的用例文件", "the case file beside a standard"),
    "CaseFileIn.standard": ("用例所属标准的编号", "id of the standard whose rules are tried"),
    "CaseFileIn.as_of": ("各用例的判定日期", "the day as of which all cases are judged"),
    "CaseFileIn.cases": ("用例，逐个列出", "the cases, one by one"),
    "CaseIn": ("规则的一个用例", "one case of a rule"),
    "CaseIn.rule": ("要试的规则编号", "id of the rule that is tried"),
    "CaseIn.name": ("用例说明", "what the case shows"),
    "CaseIn.records": (
        "记录：字段: 值；null 为空白格，[300, null] 表示“300 以上”，times: 3 表示同样的记录 3 条",
        "the records, field: value; null is a blank cell, [300, null] says 300 or more, times: 3 repeats a record",
    ),
    "CaseIn.beside": (
        "规则还要看的其他对象的记录，按对象分列",
        "records of other kinds of subjects that the rule looks at, by their kind",
    ),
    "CaseIn.outcome": (
        "应得的结论：pass 达标、fail 不达标、not_due 未到期、not_applicable 不适用、no_data 无法判定、manual 人工核查",
        "the outcome that is due: pass, fail, not_due, not_applicable, no_data, manual",
    ),
    "CaseIn.outcomes": (
        "各对象应得的结论不同时：按顺序列出，或按名称写",
        "the outcomes of several subjects: in their order, or by name",
    ),
    "CaseIn.shortfall": ("应得的缺口，按指标的单位", "the shortfall that is due, in the unit of the indicator"),
    "CaseIn.add": ("补足字段（lever）应增加多少", "how much of the lever has to be added"),
    "CaseIn.score": (
        "评分表应得的分数；有未知的写 [最低分, 最高分]",
        "the score that is due; [lowest, highest] where something is open",
    ),
    "CaseIn.grade": ("应得的等级；未定的写 [最差, 最好]", "the grade that is due; [worst, best] where it is open"),
    "CaseIn.sheet": ("评分表编号；标准只有一张时不写", "id of the assessment sheet, where a standard has several"),
    "CaseIn.parameters": ("只在本用例中改用的参数值", "values that parameters have in this case alone"),
    "CaseIn.as_of": ("本用例的判定日期", "the day as of which this case is judged"),
    "DictionaryIn": (
        "数据字典：报表可能有的全部对象种类和字段",
        "the data dictionary: every kind of subject, and every field, that a return may carry",
    ),
    "DictionaryIn.entities": ("对象种类，按名称", "the kinds of subject by name"),
    "DictionaryIn.fields": ("字段，按名称", "the fields by name"),
    "EntityIn": ("一种被评价的对象", "a kind of subject"),
    "EntityIn.label": ("对象的叫法，如 图书馆", "what people call one of them, as in library"),
    "EntityIn.plural": (
        "英文复数；规则变化的可不写",
        "what several are called in English; one formed with -s, -es or -ies need not be given",
    ),
    "EntityIn.name": (
        "填写名称的字段；不写即与对象同名，没有这个字段时按叫法生成（图书馆、图书馆名称）",
        "the field that names one; called like the entity unless given, and made of its label where there is no "
        "such field",
    ),
    "EntityIn.code": ("填写其自身代码的字段", "the field that holds its own code"),
    "EntityIn.within": (
        "位于哪些级别或对象之内，由近及远；不写即各级地区",
        "what it lies in, the nearest first: region levels and other entities; every region level unless given",
    ),
    "EntityIn.kind": (
        "thing 位于某地的事物（默认）、place 社区或一级地区、document 文件、period 报告期",
        "thing: it stands somewhere (the default); place: a community or a region; document or period: in no region",
    ),
    "LevelIn": ("一级地区的叫法", "what a level of regions is called"),
    "LevelIn.label": ("叫法，如 borough", "what one is called, as in borough"),
    "LevelIn.plural": ("英文复数；规则变化的可不写", "what several are called, where it is no plain plural"),
    "LevelIn.aliases": ("表示这一级的其他表头", "other headers that mean the level"),
    "FieldIn": ("报表中的一个有名称的列", "one named column of a return"),
    "FieldIn.label": ("字段名称", "what people call it"),
    "FieldIn.type": ("字段类型", "type of its values"),
    "FieldIn.also": ("规则中可用的别名", "other names by which rules may call it"),
    "FieldIn.unit": (
        "单位；列没有写单位、规则里的数没有写单位时按它理解，写了同类其他单位的自动换算",
        "the unit of a column or a number in a rule that states none; others of its kind are converted",
    ),
    "FieldIn.entities": (
        "哪些对象的报表有此列；不写即都可有",
        "kinds of subject whose sheets carry it; none named means any",
    ),
    "FieldIn.aliases": ("表示该字段的表头", "headers that mean it"),
    "FieldIn.not_aliases": ("相似但另有所指的表头", "headers that look alike but mean something else"),
    "FieldIn.range": (
        "合理范围 [下限, 上限]，按标准单位；不限的一端写 null；比例（share）不写时是 0 到 1",
        "possible range [low, high] in the canonical unit; null leaves an end open; a share without one lies between 0 "
        "and 1",
    ),
    "FieldIn.most": (
        "某类对象的合理上限（比 range 的上限更低），如 community: 100000",
        "highest plausible value of a kind of subject, below that of range: community: 100000",
    ),
    "FieldIn.usual": (
        "不足为奇的最大值；超出的照用，另请填报单位核实",
        "the highest value that is no surprise; above it the office is asked, and the value is used",
    ),
    "FieldIn.zero": ("impossible 表示填 0 必有误", "impossible: a stated 0 is an error"),
    "FieldIn.values": ("类别型字段的取值及各种写法", "values of a category, each with its written forms"),
    "FieldIn.unclear": ("含义不明、需提示的写法", "written forms that are refused with a notice"),
    "FieldIn.answers": (
        "只对这个问题表示“是”（'true'）或“否”（'false'）的说法，如“免费”",
        "words that say yes ('true') or no ('false') to this question alone",
    ),
    "FieldIn.same_column": ("从另一字段的列读取", "read from the column of that field"),
    "FieldIn.derived": (
        "没有此列时由其他字段推算的算式",
        "formula by which it is worked out where no column carries it",
    ),
    "FieldIn.residents": (
        "all 是住在那里的全部人或户，part 是其中一部分：推算今后缺口时随人口同比增减",
        "all: it counts all who live there, in persons or households; part: some of them. It grows as they do where a "
        "gap is projected",
    ),
    "FieldIn.personal": ("个人信息，不写入报告", "personal data, kept out of every report"),
    "FieldIn.person_names": (
        "问的是人：格内填姓名即表示有；其他字段填姓名不作数",
        "it asks for persons: a person's name in a cell means that there is one; in no other field does it",
    ),
    "FieldIn.premises": (
        "说的是设施、用房：whole 设施整体，part 其中一部分（某个房间、在其中开展的服务），place 可能设在别处的场所；"
        "面积不写即为 part。备注写明尚未建成、停用、拆除等的，这些字段的数不作依据",
        "it speaks of the rooms of its subject: whole for the facility, part for something in it (a room, what is done "
        "there), place for what may stand elsewhere; an area is part where this is left out. Beside a remark that they "
        "are not built, out of use or torn down, its figures are not relied on",
    ),
    "FieldIn.states": (
        "是否题问的是什么：thing 设施、组织等在不在（“已建成”“在建”可作回答），grade 是否达标（“合格”可作回答），"
        "burden 不应有的负担（“0件”“未发现”即没有）；不写则只认一般的有无、是否",
        "what a yes says: thing, that something stands (words of building answer it), grade, that a standard is "
        "reached (words of grade do), burden, that there is what should not be (no cases found is a no); left out, "
        "plain words alone answer",
    ),
    "FieldIn.role": ("读取报表时的用途", "what the reader uses it for besides judging"),
    "FieldIn.note": ("说明", "remarks"),
    **SCORE_KEYS,
    **PLAN_KEYS,
}
