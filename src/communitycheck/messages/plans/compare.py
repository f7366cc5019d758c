"""Texts of ``compare``: what changed from one run to another, and why."""

MESSAGES: dict[str, tuple[str, str]] = {
    "compare-title": ("前后对比", "What changed"),
    "compare-side": ("{path}（截至 {day}；{standards}）", "{path} (as of {day}; {standards})"),
    "compare-groups": ("{entity}（合计）", "{entity} (as a whole)"),
    "compare-column-before": ("以前", "before"),
    "compare-column-after": ("现在", "after"),
    "compare-column-merged": ("合并或拆分", "merged or split"),
    "compare-column-gone": ("不再出现", "gone"),
    "compare-column-come": ("新出现", "come"),
    "compare-column-merged-or-split": ("已合并或拆分", "merged or split"),
    "compare-column-made-of-others": ("由合并或拆分而来", "made by merging or splitting"),
    "compare-column-unmatched": ("未对上", "unmatched"),
    "compare-column-causes": ("原因", "because of"),
    "compare-column-cause": ("原因", "because of"),
    "compare-column-comparable": ("可比性", "comparable"),
    "compare-column-change": ("变化", "change"),
    "compare-column-trend": ("好转或更差", "better or worse"),
    "compare-column-was": ("原名称", "name before"),
    "compare-column-was-code": ("原代码", "code before"),
    "compare-column-outcome-before": ("以前结论", "outcome before"),
    "compare-column-outcome-after": ("现在结论", "outcome after"),
    "compare-column-observed-before": ("以前实际值", "observed before"),
    "compare-column-observed-after": ("现在实际值", "observed after"),
    "compare-column-required-before": ("以前要求值", "required before"),
    "compare-column-required-after": ("现在要求值", "required after"),
    "compare-column-short-before": ("以前缺口", "shortfall before"),
    "compare-column-short-after": ("现在缺口", "shortfall after"),
    "compare-sheet-totals": ("合计", "totals"),
    "compare-sheet-changes": ("逐项变化", "changes"),
    "compare-sheet-subjects": ("对象增减", "subjects"),
    "compare-written-file": ("已写入 {path}", "{path} written"),
    "compare-column-how": ("依据", "how"),
    "compare-column-failed": ("不达标规则", "rules failed"),
    "compare-by-code": ("按代码", "by code"),
    "compare-by-name": ("按名称", "by name"),
    "compare-by-recoded": ("换了代码", "new code"),
    "compare-by-ending": ("换了后缀", "other ending"),
    "compare-by-declared": ("按声明", "declared"),
    "compare-not-comparable": ("不可比", "not comparable"),
    "compare-why-not-comparable": (
        "对不上的对象超过 2%，以下各合计数不可比；请用 --renames 声明更名、合并和拆分，或核对名单。",
        "More than 2 % of the subjects have no partner on the other side, so no total below is comparable; declare "
        "what was renamed, merged or split with --renames, or check the lists.",
    ),
    "compare-in-part-before": (
        "以前的报告只列了未达标的（生成时没有加 --all-verdicts）：没有列出的可能达标、可能不在范围内，"
        "也可能没有这个对象；新增对象和新不达标因此无法区分。",
        "The earlier report lists only what did not pass (it was made without --all-verdicts): who is not in it may "
        "have passed, been out of scope or not been there, so new fails and new subjects cannot be told apart.",
    ),
    "compare-in-part-after": (
        "现在的报告只列了未达标的（生成时没有加 --all-verdicts）：没有列出的可能达标、可能不在范围内，"
        "也可能没有这个对象；已整改和已消失因此无法区分。",
        "The later report lists only what did not pass (it was made without --all-verdicts): who is not in it may "
        "pass, be out of scope or be gone, so what was fixed and who is gone cannot be told apart.",
    ),
    "compare-unread": ("{path} 中有 {n} 份报表未能读取。", "{n} {{n:return|returns}} of {path} could not be read."),
    "compare-rules-alone": (
        "{n} 条规则只有一方有（标准不同）：其判定算作新判定或不再判定。",
        "{n} {{n:rule stands|rules stand}} on one side alone, as the standards differ: what {{n:it says|they say}} is "
        "newly checked, or no longer.",
    ),
    "compare-rules-changed": (
        "{n} 条规则的要求前后不同：已用以前的规则重新判定现在的数据，分清哪些变化来自规则、哪些来自数据。",
        "{n} {{n:rule asks|rules ask}} something else than before: the later figures were judged by the earlier rules "
        "as well, which tells what the rules changed from what the figures did.",
    ),
    "compare-rules-changed-untold": (
        "{n} 条规则的要求前后不同；只有报告、没有报表，数字不同的无法分清变化来自规则还是数据。",
        "{n} {{n:rule asks|rules ask}} something else than before; from reports alone nobody can tell, where the "
        "figures differ as well, whether the rules or the figures changed a verdict.",
    ),
    "compare-rules-unknown": (
        "有的报告没有记下规则要求的指纹（由较早的版本生成），无法知道规则是否改过。",
        "A report does not hold the hashes of what its rules ask (an earlier version made it), so that nobody knows "
        "whether the rules are the same.",
    ),
    "compare-heading-rules": ("各规则的变化", "Changes by rule"),
    "compare-rules-same": (
        "另有 {n} 条规则没有变化，也没有不达标。",
        "{n} more {{n:rule has|rules have}} no change and no fail.",
    ),
    "compare-column-failing-come": ("不达标，前次未列", "failing, not listed before"),
    "compare-column-failing-gone": ("曾不达标，现未列", "failed, not listed now"),
    "compare-failing-come": ("不达标，前次未列的对象", "Failing, not listed before"),
    "compare-newly-failing": ("新不达标", "newly failing"),
    "compare-fixed": ("已整改", "fixed"),
    "compare-still-failing": ("仍不达标", "still failing"),
    "compare-not-due": ("未达标但未到期", "missed, not due"),
    "compare-no-longer-checked": ("不再判定", "no longer checked"),
    "compare-newly-checked": ("新判定", "newly checked"),
    "compare-newly-listed": ("新列为不达标", "newly listed as failing"),
    "compare-no-longer-listed": ("不再列为不达标", "no longer listed as failing"),
    "compare-trend-better": ("好转", "better"),
    "compare-trend-same": ("不变", "same"),
    "compare-trend-unknown": ("不明", "not known"),
    "compare-trend-worse": ("更差", "worse"),
    "compare-still-better": ("仍不达标，有好转", "Still failing, better than before"),
    "compare-still-worse": ("仍不达标，比以前更差", "Still failing, worse than before"),
    "compare-cause-data": ("数据", "figures"),
    "compare-cause-rules": ("规则", "rules"),
    "compare-cause-both": ("规则和数据", "rules and figures"),
    "compare-cause-deadline": ("期限", "deadline"),
    "compare-cause-untold": ("规则或数据", "rules or figures"),
    "compare-cause-count": ("{cause} {n}", "{cause} {n}"),
    "compare-counted": ("{title}（{n}）", "{title} ({n})"),
    "compare-counted-not-comparable": ("{title}（{n}，不可比）", "{title} ({n}, not comparable)"),
    "compare-more": ("另有 {n} 条，加 --details 全部列出。", "{n} more; --details lists them all."),
    "compare-more-elsewhere": ("另有 {n} 条，全部见 -o 对比.csv。", "{n} more; -o changes.csv lists them all."),
    "compare-no-verdict": ("没有判定", "no verdict"),
    "compare-in-reverse": (
        "前后倒置：{before}（{before_day}）晚于 {after}（{after_day}），“已整改”“好转”等都是倒着说的；"
        "如非有意，请对调两份。",
        "In reverse order: {before} ({before_day}) is later than {after} ({after_day}), so fixed, better and the like "
        "are told backwards; swap the two unless that is meant.",
    ),
    "compare-no-answer": (
        "现在的报表没有一条规则得出结论，无从对比。",
        "No rule has come to an answer on the later side, so nothing can be said of it.",
    ),
    "compare-gate-line": (
        "{what}：{name} {after}[[，要求 {required}]][[，缺 {short}]]；以前：{before}[[；原因：{cause}]][[（{place}）]]",
        "{what}: {name}: {after}[[, required {required}]][[, short by {short}]]; before: {before}"
        "[[; because of {cause}]][[ ({place})]]",
    ),
    "compare-gate-worse": ("比以前更差", "worse than before"),
    "compare-gate-unknown": ("仍不达标，是否更差不明", "still failing, and nobody knows whether worse"),
    "compare-gate-not-listed": ("名单里没有", "not listed"),
    "compare-gate-totals": (
        "新不达标 {new}，更差 {worse}[[，现在判不出的 {lost}]]",
        "{new} newly failing, {worse} worse[[, {lost} without an answer now]]",
    ),
    "compare-gate-whole": ("现在的报表全部读懂", "the later side was read in full"),
    "compare-left-open": ("{path} 没有全部读懂：{why}", "{path} was not read in full: {why}"),
    "compare-gate-skipped": ("现在没有判定", "no verdict on the later side"),
    "compare-gate-comparable": ("前后可比", "the two sides are comparable"),
    "compare-gate-answered": ("现在的报表有结论", "the later side has answers"),
    "compare-was": ("{name}（原{was}）", "{name} (was {was})"),
    "compare-who": ("{name}[[（{region}）]][[ {own_code}]]", "{name}[[ ({region})]][[ {own_code}]]"),
    "compare-heading-gone": ("不再出现的对象", "Subjects that are gone"),
    "compare-heading-come": ("新出现的对象", "Subjects that have come"),
    "compare-heading-merged-or-split": (
        "已合并或拆分的对象（结论不能逐项对照）",
        "Merged or split since, so their verdicts have no counterpart",
    ),
    "compare-heading-made-of-others": (
        "由合并或拆分而来的对象（结论不能逐项对照）",
        "Made by merging or splitting, so their verdicts have no counterpart",
    ),
    "compare-heading-renamed": ("更名或换代码后对上的", "Matched under another name or code"),
    "compare-heading-questions": ("是否同一对象，请确认", "Whether these are one subject, please confirm"),
    "compare-heading-several": ("重复列出，不能对应", "Listed several times, so not matched"),
    "compare-heading-unused": ("没有用上的更名声明", "Renames that were not used"),
    "compare-several": (
        "同一名单里有几条，不知道对应哪一条，一律不配对。",
        "Nobody knows which of them is meant, so none is matched, and none by the order of the rows.",
    ),
    "compare-several-line": ("{side}：{who}", "{side}: {who}"),
    "compare-how-code": ("代码相同，名称不同", "one code, another name"),
    "compare-how-name": ("名称和所在地相同", "one name in one place"),
    "compare-how-recoded": ("名称和所在地相同，代码新编", "one name in one place, a new code"),
    "compare-how-ending": ("所在地相同，名称只差后缀", "one place, a name with another ending"),
    "compare-how-declared": ("更名文件声明", "declared"),
    "compare-doubt-code-elsewhere": (
        "代码相同，但名称和所在地都不同",
        "one code; another name in another place",
    ),
    "compare-doubt-code-or-name": (
        "按代码是它，按名称是另一个",
        "this one by its code, another by its name",
    ),
    "compare-doubt-new-code": (
        "名称相同，代码不同，不能确定在同一地方",
        "one name, two codes, and not known to be in one place",
    ),
    "compare-doubt-same-name": (
        "名称相同，不能确定在同一地方",
        "one name, and not known to be in one place",
    ),
    "compare-doubt-other-ending": (
        "名称只差后缀，不能确定在同一地方",
        "names that differ in their endings, and not known to be in one place",
    ),
    "compare-doubt-one-of-several": (
        "同名的有几个，两边的所在地不够具体，不知道是哪一个",
        "several bear this name, and the places that both sides state do not tell which is meant",
    ),
    "renames-unused-before-none": (
        "第 {line} 行：以前的名单里没有 from 所指的对象",
        "line {line}: the earlier side has nobody that 'from' names",
    ),
    "renames-unused-before-several": (
        "第 {line} 行：以前的名单里有几个对象符合 from，请加 region 或 code",
        "line {line}: several of the earlier side fit 'from'; add region or code",
    ),
    "renames-unused-after-none": (
        "第 {line} 行：现在的名单里没有 to 所指的对象",
        "line {line}: the later side has nobody that 'to' names",
    ),
    "renames-unused-after-several": (
        "第 {line} 行：现在的名单里有几个对象符合 to，请加 region 或 code",
        "line {line}: several of the later side fit 'to'; add region or code",
    ),
    "renames-unused-twice": (
        "第 {line} 行：其中有对象已由另一行声明",
        "line {line}: another line speaks of one of its subjects already",
    ),
    "renames-unused-later": (
        "第 {line} 行：日期在现在的名单之后",
        "line {line}: its date is later than the later side",
    ),
    "renames-subject": (
        "每个对象要么写 code，要么写 name（可加 region），不能都写或都不写",
        "a subject has either code or name (with region, if need be), not both and not neither",
    ),
    "renames-count-renamed": (
        "renamed 是一个对一个[[；这里应写 kind: {fits}]]",
        "renamed is one to one[[; this one is kind: {fits}]]",
    ),
    "renames-count-merged": (
        "merged 是几个 from 并为一个 to[[；这里应写 kind: {fits}]]",
        "merged has several in from and one in to[[; this one is kind: {fits}]]",
    ),
    "renames-count-split": (
        "split 是一个 from 拆成几个 to[[；这里应写 kind: {fits}]]",
        "split has one in from and several in to[[; this one is kind: {fits}]]",
    ),
    "compare-unreadable": ("{path} 读不出来[[：{reason}]]", "{path} cannot be read[[: {reason}]]"),
    "compare-no-json": ("{path} 不是完整的 JSON", "{path} is no JSON, or was cut short"),
    "compare-no-report": (
        "{path} 不是 check 生成的 JSON 报告（{schema}）；请用 check --format json --all-verdicts 生成",
        "{path} is no JSON report of check ({schema}); make one with check --format json --all-verdicts",
    ),
}
