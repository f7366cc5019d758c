"""What help says of every command and option."""

MESSAGES: dict[str, tuple[str, str]] = {
    "help-force": (
        "覆盖别人写的或改过的同名文件（只能在命令行上给出；改过的标注副本仍保留）",
        "replace files that others wrote or edited (on the command line alone; a marked-up copy that somebody has "
        "mended stays even so)",
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
    "help-demo": (
        "在一个新文件夹里核查示例报表，并说明接下来做什么",
        "judge the sample in a new folder, and say what to do next",
    ),
    "help-demo-folder": ("示例放在这个文件夹", "the folder for the sample"),
    "help-doctor": (
        "列出反馈问题时需要的信息：版本、系统、编码、限制、设置；不含个人信息",
        "what a bug report needs: versions, system, encodings, limits, settings; no personal data",
    ),
    "help-watch": (
        "盯住一个文件夹：报表有变动就合在一起重新核查；按 Ctrl-C 结束",
        "judge the returns of a folder together, again as they change; Ctrl-C ends it",
    ),
    "help-watch-folder": ("要盯住的文件夹（含下级文件夹）", "the folder, with those in it"),
    "help-watch-every": ("每隔几秒看一次", "seconds between two looks"),
    "help-quiet": (
        "不向标准输出打印报告，也不显示进度；错误仍写到标准错误",
        "print no report on standard output and show no progress; errors still go to standard error",
    ),
    "help-config": (
        "设置文件（默认取当前文件夹的 communitycheck.toml，或 pyproject.toml 的 [tool.communitycheck]；"
        "在代码库或个人主目录内也取上级的）",
        "settings file (default: communitycheck.toml, or [tool.communitycheck] in pyproject.toml, here or, inside a "
        "repository or the home folder, above)",
    ),
    "help-no-config": ("不采用任何设置文件", "take no settings file"),
    "help-config-group": ("查看设置", "look at the settings"),
    "help-config-show": ("每个选项现在的取值及其来源", "the value of every option and where it comes from"),
}
