"""Texts of ``whatif``: what another limit would change."""

MESSAGES: dict[str, tuple[str, str]] = {
    "whatif-title": ("假设测算", "What if"),
    "whatif-label-changes": ("假设", "if"),
    "whatif-sentence": (
        "{condition}，{result}[[；{rates}]][[；{unknown}]]。",
        "{condition}, {result}[[; {rates}]][[; {unknown}]].",
    ),
    "whatif-raised": ("若“{rule}”由 {was} 提高到 {now}", "If {rule} is raised from {was} to {now}"),
    "whatif-lowered": ("若“{rule}”由 {was} 降低到 {now}", "If {rule} is lowered from {was} to {now}"),
    "whatif-replaced": ("若“{rule}”由“{was}”改为“{now}”", "If {rule} is changed from '{was}' to '{now}'"),
    "whatif-otherwise": ("若“{rule}”（{now}）按所设修改", "If {rule} ({now}) is changed so"),
    "whatif-same": ("“{rule}”（{now}）没有改变", "{rule} ({now}) stays as it is"),
    "whatif-changes": (
        "[[{failing}]][[，其中{where}]][[{comma}]][[{fixed}]]",
        "[[{failing}]][[ ({where})]][[{comma}]][[{fixed}]]",
    ),
    "whatif-failing": (
        "{n} 个{kind}将由达标变为不达标",
        "{n} {kind} that {{n:passes|pass}} today would fail",
    ),
    "whatif-fixed": (
        "{n} 个{kind}将由不达标变为达标",
        "{n} {kind} that {{n:fails|fail}} today would pass",
    ),
    "whatif-changes-none": (
        "没有对象由达标变为不达标，也没有相反的",
        "nobody who passes would fail, nor the other way round",
    ),
    "whatif-in-region": ("{name} {n} 个", "{name} {n}"),
    "whatif-rates": ("达标率由 {before} 变为 {after}", "the pass rate goes from {before} to {after}"),
    "whatif-rates-same": ("达标率仍为 {after}", "the pass rate stays {after}"),
    "whatif-change-newly-failing": ("新不达标", "newly failing"),
    "whatif-change-fixed": ("新达标", "newly passing"),
    "whatif-change-not-due": ("未达标但未到期", "missed, not due"),
    "whatif-change-no-longer-checked": ("不再判定", "no longer checked"),
    "whatif-change-newly-checked": ("新判定", "newly checked"),
    "whatif-unknown": (
        "另有 {n} 个资料不全，无法判定",
        "{n} more cannot be told for want of figures",
    ),
    "whatif-takes-more": (
        "所改规则全部达标，还需增加{lever} {after}，比改前（{before}）多 {more}[[，按最省的办法多花 {money}]]"
        "[[；另有 {unknown} 个资料不全，未计入]]。",
        "For all to pass what is changed, {lever} has to grow by {after}, {more} more than today ({before})"
        "[[, which costs {money} more by the cheapest method]][[; who cannot be told is left out: {unknown}]].",
    ),
    "whatif-takes-less": (
        "所改规则全部达标，还需增加{lever} {after}，比改前（{before}）少 {more}[[，按最省的办法少花 {money}]]"
        "[[；另有 {unknown} 个资料不全，未计入]]。",
        "For all to pass what is changed, {lever} has to grow by {after}, {more} less than today ({before})"
        "[[, which costs {money} less by the cheapest method]][[; who cannot be told is left out: {unknown}]].",
    ),
    "whatif-takes-none": (
        "{lever}补多少也不够的有 {none} 个，所改规则不能全部达标"
        "[[；其余 {others} 个还需增加 {after}（改前共需 {before}）]]"
        "[[；另有 {unknown} 个资料不全，未计入]]。",
        "Not all can pass what is changed: no amount of {lever} is enough for {none}[[; the other {others} "
        "{{others:needs|need}} {after} (today {before} in all)]][[; who cannot be told is left out: {unknown}]].",
    ),
    "whatif-takes-now": (
        "所改规则全部达标，还需增加{lever} {after}；改前有的补多少也不够，不能相比"
        "[[；另有 {unknown} 个资料不全，未计入]]。",
        "For all to pass what is changed, {lever} has to grow by {after}; today no amount helps some, so the two are "
        "not compared[[; who cannot be told is left out: {unknown}]].",
    ),
    "whatif-takes-same": (
        "所改规则全部达标，还需增加{lever} {after}，与改前相同[[；另有 {unknown} 个资料不全，未计入]]。",
        "For all to pass what is changed, {lever} has to grow by {after}, as today"
        "[[; who cannot be told is left out: {unknown}]].",
    ),
    "whatif-heading-levers": ("达标所需：改前 → 改后", "What it takes: before → after"),
    "whatif-column-add-before": ("改前需补", "to add before"),
    "whatif-column-add-after": ("改后需补", "to add after"),
    "whatif-column-more": ("多补", "more"),
    "whatif-column-none-before": ("改前补多少也不够", "no amount helps, before"),
    "whatif-column-none-after": ("改后补多少也不够", "no amount helps, after"),
    "whatif-column-cost-before": ("改前费用", "cost before"),
    "whatif-column-cost-after": ("改后费用", "cost after"),
    "whatif-column-cost-more": ("多花", "more cost"),
    "whatif-no-verdicts": ("所改的规则没有可判定的对象。", "The rules that are changed judge nobody in these returns."),
    "whatif-not-side-by-side": (
        "“{rule}”改后判定的是另一类对象，不能逐个对照；可用 check 分别判定。",
        "{rule} would judge other subjects than today, so they cannot be held side by side; judge both with check.",
    ),
    "whatif-hangs-on-span": (
        "“{rule}”随这段限值而变，这里没有列出；请给一个限值，如 --set 规则=限值。",
        "Not shown here is {rule}: it hangs on the limit of the span; give one limit, --set RULE=VALUE.",
    ),
    "whatif-waits": (
        "“{rule}”尚未判定：哪一列是 {fields} 有待确认（写映射文件，或改表头）。",
        "{rule} is not judged yet: which column is {fields} has to be confirmed (with a mapping file, or by renaming "
        "the header).",
    ),
    "whatif-lacking": (
        "“{rule}”无法判定：报表里没有 {fields}。",
        "{rule} cannot be judged: the returns have no {fields}.",
    ),
    "whatif-heading-rules": ("各规则：改前 → 改后", "Rules: before → after"),
    "whatif-heading-regions": ("{rule}：按{level}", "{rule}, by {level}"),
    "whatif-heading-subjects": ("{rule}：{change}（{n}）", "{rule}: {change} ({n})"),
    "whatif-heading-curve": ("{rule}：不同限值下的达标情况", "{rule}: how many pass at each limit"),
    "whatif-column-limit": ("限值", "limit"),
    "whatif-column-failing": ("新不达标", "newly failing"),
    "whatif-column-fixed": ("新达标", "newly passing"),
    "whatif-column-picture": ("图", "picture"),
    "whatif-column-change": ("变化", "change"),
    "whatif-column-before": ("改前", "before"),
    "whatif-column-after": ("改后", "after"),
    "whatif-column-required-before": ("改前要求值", "required before"),
    "whatif-now": ("← 现行", "← today"),
    "whatif-at-limit": (
        "限值为{limit}时，已判定的 {of} 个中 {n} 个达标（{rate}）[[，另有 {unknown} 个无法判定]]。",
        "With {limit}, {n} of the {of} judged {{n:passes|pass}} ({rate})[[; {unknown} more cannot be told]].",
    ),
    "whatif-rate-at": (
        "要使达标率达到 {rate}，“{rule}”最严可定为{limit}。",
        "For {rate} to pass, {rule} can be as strict as {limit}.",
    ),
    "whatif-rate-under": (
        "要使达标率达到 {rate}，“{rule}”最严可定到不满 {under}，如{limit}。",
        "For {rate} to pass, {rule} can be as strict as anything under {under}, such as {limit}.",
    ),
    "whatif-under": ("不满 {limit}", "under {limit}"),
    "whatif-rate-never": (
        "“{rule}”无论定为多少，达标率都到不了 {rate}。",
        "At no limit does {rule} reach a pass rate of {rate}.",
    ),
    "whatif-rate-band": (
        "无法判定的若都算不达标，该限值为 {least}；若都算达标，为 {most}。",
        "That limit is {least} if all who cannot be told fail, and {most} if all of them pass.",
    ),
    "whatif-nowhere": ("到不了", "nowhere"),
    "whatif-curve-empty": (
        "“{rule}”没有可比较的数值，画不出曲线。",
        "{rule} has no figures that a limit could be held against.",
    ),
    "whatif-between-stricter": (
        "两行之间的限值，结果同较严的一行；各行限值即实际值，没有漏掉的变化。",
        "Between two lines it is as on the stricter one; the limits are the observed figures, so no change is missed.",
    ),
    "whatif-between-milder": (
        "两行之间的限值，结果同较宽的一行；各行限值即实际值，没有漏掉的变化。",
        "Between two lines it is as on the milder one; the limits are the observed figures, so no change is missed.",
    ),
    "whatif-more-subjects": ("另有 {n} 个，加 --details 全部列出", "{n} more; --details lists all"),
    "whatif-more-regions": (
        "另有 {n} 个地区，加 --details 全部列出",
        "{n} more {{n:region|regions}}; --details lists all",
    ),
    "whatif-more-steps": (
        "另有 {n} 个限值处有变化，加 --details 全部列出。",
        "{n} more {{n:limit|limits}} at which something changes; --details lists all.",
    ),
    "whatif-picture-unknown": (
        "█ 达标，░ 无法判定（可能达标）。",
        "█ passes, ░ cannot be told and may pass.",
    ),
    "whatif-picture-title": ("{rule}：达标率（%）", "{rule}: who passes (%)"),
    "whatif-picture-band": ("无法判定，可能达标", "cannot be told and may pass"),
    "whatif-picture-now": ("现行 {limit}", "today {limit}"),
    "whatif-sheet-answer": ("测算", "what if"),
    "whatif-sheet-subjects": ("变化的对象", "who changes side"),
    "whatif-sheet-curve": ("限值曲线", "curve"),
    "whatif-column-sure": ("达标占全部", "passes, of all"),
    "whatif-column-may": ("可能达标占全部", "may pass, of all"),
    "whatif-no-curve": (
        "{path}：没有曲线可画；请给一段限值，如 --set LN-01=300..800",
        "{path}: there is no curve to draw; give a span of limits, such as --set LN-01=300..800",
    ),
    "whatif-no-png": (
        '{path}：画 PNG 需要 resvg_py，请先安装：pip install "communitycheck[png]"；.svg 不用安装',
        '{path}: a PNG needs resvg_py; install it with pip install "communitycheck[png]", or write .svg instead',
    ),
    "whatif-written": ("已写入 {path}", "written: {path}"),
    "whatif-nothing": (
        "没有要改的内容；请写 --set 规则=限值、--parameter 参数=数值 或 --reform 文件",
        "nothing is to be changed; give --set RULE=VALUE, --parameter NAME=VALUE or --reform FILE",
    ),
    "whatif-form": (
        "{option}：应写成 名称=数值，如 --set LN-01=600 m2（有空格时加引号）",
        "{option}: write NAME=VALUE, such as --set 'LN-01=600 m2'",
    ),
    "whatif-parameter-unknown": (
        "所用标准里没有参数“{name}”[[，最接近的是“{near}”]]；现有参数：{known}",
        "the standards in use have no parameter '{name}'[[; the nearest is '{near}']]; they have: {known}",
    ),
    "whatif-no-number": (
        "{option}：{rule} 的限值不是单独一个数（{limit}）；可以改用[[ {can}，或]] --reform 文件（{override}）",
        "{option}: the limit of {rule} is no single number ({limit}); what can be given is [[{can}, or ]]"
        "--reform FILE with {override}",
    ),
    "whatif-manual": (
        "{option}：{rule} 由人工核查，没有可改的限值",
        "{option}: {rule} is checked by hand and has no limit to set",
    ),
    "whatif-no-span": (
        "{option}：{rule}（{limit}）不分高低，不能在一段限值上测算；请给一个数，如 --set {rule}=…",
        "{option}: {rule} ({limit}) has no better side, so no span of limits; give one value, --set {rule}=…",
    ),
    "whatif-two-spans": (
        "{option}：一次只能有一条规则的限值是一段（低..高）；请分次测算",
        "{option}: of one rule alone can the limit run through a span (LOW..HIGH); take them one by one",
    ),
    "whatif-span-order": (
        "一段限值要先低后高：{low} 比 {high} 大",
        "a span of limits goes from low to high: {low} is more than {high}",
    ),
    "whatif-value": (
        "{option}：“{value}”不是数；应写成如 {near}",
        "{option}: '{value}' is no number; write it such as {near}",
    ),
    "whatif-below-zero": (
        "{option}：{rule} 判定的数不会小于零，限值不能是负数",
        "{option}: what {rule} judges is never below zero, and so its limit cannot be",
    ),
    "whatif-share": (
        "{option}：这里是百分数，“{value}”可能是 {share}，也可能是 {percent}；请写明",
        "{option}: this is a percentage, and '{value}' may be {share} or {percent}; write which",
    ),
    "whatif-unit": (
        "{option}：“{value}”的单位量的是别的东西；这里的单位是 {unit}",
        "{option}: the unit of '{value}' measures something else; what it replaces is in {unit}",
    ),
    "whatif-unit-none": (
        "{option}：这里没有单位，“{value}”不要写单位",
        "{option}: what it replaces has no unit; write '{value}' without one",
    ),
    "whatif-not-selected": (
        "所改的规则（{rules}）被 --select 或 --ignore 排除了",
        "--select or --ignore leaves out the rules that are changed ({rules})",
    ),
    "whatif-rate": (
        "--rate 应为百分数，如 90%，不能是“{value}”",
        "--rate is a percentage such as 90%, not '{value}'",
    ),
    "whatif-rate-alone": (
        "--rate 要与一段限值合用，如 --set LN-01=300..800 或 --set LN-01=..",
        "--rate goes with a span of limits, such as --set LN-01=300..800 or --set LN-01=..",
    ),
}
