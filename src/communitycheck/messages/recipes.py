"""How to write what documents ask: a question, and the keys and formulas that say it; told by ``rules help recipes``.

The page on the rule language has the same questions, each with the place of an example that runs.
"""

# Question in Chinese and English, and how it is written in Chinese and English.
RECIPES: tuple[tuple[str, str, str, str], ...] = (
    (
        "按人口分档的人数",
        "as many as the residents ask for, by bands",
        "`at_least: lookup(workers, population)`",
        "`at_least: lookup(workers, population)`",
    ),
    (
        "每 5000 人一个，不足的算一个",
        "one for each 5,000 begun",
        "`at_least: ceil(population / 5000)`",
        "`at_least: ceil(population / 5000)`",
    ),
    (
        "每班多少人",
        "so many in each shift",
        "每班一个字段：`indicator: morning_staff`，`at_least: ceil(morning_visits / 60)`",
        "a field for each shift: `indicator: morning_staff`, `at_least: ceil(morning_visits / 60)`",
    ),
    (
        "农村另有限值",
        "other limits for villages",
        "两条规则各写 `where`，或按类别的表",
        "two rules with `where`, or a table by class",
    ),
    (
        "有的不适用",
        "some are exempt",
        "`where: not (condition)`；个别的用 `--waivers`",
        "`where: not (condition)`; one by one with `--waivers`",
    ),
    (
        "两个限值取大的",
        "the larger of two limits",
        "`at_least: max(400 m2, households * 30 m2 per 100 households)`",
        "`at_least: max(400 m2, households * 30 m2 per 100 households)`",
    ),
    (
        "三项有两项",
        "two of three facilities",
        "`count_of(a, b, c)`，或 `covers` 加 `at_least: 2`",
        "`count_of(a, b, c)`, or `covers` with `at_least: 2`",
    ),
    (
        "各部分之和等于总数",
        "parts that add up to the whole",
        "`equals: men + women`，可加 `tolerance`",
        "`equals: men + women`, with `tolerance`",
    ),
    (
        "每万人口有几个图书馆，人口在另一张自治镇表里",
        "so many libraries for the residents that a sheet of boroughs gives",
        "`applies_to: county`，`indicator: count() / population`",
        "`applies_to: county`, `indicator: count() / population`",
    ),
    (
        "各社区之和",
        "the sum over communities",
        "`by: county` 加 `sum(...)`；报表另有区县表的，会与它核对",
        "`by: county` with `sum(...)`; a sheet of the counties is held against it",
    ),
    (
        "代码不重复；县内不重名",
        "no code twice; no name twice in a county",
        "`is_unique(region_code)`；`is_unique(community, county)`",
        "`is_unique(region_code)`; `is_unique(community, county)`",
    ),
    (
        "县内面积后三名；前十名",
        "the last three of a county; the first ten",
        "`rank(-facility_area, county) <= 3`；`rank(facility_area)` 加 `at_most: 10`",
        "`rank(-facility_area, county) <= 3`; `rank(facility_area)` with `at_most: 10`",
    ),
    (
        "社区所填街道都在街道表中",
        "each street of the communities stands in the sheet of streets",
        '`exists_in(street, "street")`',
        '`exists_in(street, "street")`',
    ),
    (
        "一百个社区里有多少个",
        "so many of a hundred communities",
        "`by: county` 加 `share(condition)`",
        "`by: county` with `share(condition)`",
    ),
    (
        "达到另一条的才查",
        "only those that meet another rule",
        '`where: meets("C-1")`',
        '`where: meets("C-1")`',
    ),
    (
        "占所在街道、区县多少；不超过上级的数",
        "a share of its street or county",
        "`population / above(population)`：取有这一列的最近一级的表",
        "`population / above(population)`: of the nearest region whose sheet has it",
    ),
    (
        "区县表的合计与各社区之和相符",
        "the county's own figure against its communities",
        "`applies_to: county`，`indicator: population`，`equals: sum(population)`",
        "`applies_to: county`, `indicator: population`, `equals: sum(population)`",
    ),
    (
        "每个街道至少列有一个社区",
        "every street has a community",
        '`applies_to: street`，`exists_in(street, "community", "street")`',
        '`applies_to: street`, `exists_in(street, "community", "street")`',
    ),
    (
        "名单上的社区都要填报",
        "rows that must exist, by name or code",
        "`by: county`，`indicator: community`，`covers: [甲社区, 乙社区]`",
        "`by: county`, `indicator: community`, `covers: [甲社区, 乙社区]`",
    ),
    (
        "比上年增长多少；不少于上年",
        "growth on the year before; no less than last year",
        "`change(population) / previous(population)`；`at_least: previous(facility_area)`",
        "`change(population) / previous(population)`; `at_least: previous(facility_area)`",
    ),
    (
        "从明年起",
        "from next year on",
        "按日期列出几个值，或写 `due`",
        "a list of dated values, or `due`",
    ),
    (
        "三十天之内；某日之前",
        "within thirty days; before a day",
        "`days_between(approved, opened)` 加 `between: [0 days, 30 days]`；`at_most: 2025-03-31`",
        "`days_between(approved, opened)` with `between: [0 days, 30 days]`; `at_most: 2025-03-31`",
    ),
    (
        "代码格式是否正确",
        "codes in the right form",
        "`is_division_code`、`is_credit_code`、`is_identity_number`、`matches`",
        "`is_division_code`, `is_credit_code`, `is_identity_number`, `matches`",
    ),
    (
        "图书馆、学校、养老机构",
        "libraries, schools, care homes",
        "标准里写 `entities:`",
        "`entities:` in the standard",
    ),
    (
        "得分、等级、一票否决",
        "points, grades, one veto for all",
        "`score:` 加评分项、`grades` 和 `veto`",
        "`score:` with items, `grades` and `veto`",
    ),
    (
        "报表无法核查的",
        "what no return can show",
        "`manual` 写明原因",
        "`manual` with the reason",
    ),
)
