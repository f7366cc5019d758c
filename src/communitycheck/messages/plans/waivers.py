"""Words of waivers in reports: where each stands, what it found, and rates with and without what they excuse."""

MESSAGES: dict[str, tuple[str, str]] = {
    "heading-waivers": ("豁免（{path}，{n} 条：{states}）", "Waivers ({path}, {n}: {states})"),
    "waivers-of-file": ("{path} 有豁免 {n} 条：{states}", "{n} {{n:waiver|waivers}} in {path}: {states}"),
    "waivers-state": ("{state} {n}", "{n} {state}"),
    "waiver-state-active": ("有效", "active"),
    "waiver-state-expiring": ("30 天内到期", "expiring within 30 days"),
    "waiver-state-no-end": ("有效，未写截止日", "active without an end"),
    "waiver-state-pending": ("尚未开始", "pending"),
    "waiver-state-expired": ("已过期", "expired"),
    "waiver-state-unused": ("用不上", "unused"),
    "column-waiver-state": ("状态", "state"),
    "column-waiver-subject": ("对象", "for"),
    "column-waiver-until": ("期限", "days"),
    "column-waiver-fails": ("不达标", "fails"),
    "column-waiver-reason": ("理由", "reason"),
    "column-waiver-note": ("说明", "remark"),
    "column-waiver-approver": ("批准", "approved by"),
    "column-waiver-document": ("文号", "document"),
    "column-waiver-remedy-by": ("整改期限", "to be mended by"),
    "column-waiver-line": ("行", "line"),
    "column-adjusted": ("扣除豁免后", "without the waived"),
    "column-adjusted-fraction": ("扣除豁免后达标/判定", "passed/judged without the waived"),
    "waiver-from-to": ("{start} 至 {until}", "{start} to {until}"),
    "waiver-from": ("{start} 起", "from {start}"),
    "waiver-to": ("至 {until}", "to {until}"),
    "waiver-always": ("未写", "not stated"),
    "waiver-by": ("{reason}（{approver}[[，{document}]]）", "{reason} ({approver}[[, {document}]])"),
    "waiver-remedy-by": ("整改期限 {day}", "to be mended by {day}"),
    "waiver-note-waives": ("已豁免 {n} 项", "{n} {{n:fail|fails}} waived"),
    "waiver-note-restored": ("{n} 项不达标照计", "{n} {{n:fail counts|fails count}} in full"),
    "waiver-note-restored-baseline": (
        "{n} 项不达标不再豁免；基线中已有的仍不影响退出码",
        "{n} {{n:fail is|fails are}} excused no longer; what the baseline holds still fails no check",
    ),
    "waiver-note-not-needed": ("该对象本次并非不达标，用不上豁免", "its subject does not fail and needs it no longer"),
    "waiver-note-not-a-fail": (
        "该对象本次没有不达标，但有无法判定或未到期等结论；只有不达标可以豁免",
        "its subject has no fail, but a verdict of another kind (no data, not due...); only fails can be waived",
    ),
    "waiver-note-covered": ("已由另一条豁免", "another waiver of the file stands before it"),
    "waiver-note-no-subject": (
        "这条规则没有检查到该对象[[，最接近的名称：{near}]]",
        "its rule judged no such subject[[; the nearest name is {near}]]",
    ),
    "waiver-note-place-unknown": (
        "有同名的对象[[（报表写的是 {near}）]]，但报表没有写明它在该地区；未豁免。请核对地区，或用 --region 说明，"
        "或改写代码",
        "there is one of that name[[ (in {near}, by the returns)]], and the returns do not say that it lies there; "
        "nothing is waived. Check the region, or give --region, or the code instead",
    ),
    "waiver-note-several": (
        "符合的对象有 {n} 个，无法确定是哪一个，都未豁免；请写明街道，或改写代码",
        "it fits {n} {{n:subject|subjects}}, and nobody knows which is meant: none is waived. Name the street, or give "
        "the code",
    ),
    "waiver-note-several-standards": (
        "几个标准都用这个编号的规则检查了该对象，未豁免；请写明标准，如 {near}",
        "several standards judge its subject by a rule of that id: nothing is waived. Name the standard, as in {near}",
    ),
    "waiver-note-not-judged": ("本次没有按这条规则检查", "this run judged nobody by its rule"),
    "waivers-no-end": (
        "未写截止日（until）的豁免有 {n} 条，请补上",
        "{n} {{n:waiver has|waivers have}} no last day (until); give {{n:it one|each one}}",
    ),
    "rate-adjusted": ("扣除豁免 {rate}", "{rate} without the waived"),
    "waiver-annotation": (
        "豁免（{rule}，{subject}）{state}：{note}",
        "the waiver of {subject} from {rule} is {state}: {note}",
    ),
    "brief-adjusted": ("扣除后判定 {judged} 项，达标 {rate}", "without them {judged} judged, {rate} passed"),
}
