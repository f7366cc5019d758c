"""Sentences about rule cases."""

MESSAGES: dict[str, tuple[str, str]] = {
    "cases-none": (
        "没有找到用例文件；请给出文件，或放在规则文件夹的 cases/ 下",
        "no case files were found; name them, or put them under cases/ in the rules folder",
    ),
    "cases-shape": (
        "用例文件应有 standard、as_of（可省）和 cases 三个键，cases 是一列用例",
        "a case file has the keys standard, as_of (optional) and cases, and cases is a list of cases",
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
