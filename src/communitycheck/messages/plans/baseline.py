"""Texts of baselines: what one holds, and how the fails of a run stand to it."""

MESSAGES: dict[str, tuple[str, str]] = {
    "label-baseline": ("基线", "baseline"),
    "baseline-summary": ("{path}（{n} 项）：{counts}", "{path} ({n} {{n:entry|entries}}): {counts}"),
    "baseline-count-known": ("已知 {n}", "{n} known"),
    "baseline-count-worse": ("更差 {n}", "{n} worse"),
    "baseline-count-rule-changed": ("规则已改 {n}", "{n} of a changed rule"),
    "baseline-count-new": ("新增 {n}", "{n} new"),
    "baseline-count-settled": ("已解决 {n}", "{n} settled"),
    "baseline-count-unanswered": ("现无结论 {n}", "{n} without an answer now"),
    "baseline-count-unlisted": ("本次没有判定 {n}", "{n} not judged in this run"),
    "result-0-baseline": (
        "没有新增的、更差的不达标[[（退出码 {exit}）]]",
        "no fail that is new or worse than in the baseline[[ (exit code {exit})]]",
    ),
    "result-3-baseline": (
        "没有新增的、更差的不达标，但核查不完整：{why}[[（退出码 {exit}）]]",
        "no fail that is new or worse than in the baseline, but the check is incomplete: {why}[[ (exit code {exit})]]",
    ),
    "brief-3-baseline": (
        "没有新增的、更差的不达标，但核查不完整（退出码 {code}）",
        "no fail that is new or worse than in the baseline, but incomplete (exit code {code})",
    ),
    "brief-0-baseline": (
        "没有新增的、更差的不达标（退出码 {code}）",
        "no fail that is new or worse than in the baseline (exit code {code})",
    ),
    "baseline-known": ("基线中已有", "known to the baseline"),
    "baseline-worse": (
        "基线中已有，现在更差或无法确定是否更差",
        "in the baseline, and worse now or not known to be no worse",
    ),
    "baseline-rule-changed": ("基线中已有，但规则要求已改", "in the baseline, and the rule asks something else now"),
    "baseline-new": ("基线之后新增", "new since the baseline"),
    "baseline-title": ("基线", "Baseline"),
    "baseline-label-file": ("文件", "file"),
    "baseline-column-fails": ("不达标", "fails"),
    "baseline-heading-fails": ("基线中的不达标", "Fails that it holds"),
    "baseline-written": ("已写入基线 {path}：{n} 项不达标。", "Baseline {path} written: {n} {{n:fail|fails}}."),
    "baseline-waived": (
        "另有 {n} 项已豁免（或报表自己说明了），没有写入：豁免到期后照样算新增，基线不会替它遮住。",
        "{n} waived or explained {{n:fail is|fails are}} not in it: once the waiver ends, {{n:it fails|they fail}} a "
        "check as new.",
    ),
    "baseline-count-waived": ("{counted}（其中已豁免 {n}）", "{counted} ({n} waived)"),
    "baseline-unnamed": (
        "另有 {n} 项没有写入：对象没有代码和名称，或在名单里不止一条，以后无法对应。",
        "{n} more {{n:is|are}} not in it: their subjects have neither code nor name, or are listed several times, so "
        "that later nobody could tell whose they are.",
    ),
    "baseline-updated": ("已更新基线 {path}：现有 {n} 项。", "Baseline {path} updated: {n} {{n:entry|entries}} now."),
    "baseline-updated-settled": ("已解决，去掉 {n} 项", "{n} settled and taken out"),
    "baseline-updated-waived": (
        "已豁免，去掉 {n} 项（到期后算新增）",
        "{n} waived and taken out (new once the waiver ends)",
    ),
    "baseline-updated-dropped": ("名单中已没有，去掉 {n} 项", "{n} no longer listed and taken out"),
    "baseline-updated-better": ("有好转，以新数为准 {n} 项", "{n} better, held at the better figure"),
    "baseline-updated-accepted": ("新收入 {n} 项", "{n} taken over"),
    "baseline-updated-kept": (
        "本次没有判定，保留 {n} 项（对象确已撤销的，加 --drop-unlisted）",
        "{n} kept of which this run says nothing (--drop-unlisted for subjects that are gone)",
    ),
    "baseline-updated-unanswered": (
        "本次无法判定，照旧保留 {n} 项",
        "{n} kept as {{n:it was|they were}}: {{n:its subject has|their subjects have}} no answer now",
    ),
    "baseline-updated-spared": (
        "本次没有判定，保留 {n} 项：报表没有全部读懂，名单里没有的可能就在其中，--drop-unlisted 没有去掉任何一项",
        "{n} kept of which this run says nothing: not all was read, and who is not listed may stand there, so "
        "--drop-unlisted took nothing out",
    ),
    "baseline-updated-refused": (
        "新增、更差或规则已改的 {n} 项没有收入（确认后加 --accept）",
        "{n} new, worse or of a changed rule not taken over (--accept does)",
    ),
    "baseline-no-output": (
        "写到哪个文件？请加 -o，例如 -o 基线.json",
        "where to? Name a file with -o, such as -o baseline.json",
    ),
    "baseline-none-given": (
        "更新哪个基线？请加 --baseline，例如 --baseline 基线.json",
        "which baseline? Name it with --baseline, such as --baseline baseline.json",
    ),
    "baseline-not-json": (
        "基线是 JSON 文件，{path} 应以 .json 结尾",
        "a baseline is a JSON file: {path} has to end in .json",
    ),
    "baseline-not-found": ("没有这个基线文件：{path}；请核对路径", "there is no baseline {path}; check the path"),
    "baseline-unreadable": ("基线 {path} 读不出来[[：{reason}]]", "baseline {path} cannot be read[[: {reason}]]"),
    "baseline-no-json": (
        "基线 {path} 第 {line} 行不是正确的 JSON；请恢复原文件，或用 baseline write 重写",
        "baseline {path}, line {line}: no JSON; restore the file, or write it anew with baseline write",
    ),
    "baseline-no-baseline": (
        "{path} 不是基线文件（{schema}）；请用 baseline write 生成",
        "{path} is no baseline ({schema}); baseline write makes one",
    ),
    "baseline-entry": (
        "基线 {path}[[ 第 {line} 行]]，fails 第 {n} 项：{key} 缺少、多余或不是应有的值",
        "baseline {path}[[, line {line}]], entry {n} of fails: {key} is missing, unknown or not what belongs there",
    ),
    "baseline-at-odds": (
        "基线 {path}[[ 第 {line} 行]]，fails 第 {n} 项（规则 {key}）：observed、required、shortfall 对不上，"
        "不会是一次核查所得；请恢复原文件，或用 baseline write 重写",
        "baseline {path}[[, line {line}]], entry {n} of fails (rule {key}): observed, required and shortfall do not go "
        "together, so no check gave them; restore the file, or write it anew with baseline write",
    ),
    "baseline-twice": (
        "基线 {path}[[ 第 {line} 行]]，fails 第 {n} 项：同一对象在规则 {key} 下已有一项，请去掉一项",
        "baseline {path}[[, line {line}]], entry {n} of fails: rule {key} has its subject already; take one of them "
        "out",
    ),
}
