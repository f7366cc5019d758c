"""The command line's own sentences: help, usage errors, settings."""

MESSAGES: dict[str, tuple[str, str]] = {
    "error-line": ("错误：{text}", "error: {text}"),
    "note-line": ("提示：{text}", "note: {text}"),
    "internal-error": (
        "程序内部出错（{kind}：{text}），结果未给出；请把文件和命令反馈给维护者",
        "internal error ({kind}: {text}); no result was given; please report the file and the command",
    ),
    "usage-no-such-option": ("没有选项 {name}，可试 {near}", "there is no option {name}; try {near}"),
    "usage-no-such-command": (
        "没有命令“{name}”[[，是否想用“{near}”]]；现有命令：{known}",
        "there is no command '{name}'[[ (did you mean '{near}'?)]]; commands: {known}",
    ),
    "usage-missing": ("缺少 {name}，请用 --help 查看用法", "{name} is missing; see --help"),
    "usage-needs-value": ("选项 {name} 后面要有值", "the option {name} needs a value"),
    "usage-whole-number": ("选项 {name} 要写整数", "the option {name} takes a whole number"),
    "usage-takes-no-value": ("选项 {name} 后面不带值", "the option {name} takes no value"),
    "usage-extra": ("多出了“{name}”，请用 --help 查看用法", "'{name}' is one word too many; see --help"),
    "usage-other": ("命令写法有误：{text}", "wrong usage: {text}"),
    "option-choice": (
        "{option} 不能是“{value}”[[，是否想写“{near}”]]；可选：{choices}",
        "{option} cannot be '{value}'[[ (did you mean '{near}'?)]]; choices: {choices}",
    ),
    "option-level": (
        "{option} 只能按地区分，“{value}”不是地区；可选：{choices}",
        "{option} goes by regions, and '{value}' is none; choices: {choices}",
    ),
    "period-unknown": (
        "没有哪份报表的报告期是“{period}”；有：{known}",
        "no return is of the period '{period}'; there are: {known}",
    ),
    "period-none-stated": (
        "{path} 等报表没有写明报告期，--period 无从选起；请在标题（截至2023年12月31日）、文件名、"
        "工作表名或“年份”一列中写明",
        "no return says which period it is of ({path}, say), so --period has nothing to choose from: write it in a "
        "title (2023-12-31), the name of the file or sheet, or a column",
    ),
    "option-date": (
        "{option} 的“{value}”不是有效日期，请写成 2020-12-31",
        "'{value}' is no date for {option}; write it as 2020-12-31",
    ),
    "option-folder": (
        "{option} 要给出文件夹，“{path}”不是",
        "{option} needs a folder; '{path}' is none",
    ),
    "rule-unknown": (
        "所用标准里没有规则“{name}”[[，最接近的是“{near}”]]",
        "the standards in use have no rule '{name}'[[; the nearest is '{near}']]",
    ),
    "language-unknown": (
        "规则语言和字段里都没有“{word}”；不写词即列出全部：rules help",
        "neither the rule language nor the fields know '{word}'; rules help without a word lists everything",
    ),
    "region-several": (
        "--region 的“{name}”有几处，请写明是哪个市的：{known}",
        "--region: there are several places called '{name}'; name the city too: {known}",
    ),
    "region-word-tells-no-city": (
        "--region 的“{name}”各地都有，请连同所属的市一起写，如“{example}”",
        "--region: many cities have a '{name}'; name the city too, such as '{example}'",
    ),
    "region-unknown": (
        "不认识地区“{name}”[[，最接近的是“{near}”]]；请给 6 位行政区划代码，或其中一个：{known}；"
        "县（市、区）请连同所属的市一起写，如“铁岭市昌图县”[[；{places}之内的地区，"
        "请写在其标准的 jurisdiction: divisions 里]]",
        "unknown region '{name}'[[; the nearest is '{near}']]; give a 6-digit region code or one of: {known}; "
        "name a county together with its city, such as '铁岭市昌图县'[[; regions within {places} are listed under "
        "jurisdiction: divisions of its standard]]",
    ),
    "output-twice": (
        "{path} 写了两次（{other}），后一份会盖掉前一份；请换一个文件名",
        "{path} is named twice ({other}), and one report would overwrite the other; choose another name",
    ),
    "help-force": (
        "覆盖别人写的或改过的同名文件（只能在命令行上给出；改过的标注副本仍保留）",
        "replace files that others wrote or edited (on the command line alone; a marked-up copy that somebody has "
        "mended stays even so)",
    ),
    "folder-stale": (
        "{folder} 中有 {n} 个以前运行留下、这次没有再写的文件（如 {one}），原样保留",
        "{folder} still holds {n} {{n:file|files}} of an earlier run that this one did not write anew, such as {one}",
    ),
    "files-failed-more": (
        "另有 {n} 个文件未能写入",
        "{n} more {{n:file was|files were}} not written",
    ),
    "output-is-input": (
        "{path} 是要核查的文件，不能用报告覆盖它；请换一个文件名",
        "{path} is one of the files to read and would be overwritten; choose another name",
    ),
    "path-kind": (
        "报表要给出路径（文本）或 DataFrame，不能是 {kind}",
        "a return is given by its path (a text) or as a DataFrame, not as {kind}",
    ),
    "path-empty": ("路径是空的；请写明文件或文件夹", "the path is empty; name a file or a folder"),
    "stdout-failed": ("标准输出写不进去：{cause}", "standard output cannot be written: {cause}"),
    "system-failed": ("{path}：{cause}", "{path}: {cause}"),
    "folder-gone": (
        "当前所在的文件夹已不存在；请换到别的文件夹再运行",
        "the folder that this is run from is gone; go to another and run again",
    ),
    "written-in-utf8": (
        "所用字符集 {encoding} 没有汉字，文字改用 UTF-8 写出；要改用别的字符集，请设环境变量 PYTHONIOENCODING",
        "the character set {encoding} has no Chinese, so text is written in UTF-8; set PYTHONIOENCODING to another",
    ),
    "data-is-utf8": (
        "输出为 UTF-8，而控制台用的是别的字符集；请用 -o 直接写入文件，或先运行 chcp 65001（PowerShell 中："
        "[Console]::OutputEncoding = [Text.Encoding]::UTF8）",
        "the output is UTF-8 and the console uses another character set; write to a file with -o, or run chcp 65001 "
        "first (in PowerShell: [Console]::OutputEncoding = [Text.Encoding]::UTF8)",
    ),
    "dropped-name": ("{name} 核查报告", "{name} report"),
    "dropped-report": ("报告在 {path}，将在浏览器中打开", "the report is {path}; it opens in the browser"),
    "dropped-nothing": (
        "把报表文件或文件夹拖到本程序的图标上即可核查，报告会在浏览器中打开；也可在命令行中使用以上命令",
        "drop returns, or a folder of them, on the icon of this program: they are judged and the report opens in the "
        "browser; or use the commands above on a command line",
    ),
    "dropped-wait": ("按回车键关闭…", "press Enter to close…"),
    "locale-too-narrow": (
        "系统的字符集（{encoding}）写不出“{name}”；请设环境变量 LC_ALL=C.UTF-8 或 PYTHONUTF8=1 再运行",
        "the character set of the system ({encoding}) cannot write '{name}'; set LC_ALL=C.UTF-8 or "
        "PYTHONUTF8=1 and run again",
    ),
    "no-header": (
        "没有找到表头；请在第一行写明列名（社区名称、户数……），或用 --mapping 指明表头行",
        "no header was found; name the columns in the first row (community, households, ...), or say with --mapping "
        "which row is the header",
    ),
    "own-report": (
        "这是本工具写出的报告，不是报表；请给出要核查的报表",
        "this is a report that communitycheck has written, and no return; name the return that is to be checked",
    ),
    "no-known-columns-at-all": (
        "没有认出任何对象的记录；请用 inspect 查看读到了什么，或用 --mapping 指明各列",
        "no records of any subject were recognised; see what was read with inspect, or name the columns with --mapping",
    ),
    "no-row-settled": (
        "没有一行可以判定：一个对象写成了几行，或看不出是哪一期的；用 inspect 可看到是哪些行，请一个对象（一期）写一行",
        "no row can be judged: one subject stands in several rows, or nothing says of which period they are; inspect "
        "shows which rows, write one for each subject (and period)",
    ),
    "help-usage": ("用法：", "Usage: "),
    "help-heading": ("{text}：", "{text}:"),
    "help-arguments": ("参数", "Arguments"),
    "help-options": ("选项", "Options"),
    "help-commands": ("命令", "Commands"),
    "help-place-options": ("[选项]", "[OPTIONS]"),
    "help-place-command": ("命令", "COMMAND"),
    "help-place-arguments": ("[参数]...", "[ARGS]..."),
    "help-help": ("显示本帮助", "show this help"),
    "help-default": ("[默认：{value}]", "[default: {value}]"),
    "help-required": ("[必填]", "[required]"),
    "help-app": (
        "按政府公布的规划标准核查社区报表：谁达标、谁不达标、差多少、依据哪一条。",
        "Check what communities report against published planning standards: who passes, who fails, by how much, "
        "by which clause.",
    ),
    "help-version": ("显示版本", "show the version"),
    "help-install": (
        "让所用的 shell 会补全命令、选项、规则、标准和地区（写入其启动文件）",
        "let a shell complete commands, options, rules, standards and regions (written to its start-up file)",
    ),
    "help-show-install": ("只显示要写入的内容", "show what would be written there"),
    "completion-installed": (
        "{shell} 的补全已写入 {path}，新开一个窗口后生效",
        "completion for {shell} is in {path}; it works in a new window",
    ),
    "help-lang": ("输出语言：zh 或 en（默认随系统）", "language: zh or en (default: the locale)"),
    "help-check": ("核查报表（主要功能）", "judge returns: the main job"),
    "help-inspect": (
        "查看报表是怎样读取的：表头、列与字段、单位、跳过的行、未识别的列",
        "show how returns were read: header, columns and fields, units, skipped rows, unmapped columns",
    ),
    "help-gap": (
        "测算还差多少：每个对象补多少、哪些地区缺得多、占比还差几个，补足后重新判定",
        "work out what has to be added: for each subject, by region, for shares; judged again with all of it in place",
    ),
    "help-gap-level": (
        "分地区汇总到哪一级（默认取能分出几个地区的最大一级）",
        "level of the regions to add up for (default: the widest that tells several apart)",
    ),
    "help-gap-costs": (
        "单价文件（YAML）：每个补足途径、每种办法多少钱",
        "prices (YAML): what a lever costs by each method",
    ),
    "help-gap-budget": (
        "预算：多少钱（300万元，需 --costs），或多少某样东西（5000 m2；几个字段同一单位的，写“字段=数额”）",
        "a budget: money (3000000 yuan; takes --costs), or so much of a lever (5000 m2; LEVER=AMOUNT where several "
        "have that unit)",
    ),
    "help-gap-objective": (
        "预算怎么花：达标对象最多（默认）、受益居民最多、差得最远的先补、占比达标的地区最多（share-target:规则）",
        "what it is spent for: most subjects over their limits (default), most people, the worst off first, most "
        "regions that reach a share (share-target:RULE)",
    ),
    "help-gap-at": (
        "测算某一年的缺口，按该年年底判定（需 --growth 或 --projection；报表未写明年份的，用 --as-of 给出数据日期）",
        "the gap of a year, judged by its last day (takes --growth or --projection; --as-of is then the day of figures "
        "that do not say theirs)",
    ),
    "help-gap-growth": (
        "户数和人口每年增长多少（如 2%，逐年复利）",
        "by how much households and residents grow a year (2%, compounded)",
    ),
    "help-gap-projection": (
        "该年的数取自报表的某一列：字段=列名，如 户数=2030年预测户数（可重复）",
        "the figures of that year stand in a column of the return: households=2030 households (repeatable)",
    ),
    "help-gap-output": (
        "写入文件，格式看后缀（可重复）：.xlsx（各县一张表，合计为公式） .html .docx .json .csv .md .txt",
        "write a file, the format by its suffix (repeatable): .xlsx (a sheet for each county, sums as formulas) .html "
        ".docx .json .csv .md .txt",
    ),
    "gap-written": ("已写入 {path}", "written: {path}"),
    "help-gap-advisory": ("指导性规则也计入", "count the rules that advise as well"),
    "help-whatif": (
        "假设测算：限值改成另一个数，哪些对象会变为达标或不达标；在一段限值上，每个限值有多少达标",
        "what another limit would change: who changes side, where; over a span of limits, how many pass at each",
    ),
    "help-whatif-set": (
        "把一条规则的限值改成：数（LN-01=600，单位同现行限值）、带单位的数（LN-01='600 m2'、15%），"
        "或一段（LN-01=300..800，LN-01=.. 为全部）；可重复",
        "the limit of a rule: a number in its own unit (LN-01=600), one with a unit ('LN-01=600 m2', 15%), or a span "
        "(LN-01=300..800; LN-01=.. is all of it); repeatable",
    ),
    "help-whatif-parameter": (
        "把标准的一个参数改成：grid_households=250；可重复",
        "a parameter of a standard: grid_households=250; repeatable",
    ),
    "help-whatif-reform": (
        "修改规则的文件（YAML），写法同规则文件的 override、parameters、tables；可重复，几项修改按所给顺序依次生效",
        "a file (YAML) that changes rules as override, parameters and tables of rule files do; repeatable; changes "
        "apply in the order in which they are given",
    ),
    "help-engine": (
        "表太大、装不进内存时，由数据库引擎就地判定一张整齐的表（Parquet、csv、Arrow）：duckdb",
        "judge one tidy table (Parquet, csv, Arrow) that is too large for memory by a database engine: duckdb",
    ),
    "help-whatif-level": (
        "分地区到哪一级（默认取能分出几个地区的最大一级）",
        "level of the regions told apart (default: the widest that tells several apart)",
    ),
    "help-whatif-output": (
        "写入文件，格式看后缀（可重复）：.html .xlsx .svg .png（一段限值的曲线图） .json .csv .md .txt",
        "write a file, the format by its suffix (repeatable): .html .xlsx .svg .png (the curve over a span of limits) "
        ".json .csv .md .txt",
    ),
    "help-whatif-rate": (
        "在一段限值上求：限值定为多少，达标率正好能到这么多（如 90%）",
        "with a span of limits: at which limit that share would pass (90%)",
    ),
    "help-trend-output": (
        "写入文件（.xlsx、.html、.txt、.json、.csv、.md；可重复）；网页和工作簿中每个指标一张图",
        "write a file (.xlsx, .html, .txt, .json, .csv, .md; repeatable); pages and workbooks have a chart of each "
        "indicator",
    ),
    "help-conflicts": (
        "找出同一期两份报表对同一对象说法不一的数，列出两处单元格",
        "find what two returns of one period say differently of the same subject, and name both cells",
    ),
    "help-conflicts-output": (
        "写入文件（.xlsx、.html、.docx、.txt、.json、.csv、.md；可重复）",
        "write a file (.xlsx, .html, .docx, .txt, .json, .csv, .md; repeatable)",
    ),
    "help-overlap": (
        "看几张报表（空白表即可）重复要了哪些字段：各表在哪一格怎样写，哪些可以由别的栏目得出",
        "find which fields several forms ask for (blank ones will do): in which cell each of them asks, and what "
        "follows from other answers",
    ),
    "help-lists-output": (
        "写入文件（.xlsx、.html、.txt、.json、.csv、.md；可重复）",
        "write a file (.xlsx, .html, .txt, .json, .csv, .md; repeatable)",
    ),
    "help-trend": (
        "看多期报表的进展：各指标走了多远、年均变化多少、照此能否如期达到目标，哪些对象变差",
        "follow returns of several periods: how far each indicator has come, its pace, whether it will be in time",
    ),
    "help-compare": (
        "对比前后两次：哪些新不达标、哪些已整改、哪些更差，变化来自数据还是规则",
        "hold two runs against each other: newly failing, fixed, worse; by the figures or by the rules",
    ),
    "help-baseline": (
        "基线：记下今天的不达标，以后只有新出现的和更差的才算不通过",
        "baselines: the fails of today, after which only new and worse ones fail a check",
    ),
    "help-baseline-write": ("把今天的不达标写成基线", "write the fails of today as a baseline"),
    "help-baseline-update": (
        "更新基线：去掉已整改的；新的和更差的要加 --accept 才收进去",
        "take what is settled out of a baseline; what is new or worse comes in with --accept alone",
    ),
    "help-baseline-show": ("查看基线里有什么", "show what a baseline holds"),
    "help-baseline-output": ("写到哪个文件（.json）", "the file to write (.json)"),
    "help-baseline-file": ("基线文件", "a baseline"),
    "help-baseline-of": (
        "基线文件：其中已有、又没有变差的不达标照常列出，但不影响退出码",
        "a baseline: fails that it holds, no worse than there, are shown and do not decide the exit code",
    ),
    "help-baseline-accept": (
        "把新出现的、更差的和规则已改的不达标也收进基线",
        "take over fails that are new, worse or of a rule that has changed",
    ),
    "help-baseline-drop-unlisted": (
        "报表里已没有的对象也从基线去掉（报表要齐全）",
        "drop the entries of subjects that the returns no longer list (for complete returns)",
    ),
    "help-before": (
        "以前的：报表、文件夹，或 check --all-verdicts 的 JSON 报告",
        "the earlier one: a return, a folder, or a JSON report of check --all-verdicts",
    ),
    "help-after": ("现在的，同上", "the later one, likewise"),
    "help-compare-output": (
        "写入文件，格式由后缀决定（.xlsx .html .docx .csv .md .json .txt；只列新增和更差的：.xml .sarif），可重复",
        "write a file in the format of its suffix (.xlsx .html .docx .csv .md .json .txt; of what is new or worse "
        "alone: .xml .sarif); may be repeated",
    ),
    "help-before-standard": (
        "以前的报表按哪套标准判定（默认同 --standard），可重复",
        "the standard of the earlier returns (default: as --standard); may be repeated",
    ),
    "help-before-as-of": (
        "以前的报表按哪一天判定（默认取其报告期）",
        "the day by which the earlier returns are judged (default: that of their period)",
    ),
    "help-renames": (
        "更名文件（YAML）：哪些对象更名、合并、拆分",
        "what was renamed, merged or split (YAML)",
    ),
    "help-paths": (
        "报表文件、文件夹、通配符，或 @清单.txt（每行一个路径）",
        "return files, folders, globs, or @list.txt with a path a line",
    ),
    "help-jobs": (
        "同时用几个进程读取（默认：文件少用 1 个，多则每个处理器核一个）；结果不因此改变",
        "how many processes read at once (default: 1 for few files, else one a core); the results stay the same",
    ),
    "help-cache": (
        '把读取结果存入文件夹：没有变动的文件下次不再读，中断的批次可以接着做；写 "" 则这一次不用',
        "keep readings in a folder: unchanged files are not read again, and a stopped batch goes on where it ended; "
        'with "" none is used this time',
    ),
    "help-log-format": (
        "标准错误上的信息：text，或 json（每行一条）",
        "messages on standard error: text, or json with one object a line",
    ),
    "help-limit": (
        "提高（或降低）一项读取上限，可重复，如 memory=8GB、columns=5000；各项上限见 docs/reliability.zh-CN.md",
        "another limit for reading, repeatable: memory=8GB, columns=5000; docs/reliability.md lists them",
    ),
    "option-limit": (
        "{option}：“{value}”不是上限[[，是否想写“{near}”]]；写法如 memory=8GB、columns=5000，可用的有 {known}",
        "{option}: '{value}' sets no limit[[ (did you mean '{near}'?)]]; write memory=8GB or columns=5000. There are "
        "{known}",
    ),
    "option-jobs": ("--jobs 至少为 1，不能是 {value}", "--jobs is 1 or more, not {value}"),
    "stopped": ("已中断；没有留下写了一半的文件", "stopped; no half-written file was left"),
    "run-finished": (
        "读取 {read} 份，拒收 {refused} 份，退出码 {exit_code}",
        "{read} read, {refused} refused, exit code {exit_code}",
    ),
    "progress-reading": ("读取", "reading"),
    "progress-rate": ("{n} 份/秒", "{n}/s"),
    "progress-left": ("剩余", "left"),
    "help-standard": (
        "使用的标准（编号或 YAML 文件，可重复；默认按地区选择）",
        "standard to use (id or YAML file, repeatable; default: by region)",
    ),
    "help-rules-dir": ("另加一个规则文件夹", "a folder with further standards"),
    "help-region": ("报表所属地区（代码或名称），用于报表自身未写明时", "region of returns that do not state theirs"),
    "help-as-of": (
        "核查基准日（默认取报表期，否则为今天）",
        "the day to judge by (default: the return's period, else today)",
    ),
    "help-period": (
        "多期报表中核查哪一期，如 2020、2020-06-30（默认最近一期）",
        "of returns of several periods the one to judge, as 2020 or 2020-06-30 (default: the latest)",
    ),
    "help-select": ("只查这些规则（可重复，可用 *）", "only these rules (repeatable, * allowed)"),
    "help-ignore": ("不查这些规则（可重复，可用 *）", "not these rules (repeatable, * allowed)"),
    "help-mapping": (
        "列与字段的对应文件（由 inspect --save-mapping 生成）",
        "a mapping made by inspect --save-mapping",
    ),
    "help-waivers-group": ("豁免文件", "files of waivers"),
    "help-waivers-lint": (
        "核对豁免文件：格式、规则、对象、期限，以及值得再看的地方",
        "check a file of waivers: its form, rules, subjects and days, and what is worth a second look",
    ),
    "help-waivers-standard": (
        "可豁免哪些标准的规则（编号或 YAML 文件，可重复；默认全部）",
        "whose rules may be waived (id or YAML file, repeatable; default: all standards)",
    ),
    "help-waivers-as-of": (
        "按哪一天看是否到期（不写则不看）",
        "the day by which to look for what has expired (default: not looked at)",
    ),
    "help-waiver-file": ("豁免文件（YAML）", "a file of waivers (YAML)"),
    "help-waivers": (
        "豁免文件（YAML）：其中列明的不达标照样列出，但不影响退出码",
        "a YAML file of waivers: the fails it excuses stay in the report and leave the exit code alone",
    ),
    "help-save-mapping": ("把识别出的列与字段对应写入文件", "write the mapping of columns to fields to a file"),
    "help-output": (
        "把报告写入文件（可重复，按后缀选择格式：{suffixes}）",
        "write the report to a file (repeatable; the suffix chooses: {suffixes})",
    ),
    "help-split-by": (
        "按地区拆分结果：每个省、市、县或乡镇（街道）一个文件夹，放在 --output-dir 中",
        "split the results by region: a folder for each province, city, county or street in --output-dir",
    ),
    "help-output-dir": (
        "结果放在这个文件夹（没有则建立）：每份报表一个文件，另有清单；与 --split-by 同用则每个地区一个文件夹，"
        "另有总报告和目录 index.html",
        "the folder for results, made if missing: a file for each return and a manifest; with --split-by a "
        "folder for "
        "each region, the whole report and an index.html",
    ),
    "help-bundle": (
        "给每个地区什么文件，用逗号隔开：{kinds}（默认 {usual}；marked 是标注过的报表）；不按地区时是给每份报表什么"
        "（默认 xlsx）",
        "the files for each region, separated by commas: {kinds} (default: {usual}; marked is the returns, "
        "marked up); "
        "for each return where nothing is split by region (default: xlsx)",
    ),
    "help-format": ("标准输出的格式", "format on standard output"),
    "help-fail-on": ("哪一级的不达标使退出码为 1", "the severity from which a fail gives exit code 1"),
    "help-strict": ("有规则因缺列未核查时退出码为 3", "exit 3 where a rule was not checked for want of a column"),
    "help-allow-incomplete": ("无法判定时仍以 0 退出", "exit 0 even where something could not be judged"),
    "help-details": ("列出更长的清单（文字报告）", "longer lists (in the text report)"),
    "help-all-verdicts": (
        "列出全部结论（含达标与不适用；通报不逐条列出）",
        "list every verdict, passes included (a circular lists none)",
    ),
    "help-open": (
        "在浏览器中打开报告网页；没有用 -o 写网页时，写到临时文件夹",
        "open the report as a page in the browser; where -o writes none it is written to a temporary folder",
    ),
    "page-name": ("核查报告.html", "report.html"),
    "page-shown": ("报告在 {path}，已交给浏览器打开", "the report is {path}; the browser opens it"),
    "page-no-screen": (
        "报告在 {path}；这里没有可用的浏览器，请自行打开",
        "the report is {path}; there is no browser to open it here",
    ),
    "help-demo": (
        "在一个新文件夹里核查示例报表，并说明接下来做什么",
        "judge the sample in a new folder, and say what to do next",
    ),
    "help-demo-folder": ("示例放在这个文件夹", "the folder for the sample"),
    "demo-next": (
        "示例报表是 {sample}，报告网页是 {page}。接下来可以试试：",
        "The sample is {sample}, its report as a page {page}. What to try next:",
    ),
    "demo-inspect": ("看报表是怎样读的", "how it was read"),
    "demo-explain": ("看一条规则怎样算、依据哪些单元格", "how one rule was judged, from which cells"),
    "demo-mark-up": ("把要改的单元格标在报表副本里", "a copy with every cell to mend marked"),
    "demo-template": ("生成空白填报表，发给下级", "a blank return to send out"),
    "demo-own": ("核查自己的报表", "check returns of your own"),
    "help-doctor": (
        "列出反馈问题时需要的信息：版本、系统、编码、限制、设置；不含个人信息",
        "what a bug report needs: versions, system, encodings, limits, settings; no personal data",
    ),
    "doctor-head": (
        "反馈问题时请附上以下内容（不含用户名，主目录写作 ~）",
        "Put this into a bug report (it names no user; the home folder is ~)",
    ),
    "doctor-program": ("程序", "program"),
    "doctor-python": ("Python", "Python"),
    "doctor-platform": ("系统", "platform"),
    "doctor-text": ("语言与编码", "language and encodings"),
    "doctor-limits": ("限制", "limits"),
    "doctor-packages": ("所用的包", "packages"),
    "doctor-settings": ("不同于默认的设置", "settings other than the defaults"),
    "doctor-terminal": ("终端", "terminal"),
    "help-watch": (
        "盯住一个文件夹：报表有变动就合在一起重新核查；按 Ctrl-C 结束",
        "judge the returns of a folder together, again as they change; Ctrl-C ends it",
    ),
    "help-watch-folder": ("要盯住的文件夹（含下级文件夹）", "the folder, with those in it"),
    "help-watch-every": ("每隔几秒看一次", "seconds between two looks"),
    "watch-no-folder": ("watch 要给出文件夹，“{path}”不是", "watch needs a folder; '{path}' is none"),
    "watch-every": ("--every 至少为 1，不能是 {value}", "--every is 1 or more, not {value}"),
    "watch-begin": ("正在盯住 {folder}，按 Ctrl-C 结束", "watching {folder}; Ctrl-C ends it"),
    "watch-end": ("已结束", "ended"),
    "watch-file": (
        "{time}  {path}  不达标 {failed}[[（其中已豁免 {waived}）]]，无法判定 {unknown}",
        "{time}  {path}  {failed} failed[[ ({waived} waived)]], {unknown} could not be judged",
    ),
    "watch-gone": ("{time}  {path}  已不在", "{time}  {path}  gone"),
    "watch-line": (
        "{time}  {path}（共 {n} 份）{result}：达标 {passed}，不达标 {failed}[[（其中已豁免 {waived}）]]，"
        "无法判定 {unknown}",
        "{time}  {path} ({n} {{n:return|returns}})  {result}: {passed} passed, {failed} failed[[ ({waived} "
        "waived)]], {unknown} could not be judged",
    ),
    "watch-0": ("通过", "passed"),
    "watch-1": ("不通过", "not passed"),
    "watch-2": ("有报表读不了", "some could not be read"),
    "watch-3": ("未完", "incomplete"),
    "help-quiet": (
        "不向标准输出打印报告，也不显示进度；错误仍写到标准错误",
        "print no report on standard output and show no progress; errors still go to standard error",
    ),
    # settings: the file, the environment, and what is wrong with either
    "help-config": (
        "设置文件（默认取当前文件夹的 communitycheck.toml，或 pyproject.toml 的 [tool.communitycheck]；"
        "在代码库或个人主目录内也取上级的）",
        "settings file (default: communitycheck.toml, or [tool.communitycheck] in pyproject.toml, here or, inside a "
        "repository or the home folder, above)",
    ),
    "help-no-config": ("不采用任何设置文件", "take no settings file"),
    "help-config-group": ("查看设置", "look at the settings"),
    "help-config-show": ("每个选项现在的取值及其来源", "the value of every option and where it comes from"),
    "config-missing": (
        "设置文件不存在或读不出：{path}[[；是否想用“{near}”]]",
        "the settings file is missing or cannot be read: {path}[[; did you mean '{near}'?]]",
    ),
    "config-not-plain": (
        "设置文件 {path} 不是普通文件（而是管道、设备或其他），未打开；请删去它，或加 --no-config",
        "the settings file {path} is no plain file but a pipe, a device or the like, and was not opened; remove it, or "
        "add --no-config before the command",
    ),
    "config-too-large": (
        "设置文件 {path} 超过 {limit} KB，未采用；请核对是否写错了文件，或加 --no-config",
        "the settings file {path} has over {limit} KB and was not read; see whether it is the right file, or add "
        "--no-config before the command",
    ),
    "config-and-none": (
        "--no-config 与 --config {path} 只能取其一",
        "either --no-config or --config {path}, not both",
    ),
    "config-limit": (
        "{path}：它要改读取上限（{value}）；自动找到的设置文件不得如此。确要采用，请用 --config 指明该文件，"
        "或写 --limit，否则加 --no-config",
        "{path}: it sets limits of reading ({value}), which a settings file that was merely found may not; name it "
        "with --config if you want that, or give --limit, else add --no-config",
    ),
    "config-outside": (
        "{path}：{key} 要写到 {value}，在该文件所在文件夹 {folder} 之外；"
        "自动找到的设置文件不得如此。确要采用，请用 --config 指明该文件，否则加 --no-config",
        "{path}: {key} is to be written to {value}, outside the folder of this file ({folder}), which a settings file "
        "that was merely found may not ask; name it with --config if you want that, else add --no-config",
    ),
    "config-shadows": (
        "{path}：它让 {file} 顶替自带的“{name}”；自动找到的设置文件不得如此。"
        "确要采用，请用 --standard 或 --rules-dir 写明，或用 --config 指明该设置文件，否则加 --no-config",
        "{path}: it lets {file} take the place of the built-in '{name}', which a settings file that was merely found "
        "may not; give --standard or --rules-dir on the command line, name the settings file with --config, or add "
        "--no-config",
    ),
    "config-bears": (
        "采用了找到的设置文件 {path}，其中影响结论的有：{settings}（--no-config 可不采用）",
        "the settings file {path} was found and bears on the verdict: {settings} (--no-config leaves it out)",
    ),
    "config-passed-over": (
        "设置文件 {path} 未采用：{why}；确要采用，请用 --config 指明",
        "the settings file {path} was not taken: {why}; name it with --config if you want it",
    ),
    "config-not-own": ("它属于别的用户", "it belongs to another user"),
    "config-beyond": (
        "它在当前文件夹之上，又不在同一代码库或个人主目录之内",
        "it lies above this folder, and not in the same repository or home",
    ),
    "config-off": ("因 --no-config 未采用设置文件", "no settings file, because of --no-config"),
    "side-file-no-file": (
        "{path} 是管道或设备，不是文件；请先把内容存成文件",
        "{path} is a pipe or a device, not a file; save its content to a file first",
    ),
    "side-file-too-large": (
        "{path} 有 {found}，上限 {most}，多半不是这种文件；确实需要时用 --limit {limit}=N 提高上限",
        "{path} has {found} or more, and the limit is {most}: this is hardly such a file. Raise the limit with "
        "--limit {limit}=N if it is",
    ),
    "config-not-toml": ("{path}：不是有效的 TOML（{cause}）", "{path}: not valid TOML ({cause})"),
    "config-unknown": (
        "{path}：没有名为“{key}”的设置[[，最接近的是“{near}”]]；可用的有 {known}",
        "{path}: there is no setting '{key}'[[; the nearest is '{near}']]; known are {known}",
    ),
    "config-value-flag": (
        "{path}：{key} 只能是 true 或 false，不能是 {value}",
        "{path}: {key} is true or false, not {value}",
    ),
    "config-not-table": (
        "{path}：tool.communitycheck 应是一组设置（[tool.communitycheck] 下写 选项 = 值），不能是 {value}",
        "{path}: tool.communitycheck is a table of settings (option = value below [tool.communitycheck]), not {value}",
    ),
    "config-value-number": (
        "{path}：{key} 要写整数，至少为 1，不能是 {value}",
        "{path}: {key} is a whole number, 1 or more, not {value}",
    ),
    "config-value-many": (
        '{path}：{key} 要写文本或文本列表，如 ["a", "b"]，不能是 {value}',
        '{path}: {key} is a text or a list of texts such as ["a", "b"], not {value}',
    ),
    "config-value-text": ("{path}：{key} 要写文本，不能是 {value}", "{path}: {key} is a text, not {value}"),
    "config-stranger": (
        "提示：环境变量 {name} 不是设置，未采用[[；是否想写 {near}？]]",
        "note: the variable {name} is no setting and was not used[[; did you mean {near}?]]",
    ),
    "config-file": ("设置文件：{path}", "settings file: {path}"),
    "config-no-file": ("没有设置文件", "no settings file"),
    "column-option": ("选项", "option"),
    "column-set-to": ("取值", "value"),
    "column-source": ("来源", "from"),
    "source-default": ("默认", "default"),
    "source-file": ("{where}", "{where}"),
    "source-environment": ("环境变量 {where}", "variable {where}"),
}
