"""Sentences about rule cases."""

MESSAGES: dict[str, tuple[str, str]] = {
    "cases-none": (
        "没有找到用例文件；请给出文件，或放在规则文件夹的 cases/ 下",
        "no case files were found; name them, or put them under cases/ in the rules folder",
    ),
    "cases-outcome": (
        "用例要写 outcome 或 outcomes，两个里写一个",
        "a case says either outcome or outcomes",
    ),
    "cases-times": (
        "times 要写 1 到 {most} 的整数，不能是 {found}",
        "times is a whole number from 1 to {most}, not {found}",
    ),
    "cases-field": (
        "没有字段“{name}”[[，最接近的是“{near}”]]",
        "there is no field '{name}'[[; the nearest is '{near}']]",
    ),
    "cases-number": (
        "字段 {name} 是数字，“{found}”不是；也可写 null（空白）、[下限, 上限] 或 (unreadable)、(impossible)",
        "the field {name} is a number and '{found}' is none; null (blank), [low, high], (unreadable) and (impossible) "
        "will do too",
    ),
    "cases-lacking-fields": (
        "记录里没有字段 {fields}，规则未检查",
        "not checked, as no record has the field {fields}",
    ),
    "cases-parameter": ("标准里没有参数“{name}”", "the standard has no parameter '{name}'"),
    "cases-total": (
        "{standard}：{rules} 条规则，{cases} 个用例，通过 {passed} 个",
        "{standard}: {rules} rules, {cases} cases, {passed} passed",
    ),
    "cases-failed": (
        "未通过 {file}:{line} {rule}（{name}）：应为 {expected}，得到 {found}",
        "failed {file}:{line} {rule} ({name}): expected {expected}, found {found}",
    ),
    "cases-lacking": ("{standard} 的规则 {rule} 还缺用例：{kinds}", "{standard}: rule {rule} lacks cases: {kinds}"),
    "cases-kind-pass": ("达标", "pass"),
    "cases-kind-fail": ("不达标", "fail"),
    "cases-kind-edge": ("恰在限值上", "exactly on the threshold"),
    "cases-kind-missing": ("缺数据", "missing data"),
    "cases-kind-out-of-scope": ("范围之外", "out of scope"),
}
