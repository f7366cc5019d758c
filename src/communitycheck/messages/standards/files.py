"""Sentences about YAML files (rules, cases, prices, waivers): what cannot be read, and wrong keys and values."""

MESSAGES: dict[str, tuple[str, str]] = {
    "rule-file-missing": (
        "找不到文件[[，是否想用“{near}”]]，请核对路径",
        "no such file[[ (did you mean '{near}'?)]]; check the path",
    ),
    "rule-file-unreadable": ("文件无法读取：{cause}", "the file cannot be read: {cause}"),
    "rule-file-too-large": (
        "文件有 {found}，上限 {most}；请拆分，或用 --limit {limit}=N 提高上限",
        "the file has {found} or more, the limit is {most}; split it, or raise the limit with --limit {limit}=N",
    ),
    "rule-file-no-file": (
        "这是管道或设备，不是文件；请先把内容存成文件",
        "this is a pipe or a device, not a file; save its content to a file first",
    ),
    "rule-file-workbook": (
        "这是工作簿或压缩包；这里要的是 YAML 文本",
        "this is a workbook or an archive; what is wanted here is YAML text",
    ),
    "rule-file-encoding": (
        "文件不是 UTF-8 编码（可能是 GBK），请另存为 UTF-8",
        "the file is not UTF-8 (it may be GBK); save it as UTF-8",
    ),
    "rule-file-empty": ("文件是空的", "the file is empty"),
    "rule-file-documents": (
        "从这个“---”起是又一个 YAML 文档；一个文件只能有一个，请删去“---”，或另存一个文件",
        "another YAML document begins at this '---'; a file holds one: remove the '---', or make two files",
    ),
    "rule-file-syntax": (
        "YAML 语法有误：{cause}；请检查引号、冒号和缩进[[：{found}]]",
        "this is not valid YAML: {cause}; check quotes, colons and indentation[[ here: {found}]]",
    ),
    "rule-file-sign": (
        "这里[[（第 {column} 个字符）]]的“{sign}”是全角或排版符号，请改成半角的“{near}”",
        "'{sign}'[[ at character {column}]] is a sign of typeset or full-width text; write '{near}'",
    ),
    "rule-file-space": (
        "这里[[（第 {column} 个字符）]]的空白是 {sign}，不是普通空格；请改成普通空格，行末的请删去",
        "the space[[ at character {column}]] is {sign}; write a plain space, or nothing at the end of a line",
    ),
    "rule-file-unseen": (
        "这里[[（第 {column} 个字符）]]有看不见的字符 {sign}，请删去",
        "there is a character here[[ (number {column})]] that cannot be seen, {sign}; delete it",
    ),
    "rule-file-gap": ("{sign}后面要空一格，写成 {near}", "a space is due behind {sign}: {near}"),
    "rule-file-hash": (
        "空格后的 # 起是注释，“{found}”连同右括号都不算数；含 # 的文字请加引号",
        "a # behind a blank begins a comment, so '{found}' is not read, brackets and all; put text with # in quotes",
    ),
    "rule-file-open-quote": (
        "从这里开始的引号没有合上，把后面的“{near}”也包了进去",
        "the quote that opens here is never closed and has swallowed '{near}'",
    ),
    "rule-file-tab": ("YAML 缩进不能用制表符，请改用空格", "YAML cannot be indented with tabs; use spaces"),
    "rule-file-anchor": (
        "这里不接受 YAML 锚点和引用（{text}），请直接写出内容",
        "YAML anchors and aliases ({text}) are not accepted here; write the content out",
    ),
    "faults-more": (
        "另有 {n} 处错误，改好以上各处后再看",
        "{n} more {{n:fault|faults}}; mend these first and try again",
    ),
    "rule-file-tag": (
        "这里不接受 YAML 标签 {tag}，请删去",
        "the YAML tag {tag} is not accepted here; remove it",
    ),
    "rule-file-depth": ("嵌套超过 {limit} 层", "nested more than {limit} {{limit:level|levels}} deep"),
    "rule-file-key": ("键必须是普通文字", "a key must be plain text"),
    "rule-file-duplicate-key": (
        "键重复，第 {first} 行已有同名键，请删去一个",
        "this key already stands in line {first}; remove one of the two",
    ),
    "rule-file-no-day": ("没有“{text}”这一天", "there is no day {text}"),
    "rule-file-date": (
        "“{text}”不是有效日期；日期写成年-月-日，如 {near}",
        "'{text}' is no date; write it as year-month-day: {near}",
    ),
    "rule-file-date-quotes": (
        '日期请加引号，写成 "{near}"',
        'put the date in quotes: "{near}"',
    ),
    "rule-file-number": (
        '“{text}”不是有效数字[[，是数请写 {near}]]；若是文字请加引号，写成 "{text}"',
        "'{text}' is no number[[; write {near} for one]]; put it in quotes if it is text: \"{text}\"",
    ),
    "rule-file-unknown-key-near": (
        "未知的键“{name}”，是否想写“{near}”？",
        "unknown key '{name}'; did you mean '{near}'?",
    ),
    "rule-file-unknown-key": ("未知的键“{name}”，可用的键：{known}", "unknown key '{name}'; known keys: {known}"),
    "rule-file-missing-key": ("缺少必需的键“{name}”", "the key '{name}' is missing"),
    "rule-file-choice-near": (
        "“{found}”不在可选值之内，是否想写“{near}”？（可选：{wanted}）",
        "'{found}' is not one of the choices; did you mean '{near}'? (choices: {wanted})",
    ),
    "rule-file-choice": (
        "“{found}”不在可选值之内，可选：{wanted}",
        "'{found}' is not one of the choices: {wanted}",
    ),
    "rule-file-region-code": (
        '“{found}”不是 6 位行政区划代码，请加引号写成 6 位，如 "{near}"',
        "'{found}' is not a 6-digit region code; write six digits in quotes, as in \"{near}\"",
    ),
    "rule-file-name": (
        "“{found}”不能作为名称，只用字母、数字、下划线、点和连字符，并以字母或数字开头",
        "'{found}' cannot be a name: letters, digits, _ . and - only, starting with a letter or digit",
    ),
    "rule-file-threshold-truth": (
        "这里要的是数字，写的却是“{found}”；是否类的要求请写 is: true",
        "a number is wanted here, not '{found}'; write a yes/no requirement as is: true",
    ),
    "rule-file-type": (
        "这里应为{wanted}，写的却是“{found}”[[，是否想写“{near}”？]]",
        "this should be {wanted}, but is '{found}'[[; did you mean '{near}'?]]",
    ),
    "rule-file-form": (
        "这里应为{wanted}，写的却是{found}[[，如 {near}]]",
        "this should be {wanted}, but is {found}[[; write it like this: {near}]]",
    ),
    "rule-file-number-near": ("“{text}”请写成 {near}", "write '{text}' as {near}"),
    "rule-file-nothing": (
        "冒号后面没有写内容，这里应为{wanted}",
        "nothing stands after the colon; this should be {wanted}",
    ),
    "rule-file-blank": (
        "冒号后面没有写内容；请补上，或删去这个键",
        "nothing stands after the colon; write it, or take the key away",
    ),
    "rule-file-quote": (
        '这里应为文字，请加引号，写成 "{found}"',
        'this should be text; put it in quotes: "{found}"',
    ),
    "rule-file-count": (
        "这里要 {wanted} 项，写了 {found} 项",
        "this takes {wanted} {{wanted:item|items}}, not {found}",
    ),
    "rule-file-joined": (
        "“{item}”会被当作一项；各项之间请用英文逗号加空格分开：[{near}]；确是一项请加引号",
        "'{item}' would be one item; part the items by a comma and a blank: [{near}], or put it in quotes if it is one",
    ),
    "rule-file-cut": (
        "大括号、方括号里的逗号把公式断开了；公式请加引号，写成 {near}",
        "inside braces and square brackets the commas cut this in parts; put it in quotes: {near}",
    ),
    "rule-file-name-long": (
        "名称超过 {limit} 个字符",
        "this name is longer than {limit} {{limit:character|characters}}",
    ),
    "rules-dir-missing": ("找不到规则文件夹，请核对路径", "no such rules folder; check the path"),
}
