"""Texts of the commands about rules: list, coverage, new, docs, cases, and the help of each."""

MESSAGES: dict[str, tuple[str, str]] = {
    # rules list
    "rules-jurisdiction": ("适用地区", "jurisdiction"),
    "rules-count": ("规则数", "rules"),
    "rules-inherited": ("继承", "inherits"),
    "rules-inherited-count": (
        "{standards} 的 {n} 条规则照用，--standard {standard} 可一并列出",
        "{n} {{n:rule|rules}} of {standards} unchanged; --standard {standard} lists them too",
    ),
    "rules-heading-inherited": ("{entity}（继承）", "{entity} (inherited)"),
    "rules-total": ("共列出 {n} 条规则", "Rules listed: {n}"),
    "rules-none": ("没有符合条件的规则", "No rule answers these options"),
    # rules coverage
    "coverage-title": ("规则对文件的覆盖", "How the rules cover the documents"),
    "coverage-document": ("文件", "document"),
    "coverage-normative": ("规范性条目", "entries"),
    "coverage-identity": ("恒等式", "identities"),
    "coverage-automated": ("自动核查", "automated"),
    "coverage-manual": ("人工", "manual"),
    "coverage-restated": ("重申", "restated"),
    "coverage-no-rule": ("不设规则", "no rule"),
    "coverage-missing": ("缺", "missing"),
    "coverage-total": ("合计", "total"),
    "coverage-of": ("{part} / {whole}", "{part} of {whole}"),
    "coverage-entry": ("条目", "entry"),
    "coverage-status": ("处理", "status"),
    "coverage-rules": ("规则", "rules"),
    "coverage-no-standard": ("{title}（还没有这个标准）", "{title} (no such standard yet)"),
    "coverage-line-manual": (
        "{entry} {title}：需人工核查（{rules}）。{reason}",
        "{entry} {title}: by hand ({rules}). {reason}",
    ),
    "coverage-line-restated": (
        "{entry} {title}：重申 {other}，由 {rules} 一并核查",
        "{entry} {title}: says {other} again, checked by {rules}",
    ),
    "coverage-line-no-rule": ("{entry} {title}：不设规则。{reason}", "{entry} {title}: no rule. {reason}"),
    "coverage-line-missing": ("{entry} {title}：还没有规则", "{entry} {title}: no rule yet"),
    "coverage-identities-missing": (
        "{n} 个恒等式还没有规则：{ids}",
        "no rule yet for {n} {{n:identity|identities}}: {ids}",
    ),
    "coverage-uncatalogued": ("没有条目目录的标准", "Standards without a catalogue of entries"),
    "coverage-uncatalogued-line": ("{standard} {title}：{n} 条规则", "{standard} {title}: {n} {{n:rule|rules}}"),
    "coverage-stray": ("规则引用了目录里没有的条目", "Entries that rules cite and no document has"),
    "coverage-stray-line": ("{entry}（{standard} {rule}）", "{entry} ({standard} {rule})"),
    "return-coverage-title": ("报表能核查哪些规则", "Which rules the returns can answer"),
    "return-coverage-region": (
        "看不出所属地区，按全部标准列出；可用 --region 或 --standard 指明",
        "the region is not known, so all standards are held against them; name it with --region or --standard",
    ),
    "return-coverage-aside": (
        "{standard} 只管{entities}，报表里没有，未列入",
        "{standard} judges {entities} alone, of which the returns hold none; left out",
    ),
    "return-coverage-answerable": ("能核查", "answered"),
    "return-coverage-lacking": ("缺列", "columns missing"),
    "return-coverage-columns": (
        "{entity}表缺列，加上后可多核查 {n} 条",
        "Columns to add for each {entity}: {n} more {{n:rule|rules}}",
    ),
    "return-coverage-sheet": (
        "没有{entity}一级的表，补报后可多核查 {n} 条",
        "No sheet lists any {entity}: one would add {n} {{n:rule|rules}}",
    ),
    "return-coverage-add": ("加上这些列", "columns to add"),
    "return-coverage-unlocks": ("新增", "unlocks"),
    "return-coverage-more": ("另有 {n} 步，全部见 --format json", "and {n} more; --format json lists them all"),
    # faults
    "catalogue-entry-twice": (
        "条目“{name}”已列在文件 {other} 下",
        "the entry '{name}' is already listed under {other}",
    ),
    "catalogue-restates": (
        "restates 指向的条目“{name}”不在同一文件内",
        "restates names '{name}', which is no entry of the same document",
    ),
    # rules new
    "new-written": (
        "已写入 {path}（标准 {id}）。改好后试：communitycheck rules lint {path}；communitycheck check 报表.xlsx "
        "--standard {path}",
        "{path} written (standard {id}). Edit it, then try: communitycheck rules lint {path}; communitycheck check "
        "return.xlsx --standard {path}",
    ),
    "new-rule-unclear": (
        "看不懂“{text}”[[，是否想写“{near}”？]]；规则写成“字段 比较 限值”，如 综合服务设施面积 不低于 400 平方米",
        "'{text}' is not clear[[; did you mean '{near}'?]] Write a rule as field, comparison, limit: "
        "facility_area >= 400 m2",
    ),
    "new-rule-faulty": ("“{text}”还不能成为规则：{why}", "'{text}' makes no rule yet: {why}"),
    "new-ask": ("逐项回答，回车跳过（以后在文件里改）", "Answer each, or press Enter to fill it in later in the file"),
    "new-ask-title": ("标准名称：", "Title of the standard: "),
    "new-ask-document": ("依据的文件：", "Document behind it: "),
    "new-ask-issuer": ("发文单位：", "Issued by: "),
    "new-ask-date": ("发文日期（如 2024-03-01）：", "Date (as 2024-03-01): "),
    "new-ask-region": ("适用地区（6 位代码或名称）：", "Region (6-digit code or name): "),
    "new-ask-rule": (
        "第一条规则（如 综合服务设施面积 不低于 400 平方米）：",
        "First rule (as facility_area >= 400 m2): ",
    ),
    "help-new-title": ("标准名称", "title of the standard"),
    "help-new-document": ("依据的文件", "the document behind it"),
    "help-new-issuer": ("发文单位", "who issued it"),
    "help-new-date": ("发文日期", "its date"),
    "help-new-region": ("适用地区：6 位代码或名称", "where it applies: a 6-digit code or a name"),
    "help-new-rule": (
        "第一条规则的例子：“综合服务设施面积 不低于 400 平方米”",
        "the first rule by example: 'facility_area >= 400 m2'",
    ),
    "new-suffix": ("规则文件名要以 .yaml 结尾，如 {near}", "a rule file's name ends in .yaml, as in {near}"),
    "new-id-taken": (
        "文件名 {path} 会使标准编号成为“{name}”，与现有标准重名；请换一个文件名",
        "{path} would name the standard '{name}', which exists already; choose another file name",
    ),
    # rules docs
    "docs-written": ("写入 {n} 个页面：{folder}", "{n} {{n:page|pages}} written to {folder}"),
    "docs-current": ("{n} 个页面都是最新的：{folder}", "all {n} {{n:page|pages}} in {folder} are current"),
    "docs-stale": (
        "{folder} 里的页面已过时：{pages}；请运行 communitycheck rules docs --output-dir {folder}",
        "pages in {folder} are out of date: {pages}; run communitycheck rules docs --output-dir {folder}",
    ),
    # reference pages
    "page-index": ("规则手册", "Rule book"),
    "page-dictionary": ("数据字典", "Data dictionary"),
    "page-generated": (
        "本页由 `communitycheck rules docs` 根据规则文件生成，请勿手改。",
        "Made from the rule files by `communitycheck rules docs`; edits here are lost.",
    ),
    "page-fact": ("{name}：{value}", "{name}: {value}"),
    "page-issuer": ("发文单位", "issuer"),
    "page-date": ("日期", "date"),
    "page-in-force": ("施行", "in force from"),
    "page-horizon": ("规划期至", "plan ends"),
    "page-extends": ("上级标准", "extends"),
    "page-fields": ("字段", "fields"),
    "page-own-fields": ("本标准自己的字段", "Fields of this standard alone"),
    "page-headings": ("列名可写", "headings"),
    "page-not-headings": ("不当作本字段的列名", "headings that do not mean it"),
    "page-unclear": ("看不出类别、不采用的写法", "written forms that do not tell"),
    "page-also": ("规则里也可写作", "other names in rules"),
    "page-entities": ("出现在这些对象的表里", "on the sheets of"),
    "page-personal": ("个人信息，不进入任何报告", "personal, kept out of every report"),
    # help
    "help-rules": (
        "规则手册：有哪些规则、各查什么、覆盖到哪里",
        "the rule book: what rules there are, what each checks",
    ),
    "help-rules-list": ("按文件、对象类别和约束力列出规则", "list rules by document, kind of subject and severity"),
    "help-rules-show": (
        "一条规则：检查内容、限值、条款、字段和列名、理解、边界情形",
        "one rule: what it checks, threshold, clause, fields and headings, reading taken, edge cases",
    ),
    "help-rules-help": (
        "规则语言：每个键、函数、运算符和单位是什么意思，各有示例；也可用中文查，如“单位”“限值”，或查字段",
        "the rule language: what a key, function, operator or unit means, with an example; also a field",
    ),
    "help-language-word": (
        "要查的词，如 lookup、at_least、单位、facility_area；不写则列出全部",
        "the word to explain, as lookup, at_least, units, facility_area; without one, all are listed",
    ),
    "help-rules-coverage": (
        "规则对文件各条目的覆盖；给出报表时，报表能核查哪些规则、还缺哪些列",
        "how the rules cover the documents; given returns, which rules they can answer and which columns they lack",
    ),
    "help-rules-new": ("写一个带注释的规则文件样本", "write a commented starter rule file"),
    "help-rules-docs": ("生成规则手册和数据字典的网页文档（Markdown）", "write the reference pages (Markdown)"),
    "help-rules-lint": ("检查规则文件：错误、矛盾、重复、与字段不符", "check rule files for faults and contradictions"),
    "help-rules-test": ("运行规则旁边的用例", "run the cases that stand beside the rules"),
    "help-rules-sql": ("把标准写成数据库里的 SQL 视图", "a standard as SQL views, for where the data lies"),
    "help-rules-import": ("把表格里的审核公式转成规则文件", "make a rule file of the audit formulas in a spreadsheet"),
    "help-rule-id": ("规则编号，如 LN-01；也可写文件条目编号", "rule id, as LN-01, or the id of a document's entry"),
    "help-rules-standard": (
        "只看这个标准（编号或 YAML 文件，可重复）",
        "this standard only (id or YAML file, repeatable)",
    ),
    "help-entity": ("只看这类对象的规则", "rules for this kind of subject only"),
    "help-severity": ("只看这一级约束力", "rules of this severity only"),
    "help-coverage-paths": ("报表；不写则看规则对文件的覆盖", "returns; without any, coverage of the documents"),
    "help-detailed": ("逐条列出", "list every entry"),
    "help-rule-files": ("规则文件", "rule files"),
    "help-case-files": ("用例文件（默认全部）", "case files (default: all)"),
    "help-new-file": ("要写的文件，文件名即标准编号", "the file to write; its name becomes the standard's id"),
    "help-extends": ("在这个标准之上改写", "the standard to build on"),
    "help-docs-dir": ("写到哪个文件夹", "the folder to write to"),
    "help-docs-check": ("只核对页面是否最新，过时则退出码为 1", "only compare; exit 1 where a page is out of date"),
    "help-lint-strict": ("有警告时退出码为 1", "exit 1 for warnings too"),
    # rule cases
    "cases-none": (
        "没有找到用例文件；请给出文件，或放在规则文件夹的 cases/ 下",
        "no case files were found; name them, or put them under cases/ in the rules folder",
    ),
    "cases-outcome": (
        "用例要写 outcome 或 outcomes，两个里写一个",
        "a case says either outcome or outcomes",
    ),
    "cases-rule-missing": (
        "用例要写 rule（试一条规则）；试评分表的，写 score 或 grade",
        "a case says which rule it tries; one of an assessment sheet says score or grade",
    ),
    "cases-score-beside": (
        "{name} 是规则的用例用的，不能与 score、grade 一起写；请分成两个用例",
        "{name} goes with cases of rules, not beside score or grade; make two cases of it",
    ),
    "cases-score-nothing": (
        "评分表的用例要写 score（应得多少分）或 grade（应得什么等级）",
        "a case of an assessment sheet says score (how many points) or grade",
    ),
    "cases-score-range": (
        "score 写一个数，或写 [最低分, 最高分]",
        "score is a number, or [lowest, highest]",
    ),
    "cases-grade": (
        "评分表 {sheet} 没有等级“{name}”[[，最接近的是“{near}”]]",
        "the sheet {sheet} has no grade '{name}'[[; the nearest is '{near}']]",
    ),
    "cases-sheet": (
        "没有评分表“{name}”[[，最接近的是“{near}”]]",
        "there is no assessment sheet '{name}'[[; the nearest is '{near}']]",
    ),
    "cases-sheet-which": (
        "这份标准有几张评分表，请用 sheet 写明是哪一张：{known}",
        "the standard has several assessment sheets; say with sheet which it is: {known}",
    ),
    "cases-sheet-none": (
        "标准 {standard} 没有评分表（score），这个用例无从评分",
        "the standard {standard} has no assessment sheet (score) for this case to try",
    ),
    "cases-nobody-scored": (
        "评分表 {sheet} 在 {as_of} 没有给任何对象评分：请核对施行日期和记录",
        "the sheet {sheet} scores nobody as of {as_of}: look at the dates in force and at the records",
    ),
    "cases-mark": ("[[{points} 分]][[（{grade}）]]", "[[{points} {{points:point|points}}]][[ ({grade})]]"),
    "cases-items-without": (
        "{standard}：评分表 {sheet} 有评分项没有用例：{items}",
        "{standard}: items of the sheet {sheet} without a case: {items}",
    ),
    "cases-times": (
        "times 要写 1 到 {most} 的整数，不能是 {found}",
        "times is a whole number from 1 to {most}, not {found}",
    ),
    "cases-kind": (
        "“{name}”不是一类对象[[，是否想写“{near}”？]]",
        "'{name}' is no kind of subject[[; did you mean '{near}'?]]",
    ),
    "cases-field": (
        "没有字段“{name}”[[，最接近的是“{near}”]]",
        "there is no field '{name}'[[; the nearest is '{near}']]",
    ),
    "cases-number": (
        "字段 {name} 是数字，“{found}”不是；也可写 null（空白）、[下限, 上限] 或 (unreadable)、(impossible)",
        "the field {name} is a number and '{found}' is none; null (blank), [low, high], (unreadable) and "
        "(impossible) "
        "will do too",
    ),
    "cases-text": (
        "字段 {name} 是文字，“{found}”不是；可写一个词，或词的列表",
        "the field {name} is text and '{found}' is none; write a word, or a list of words",
    ),
    "cases-lacking-fields": (
        "记录里没有字段 {fields}，规则未检查",
        "not checked, as no record has the field {fields}",
    ),
    "cases-parameter": ("标准里没有参数“{name}”", "the standard has no parameter '{name}'"),
    "cases-total": (
        "{standard}：{rules} 条规则，{cases} 个用例，通过 {passed} 个",
        "{standard}: {rules} {{rules:rule|rules}}, {cases} {{cases:case|cases}}, {passed} passed",
    ),
    "cases-failed": (
        "未通过 {file}:{line} {rule}（{name}）：应为 {expected}，得到 {found}",
        "failed {file}:{line} {rule} ({name}): expected {expected}, found {found}",
    ),
    "cases-amounts": (
        "[[缺口 {shortfall}]][[，实为 {observed}]][[，要求 {required}]][[，单位 {unit}]]",
        "[[shortfall {shortfall}]][[, observed {observed}]][[, required {required}]][[, in {unit}]]",
    ),
    "cases-without": (
        "{standard}：{n} 条规则一个用例也没有：{rules}",
        "{standard}: {n} {{n:rule has|rules have}} no case at all: {rules}",
    ),
    "cases-left": (
        "{file}:{line} {rule}：得到的结论写不进这个用例，请手工改",
        "{file}:{line} {rule}: what was found has no place in the case as it is written; change it by hand",
    ),
    "cases-written": ("以上改动已写入 {files}", "the change above is written: {files}"),
    "cases-unwritten": (
        "以上改动没有写入；核对无误后加 --update 写入（{files}）",
        "the change above is not written; look it over, then write it with --update ({files})",
    ),
    "help-cases-standard": (
        "被测的标准（编号或 YAML 文件，可重复；默认在用例旁边和上一级文件夹里找）",
        "the standard under test (id or YAML file, repeatable; default: looked for beside the cases and one folder up)",
    ),
    "help-cases-diff": (
        "显示未通过的用例按得到的结论会怎样改，不写文件",
        "show how failed cases would change to what was found; nothing is written",
    ),
    "help-cases-update": (
        "把得到的结论写进未通过的用例，并显示改动；注释保留",
        "write what was found into the cases that failed, and show the change; comments stay",
    ),
    "cases-lacking": ("{standard} 的规则 {rule} 还缺用例：{kinds}", "{standard}: rule {rule} lacks cases: {kinds}"),
    "cases-kind-pass": ("达标", "pass"),
    "cases-kind-fail": ("不达标", "fail"),
    "cases-kind-edge": ("恰在限值上", "exactly on the threshold"),
    "cases-kind-missing": ("缺数据", "missing data"),
    "cases-kind-out-of-scope": ("范围之外", "out of scope"),
}
