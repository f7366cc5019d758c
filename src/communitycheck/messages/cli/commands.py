"""What the commands say of a run, and of a command line that is wrong."""

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
    "completion-installed": (
        "{shell} 的补全已写入 {path}，新开一个窗口后生效",
        "completion for {shell} is in {path}; it works in a new window",
    ),
    "gap-written": ("已写入 {path}", "written: {path}"),
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
    "page-name": ("核查报告.html", "report.html"),
    "page-shown": ("报告在 {path}，已交给浏览器打开", "the report is {path}; the browser opens it"),
    "page-no-screen": (
        "报告在 {path}；这里没有可用的浏览器，请自行打开",
        "the report is {path}; there is no browser to open it here",
    ),
    "demo-next": (
        "示例报表是 {sample}，报告网页是 {page}。接下来可以试试：",
        "The sample is {sample}, its report as a page {page}. What to try next:",
    ),
    "demo-inspect": ("看报表是怎样读的", "how it was read"),
    "demo-explain": ("看一条规则怎样算、依据哪些单元格", "how one rule was judged, from which cells"),
    "demo-mark-up": ("把要改的单元格标在报表副本里", "a copy with every cell to mend marked"),
    "demo-template": ("生成空白填报表，发给下级", "a blank return to send out"),
    "demo-own": ("核查自己的报表", "check returns of your own"),
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
}
