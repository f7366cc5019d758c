"""Texts of ``trend``: how far indicators have come from period to period, and whether they will be in time."""

MESSAGES: dict[str, tuple[str, str]] = {
    "trend-title": ("进展与趋势", "Progress towards the targets"),
    "trend-periods": ("各期", "periods"),
    "trend-standards": ("标准", "standards"),
    "trend-day": ("按哪天的要求", "judged by the rules of"),
    "trend-statuses": ("结论", "outlook"),
    "trend-status-count": ("{status} {n}", "{n} {status}"),
    "trend-status-met": ("已达到", "met"),
    "trend-status-on-track": ("可如期达到", "on track"),
    "trend-status-speed-up": ("需加快", "must speed up"),
    "trend-status-too-slow": ("明显偏慢", "too slow"),
    "trend-status-going-back": ("倒退", "going back"),
    "trend-status-due-past": ("逾期未达到", "overdue"),
    "trend-status-one-point": ("只有一期", "one figure only"),
    "trend-status-no-due": ("没有期限", "no deadline"),
    "trend-status-undecided": ("不能确定", "undecided"),
    "trend-status-unknown": ("没有数据", "no figure"),
    "trend-heading": ("{level}：各指标的进展[[（期限 {due}）]]", "Indicators: {level}[[, due {due}]]"),
    "trend-column-target": ("目标", "target"),
    "trend-column-pace": ("年均变化", "a year"),
    "trend-column-needed": ("今后每年需", "needed a year"),
    "trend-column-projected": ("到期推算", "projected"),
    "trend-column-status": ("结论", "outlook"),
    "trend-column-more": ("还差", "missing"),
    "trend-points": ("{n}点", "{n} pp"),
    "trend-old-rule": ("{value}*", "{value}*"),
    "trend-broken": (
        "* 当时的要求与现在不同，不用来计算年均变化。",
        "* The rule asked something else then, so no pace is taken from that figure.",
    ),
    "trend-how": (
        "年均变化＝（最近一期－首期）÷ 相隔年数；到期推算按年均变化一直不变；达到所需进度的 95% 以上为可如期达到，"
        "60% 至 95% 为需加快，60% 以下为明显偏慢。点即百分点。",
        "A year: (latest - first) / years between them; projected: if that pace holds. At least 95 % of the pace that "
        "leads from the first figure to the target is on track, 60 to 95 % must speed up, less is too slow.",
    ),
    "trend-late-start": (
        "{rule}（{region}）：首期没有数据，从 {period} 算起。",
        "{rule} ({region}): no figure of the first period; the pace is taken from {period}.",
    ),
    "trend-early-end": (
        "{rule}（{region}）：最近一期没有数据，算到 {period} 为止。",
        "{rule} ({region}): no figure of the latest period; the last is of {period}.",
    ),
    "trend-sheet-tables": ("进展", "progress"),
    "trend-sheet-charts": ("图", "charts"),
    "trend-chart-projected": ("{name}（推算）", "{name} (projected)"),
    "trend-untargeted": (
        "下列规则的整体指标没有可以逐步接近的数值目标（是否、等于、列举），只判是否达标，请看 check：{rules}",
        "These rules on regions set no number to move towards (yes or no, equals, lists); check judges them: {rules}",
    ),
    "trend-none": ("没有带目标的整体指标。", "No rule sets a target for an indicator of regions."),
    "trend-heading-worse": ("比上一期更差的对象", "Subjects worse off than in the period before"),
    "trend-heading-matched": ("与最近一期对应的对象", "Subjects found again in the latest period"),
    "trend-column-period": ("期别", "period"),
    "trend-heading-alone": ("没有对上的对象", "Subjects without a partner"),
    "trend-gone": ("{period}有，{latest}没有", "in {period}, not in {latest}"),
    "trend-come": ("{latest}有，{period}没有", "in {latest}, not in {period}"),
    "trend-question": ("{period}：{was}是否就是{now}？{why}", "{period}: is {was} now {now}? {why}"),
    "trend-not-comparable": (
        "有的期别对不上的对象超过 2%，各合计数不可比；请用 --renames 声明更名、合并和拆分，或核对名单。",
        "More than 2 % of the subjects of some period have no partner in the latest, so no total is comparable; "
        "declare what was renamed, merged or split with --renames, or check the lists.",
    ),
    "trend-undated": (
        "{path}：{n} 条记录没有写明期别，没有计入；请在标题、文件名、工作表名或一列中写明。",
        "{path}: {n} {{n:record says|records say}} no period and {{n:is|are}} left out; a title, the file's or sheet's "
        "name or a column may say it.",
    ),
    "trend-ahead": (
        "{path}：{n} 条记录的年份还没有开始，没有计入。",
        "{path}: {n} {{n:record is|records are}} of a year that has not begun and {{n:is|are}} left out.",
    ),
    "trend-not-compared": (
        "没有两期的数字可以比较。",
        "No figure and no verdict of one period could be held against another.",
    ),
    "trend-years-in-question": (
        "{path} 有几个年份的列，没有读作各期：{why}",
        "{path} has columns of several years that were not read as periods: {why}",
    ),
    "trend-no-period": (
        "{path} 等报表没有写明期别，无法排出先后；请在标题（截至2023年12月31日）、文件名、工作表名或“年份”一列中写明",
        "no return says which period it is of ({path}, say): write it in a title (2023-12-31), the name of the file or "
        "sheet, or a column",
    ),
    "trend-column-value-low": ("数值下限", "value, lower end"),
    "trend-column-value-high": ("数值上限", "value, upper end"),
    "trend-column-pace-low": ("年均变化下限", "change a year, lower end"),
    "trend-column-pace-high": ("年均变化上限", "change a year, upper end"),
    "trend-column-needed-low": ("今后每年需下限", "needed a year, lower end"),
    "trend-column-needed-high": ("今后每年需上限", "needed a year, upper end"),
    "trend-column-projected-low": ("到期推算下限", "projected, lower end"),
    "trend-column-projected-high": ("到期推算上限", "projected, upper end"),
    "trend-column-ratio-low": ("进度比下限", "pace ratio, lower end"),
    "trend-column-ratio-high": ("进度比上限", "pace ratio, upper end"),
    "trend-column-comparable": ("可比", "comparable"),
}
