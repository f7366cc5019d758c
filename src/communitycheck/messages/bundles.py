"""Sentences of the bundles for regions: names of files, the index, and what cannot be split."""

MESSAGES: dict[str, tuple[str, str]] = {
    # names of files, without their suffix
    "bundle-report": ("核查结果", "report"),
    "bundle-circular": ("通报", "circular"),
    "bundle-marked": ("已标注报表", "marked-up returns"),
    # the index
    "index-title": ("社区标准核查结果目录：各{level}", "Community standards: results by {level}"),
    "index-title-others": ("标准核查结果目录：各{level}", "Standards: results by {level}"),
    "index-whole": ("总报告", "whole report"),
    "index-caption": (
        "已判定、达标、不达标、未到期、无法判定都是结论数（一条规则对一个对象为一项）",
        "judged, passed, fail, not due and no data count verdicts: one rule on one subject is one",
    ),
    "index-folder": ("文件夹", "folder"),
    "index-files": ("文件", "files"),
    "index-left-out": ("未附的文件", "left out"),
    "index-copies": ("{n} 份", "{n}"),
    "index-not-marked": ("另有 {n} 份不能标注", "{n} more could not be marked up"),
    "index-gaps": ("主要缺口", "largest shortfalls"),
    "index-gap": ("{rule} {amount}", "{rule} {amount}"),
    "index-gaps-more": ("另有 {n} 条规则", "{n} more {{n:rule|rules}}"),
    "index-beyond": ("仅在总报告中", "in the whole report alone"),
    "index-above": ("更大地区的汇总判定", "Verdicts on larger regions"),
    "index-above-note": (
        "这些结论针对更大的地区，不放进各文件夹，只在总报告中",
        "these are about larger regions and stand in the whole report alone, in none of the folders",
    ),
    "index-more": ("另有 {n} 项，见总报告", "and {n} more, in the whole report"),
    "index-unread": ("无法读取的报表", "Returns that could not be read"),
    "index-stale": ("以前运行留下的文件", "Left by an earlier run"),
    "index-stale-note": (
        "本次没有更新这些文件或文件夹，内容已过时；不再需要时请自行删除",
        "this run did not renew these files and folders; delete them when they are no longer needed",
    ),
    # errors
    "split-level-unstated": (
        "报表没有写明各记录属于哪个{level}，不能按它拆分；可以用：--split-by {known}",
        "no record says which {level} it belongs to, so nothing can be split by it; use --split-by {known}",
    ),
    "split-none-stated": (
        "没有一条记录写明所属地区，不能按地区拆分；请用 inspect 查看地区各列是否认出",
        "no record says which region it belongs to, so nothing can be split; see with inspect whether the columns of "
        "regions were recognised",
    ),
    "split-needs-folder": (
        "--split-by 还需要 --output-dir 写明放在哪个文件夹",
        "--split-by also needs --output-dir, the folder to write to",
    ),
    "bundle-needs-folder": (
        "{option} 还需要 --output-dir 写明放在哪个文件夹",
        "{option} also needs --output-dir, the folder to write to",
    ),
    "bundle-marked-needs-split": (
        "--bundle 中的 marked 要与 --split-by 同用；只要标注副本，请用 --mark-up",
        "marked in --bundle goes with --split-by; for marked-up copies alone use --mark-up",
    ),
    "manifest-name": ("清单", "manifest"),
    "manifest-read": ("已读", "read"),
    "manifest-refused": ("拒收", "refused"),
    "manifest-repeated": ("重复", "repeated"),
    "column-status": ("状态", "status"),
    "column-reason-code": ("原因代码", "reason code"),
    "column-file-format": ("格式", "format"),
    "column-encoding": ("编码", "encoding"),
    "column-notices": ("提示数", "notices"),
    "column-report": ("报告", "report"),
    "output-dir-holds-returns": (
        "{path} 中有要核查的报表 {input}；请为结果另指定一个文件夹，以免混在一起",
        "{path} holds {input}, which is to be read; name another folder for the results, so that they do not mix",
    ),
}
