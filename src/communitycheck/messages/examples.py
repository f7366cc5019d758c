"""The examples at the end of each help page: one command a line, all of them run by the tests."""


def _lines(*commands: str) -> str:
    return "\n".join(f"  communitycheck {command}" for command in commands)


MESSAGES: dict[str, tuple[str, str]] = {
    "help-examples": ("示例", "Examples"),
    "example-app": (
        _lines("demo", "报表.xlsx --open", "check 各地报表 -o 报告.xlsx"),
        _lines("demo", "return.xlsx --open", "check returns -o report.xlsx"),
    ),
    "example-check": (
        _lines(
            "check 报表.xlsx",
            "check 各地报表 -o 报告.html -o 报告.xlsx --open",
            "check 报表.xlsx --region 鞍山市 --as-of 2023-12-31 --mark-up 标注",
            "check 报表.xlsx --fail-on mandatory --quiet",
        ),
        _lines(
            "check return.xlsx",
            "check returns -o report.html -o report.xlsx --open",
            "check return.xlsx --region 鞍山市 --as-of 2023-12-31 --mark-up marked",
            "check return.xlsx --fail-on mandatory --quiet",
        ),
    ),
    "example-inspect": (
        _lines("inspect 报表.xlsx", "inspect 报表.xlsx --save-mapping 对应.yaml"),
        _lines("inspect return.xlsx", "inspect return.xlsx --save-mapping mapping.yaml"),
    ),
    "example-explain": (
        _lines("explain 报表.xlsx --rule LN-01", "explain 报表.xlsx --rule LN-01 --subject 常青社区"),
        _lines("explain return.xlsx --rule LN-01", "explain return.xlsx --rule LN-01 --subject 常青社区"),
    ),
    "example-whatif": (
        _lines(
            "whatif 报表.xlsx --set LN-01=600",
            "whatif 报表.xlsx --set LN-01=300..800 --rate 90%",
            "whatif 报表.xlsx --reform 修订稿.yaml --level street",
        ),
        _lines(
            "whatif return.xlsx --set LN-01=600",
            "whatif return.xlsx --set LN-01=300..800 --rate 90%",
            "whatif return.xlsx --reform draft.yaml --level street",
        ),
    ),
    "example-gap": (
        _lines(
            "gap 报表.xlsx",
            "gap 报表.xlsx --select LN-01 --level street",
            "gap 报表.xlsx --costs 单价.yaml --budget 300万元",
            "gap 报表.xlsx --at 2030 --growth 2% --as-of 2024-12-31",
        ),
        _lines(
            "gap return.xlsx",
            "gap return.xlsx --select LN-01 --level street",
            "gap return.xlsx --costs costs.yaml --budget 3000000yuan",
            "gap return.xlsx --at 2030 --growth 2% --as-of 2024-12-31",
        ),
    ),
    "example-conflicts": (
        _lines("conflicts 报表.xlsx 各地报表", "conflicts 各地报表 -o 不一致.xlsx"),
        _lines("conflicts return.xlsx returns", "conflicts returns -o conflicts.xlsx"),
    ),
    "example-overlap": (
        _lines("overlap 民政表.xlsx 卫健表.xlsx", "overlap 各部门表样 -o 重复.xlsx"),
        _lines("overlap civil.xlsx health.xlsx", "overlap forms -o overlap.xlsx"),
    ),
    "example-trend": (
        _lines(
            "trend 2022.xlsx 2023.xlsx",
            "trend 2022.xlsx 2023.xlsx --renames 更名.yaml",
            "trend 2022.xlsx 2023.xlsx --format csv",
        ),
        _lines(
            "trend 2022.xlsx 2023.xlsx",
            "trend 2022.xlsx 2023.xlsx --renames renames.yaml",
            "trend 2022.xlsx 2023.xlsx --format csv",
        ),
    ),
    "example-compare": (
        _lines(
            "compare 2022.xlsx 2023.xlsx",
            "compare 2022.xlsx 2023.xlsx --renames 更名.yaml",
            "compare 2022.xlsx 2023.xlsx --format json",
        ),
        _lines(
            "compare 2022.xlsx 2023.xlsx",
            "compare 2022.xlsx 2023.xlsx --renames renames.yaml",
            "compare 2022.xlsx 2023.xlsx --format json",
        ),
    ),
    "example-baseline": (
        _lines("baseline write 报表.xlsx -o 新基线.json", "baseline show 基线.json"),
        _lines("baseline write return.xlsx -o new.json", "baseline show baseline.json"),
    ),
    "example-baseline-write": (
        _lines("baseline write 报表.xlsx -o 新基线.json"),
        _lines("baseline write return.xlsx -o new.json"),
    ),
    "example-baseline-update": (
        _lines(
            "baseline update 报表.xlsx --baseline 基线.json",
            "baseline update 报表.xlsx --baseline 基线.json --accept",
        ),
        _lines(
            "baseline update return.xlsx --baseline baseline.json",
            "baseline update return.xlsx --baseline baseline.json --accept",
        ),
    ),
    "example-baseline-show": (_lines("baseline show 基线.json"), _lines("baseline show baseline.json")),
    "example-template": (
        _lines("template --standard liaoning-2021 -o 空白表.xlsx"),
        _lines("template --standard liaoning-2021 -o blank.xlsx"),
    ),
    "example-demo": (_lines("demo", "demo 试用 --open"), _lines("demo", "demo trial --open")),
    "example-rules": (
        _lines("rules list --standard liaoning-2021", "rules show LN-01", "rules lint 自定.yaml"),
        _lines("rules list --standard liaoning-2021", "rules show LN-01", "rules lint own.yaml"),
    ),
    "example-rules-list": (
        _lines("rules list --standard liaoning-2021", "rules list --entity street --severity mandatory"),
        _lines("rules list --standard liaoning-2021", "rules list --entity street --severity mandatory"),
    ),
    "example-rules-show": (
        _lines("rules show LN-01", "rules show LN-01 --standard shenyang-2023"),
        _lines("rules show LN-01", "rules show LN-01 --standard shenyang-2023"),
    ),
    "example-rules-help": (
        _lines("rules help", "rules help lookup", "rules help 单位"),
        _lines("rules help", "rules help lookup", "rules help units"),
    ),
    "example-rules-coverage": (
        _lines("rules coverage", "rules coverage 报表.xlsx"),
        _lines("rules coverage", "rules coverage return.xlsx"),
    ),
    "example-rules-new": (
        _lines("rules new 本市.yaml --extends liaoning-2021"),
        _lines("rules new city.yaml --extends liaoning-2021"),
    ),
    "example-rules-docs": (_lines("rules docs --output-dir 说明"), _lines("rules docs --output-dir pages")),
    "example-rules-import": (
        _lines("rules import 审核公式.csv -o 审核.yaml"),
        _lines("rules import formulas.csv -o audit.yaml"),
    ),
    "example-rules-sql": (
        _lines("rules sql liaoning-2021 --dialect duckdb -o 规则.sql"),
        _lines("rules sql liaoning-2021 --dialect duckdb -o rules.sql"),
    ),
    "example-rules-lint": (
        _lines("rules lint", "rules lint 自定.yaml --strict"),
        _lines("rules lint", "rules lint own.yaml --strict"),
    ),
    "example-rules-test": (_lines("rules test", "rules test 用例.yaml"), _lines("rules test", "rules test cases.yaml")),
    "example-waivers": (_lines("waivers lint 豁免.yaml"), _lines("waivers lint waivers.yaml")),
    "example-waivers-lint": (
        _lines("waivers lint 豁免.yaml", "waivers lint 豁免.yaml --as-of 2024-06-30 --strict"),
        _lines("waivers lint waivers.yaml", "waivers lint waivers.yaml --as-of 2024-06-30 --strict"),
    ),
    "example-doctor": (_lines("doctor", "doctor --format json"), _lines("doctor", "doctor --format json")),
    "example-watch": (
        _lines("watch 各地报表", "watch 各地报表 --standard liaoning-2021 --every 5"),
        _lines("watch returns", "watch returns --standard liaoning-2021 --every 5"),
    ),
    "example-config": (_lines("config show"), _lines("config show")),
    "example-config-show": (
        _lines("config show", "config show --format json"),
        _lines("config show", "config show --format json"),
    ),
}
