"""The figures that five published documents print, each as it is printed.

One row for a document: its figures come from many sections, and a rule reads both sides of an identity from one record,
so the section of each figure stands in the upper row of the header, not in a row of its own. What the figures mean, and
how the columns are headed, is told by the fields of ``rules/published-figures.yaml``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from sheets import Head, Sheet, write_workbook

RULES = Path(__file__).parents[1] / "rules" / "published-figures.yaml"

# document -> title, who issued it
DOCUMENTS = {
    "LN2021": "对省政协十二届五次会议第0182号提案的答复（辽宁省民政厅）",
    "PZH2018": "攀枝花市“十三五”城乡社区服务体系规划（攀枝花市民政局等）",
    "AH2019": "关于省十三届人大二次会议第684号代表建议答复的函（安徽省民政厅）",
    "WC2021": "关于区政协二届五次会议第05号提案的答复（长沙市望城区民政局）",
    "SY2023": "对市政协十六届二次会议第589号提案的答复（沈阳市民政局）",
}

# document -> figure -> the words of the document. Figures whose names end in _named count what a list names.
FIGURES = {
    "LN2021": {
        "ln_health_service_kinds": "12",
        "ln_urban_fitness_share": "全覆盖",
        "ln_village_fitness_share": "98%以上",
        "ln_catalogue_entries": "4.7万",
        "ln_data_records": "近12亿",
        "ln_signed_year": "2021",
        "ln_published_year": "2022",
    },
    "PZH2018": {
        "pz_streets": "16",
        "pz_townships": "44",
        "pz_urban_communities": "132",
        "pz_villages": "349",
        "pz_rural_communities": "170",
        "pz_lottery_fund": "400余",
        "pz_cadre_age": "39",
        "pz_cadre_schooling": "98%",
        "pz_pilot_villages": "37",
        "pz_rural_facility_target": "50%",
        "pz_rural_platform_target": "30%",
        "pz_urban_platform_target": "100%",
        "pz_urban_platform_again": "全覆盖",
        "pz_social_workers_target": "1",
        "pz_social_workers_again": "1",
        "pz_participants_target": "30%",
        "pz_registered_target": "13%",
        "pz_township_care_target": "90%",
        "pz_rural_care_target": "60%",
        "pz_child_home_target": "90%",
        "pz_districts": "三",
        "pz_counties": "两",
    },
    "AH2019": {
        "ah_list_cities": "11",
        "ah_list_share": "68.8%",
        "ah_admission_counties": "91",
        "ah_admission_share": "86.7%",
        "ah_three_systems_share": "全部",
        "ah_signs_cut": "10",
        "ah_duties_cut": "20",
        "ah_reviews_cut": "30余",
        "ah_first_pilots": "2",
        "ah_pilot_districts": "1",
        "ah_pilot_streets": "2",
        "ah_pilot_communities": "11",
        "ah_pilots": "14",
        "ah_hub_orgs": "1462",
        "ah_orgs_registered": "6929",
        "ah_hub_cities": "3",
        "ah_social_work_posts": "17792",
        "ah_social_work_agencies": "328",
        "ah_certified_workers": "10779",
        "ah_social_work_staff": "4.5万余",
        "ah_committee_members": "12.15万",
        "ah_systems_named": "3",
        "ah_hub_cities_named": "3",
        "ah_first_pilots_named": "2",
    },
    "WC2021": {
        "wc_party_projects": "168",
        "wc_person_times": "1.6万",
        "wc_purchase_budget": "100",
        "wc_award_fund": "134",
        "wc_incubated_orgs": "38",
        "wc_linked_projects": "10余",
        "wc_signed_communities": "142",
        "wc_listed_duties": "224",
        "wc_upgraded_centres": "26",
        "wc_lei_feng_stations": "47",
        "wc_staffed_communities": "29",
        "wc_bachelor_share": "59.1%",
        "wc_college_share": "38.5%",
        "wc_staff_age": "36",
        "wc_party_fund": "300",
        "wc_scenarios_named": "7",
        "wc_service_lists_named": "3",
        "wc_item_lists_named": "3",
        "wc_five_partners_named": "5",
        "wc_party_tiers_named": "4",
        "wc_meeting_tiers_named": "4",
        "wc_year_plans_named": "2",
        "wc_plan_first_year": "2021",
        "wc_plan_last_year": "2023",
        "wc_plan_years": "三",
        "wc_linked_since": "2016",
        "wc_linked_until": "2021",
        "wc_linked_years": "5",
    },
    "SY2023": {
        "sy_grid_branches": "8255",
        "sy_party_groups": "14289",
        "sy_member_households": "26909",
        "sy_rural_grids": "10724",
        "sy_rural_grid_workers": "10724",
        "sy_grid_orgs": "7348",
        "sy_grid_orgs_branches": "246",
        "sy_grid_orgs_groups": "7092",
        "sy_grid_org_heads": "7348",
        "sy_paired_offices": "2000余",
        "sy_paired_communities": "670",
        "sy_problems_solved": "2350余",
        "sy_party_members": "40余万",
        "sy_red_property_sites": "100",
        "sy_volunteer_teams": "1万余",
        "sy_basic_grids": "15101",
        "sy_grid_partner_units": "15",
        "sy_party_orgs": "1153",
        "sy_deliberation_bodies": "3200余",
        "sy_self_rule_scenes": "五",
        "sy_deliberation_pilots": "两",
        "sy_household_visits": "30余万",
        "sy_visit_problems": "3万余",
        "sy_employment_types": "6",
        "sy_employment_methods": "30",
        "sy_employment_packs": "20",
        "sy_employment_models": "89",
        "sy_policy_talks": "9971",
        "sy_home_visits": "7124",
        "sy_training_notices": "2478",
        "sy_trainings": "612",
        "sy_trainees": "8737",
        "sy_home_care_centres": "292",
        "sy_care_stations": "967",
        "sy_central_investment": "2250",
        "sy_inclusive_centres": "27",
        "sy_nurtured_communities": "464",
        "sy_nurtured_villages": "381",
        "sy_canteens": "307",
        "sy_meals_a_month": "28万",
        "sy_doctor_teams": "2053",
        "sy_communities": "1153",
        "sy_villages": "1527",
        "sy_urban_mean_area": "863",
        "sy_rural_mean_area": "492.3",
        "sy_urban_area_share": "97.7%",
        "sy_rural_area_share": "89.8%",
        "sy_venture_fund": "150",
        "sy_venture_projects": "50",
        "sy_rural_projects": "12",
        "sy_orgs": "12996",
        "sy_orgs_registered": "140",
        "sy_orgs_filed": "12856",
        "sy_five_kinds_share": "61.3%",
        "sy_culture_share": "38.7%",
        "sy_residents_served": "53.6万余",
        "sy_culture_events": "890",
        "sy_model_families": "450",
        "sy_model_inlaws": "1000多",
        "sy_brand_cases": "23",
        "sy_publicity_points": "8.3万余",
        "sy_advert_series": "7",
        "sy_themed_landscapes": "五千余",
        "sy_sector_departments": "22",
        "sy_streets": "179",
        "sy_communities_villages": "2680",
        "sy_estates": "6588",
        "sy_safety_staff": "1481",
        "sy_plan_booklets": "1833",
        "sy_disposal_mechanisms": "3",
        "sy_board_estates": "6482",
        "sy_posters": "20余万",
        "sy_property_trainees": "9万余",
        "sy_shelters": "337",
        "sy_shelter_area": "1510万",
        "sy_shelter_area_per_head": "1.65",
        "sy_shelters_inspected": "292",
        "sy_signs": "3923",
        "sy_signs_lost": "623",
        "sy_signs_replaced": "623",
        "sy_urban_area_standard": "600",
        "sy_rural_area_standard": "350",
        "sy_grid_households": "300左右",
        "sy_doctor_share": "100%",
        "sy_mechanisms_named": "5",
        "sy_scenes_named": "5",
        "sy_employment_types_named": "6",
        "sy_five_deliveries_named": "5",
        "sy_disposal_named": "3",
        "sy_five_entries_named": "5",
        "sy_five_levels_named": "5",
        "sy_four_tiers_named": "4",
        "sy_three_tiers_named": "3",
        "sy_model_parts_named": "5",
        "sy_selfcheck_kinds": "7",
        "sy_selfcheck_named": "6",
        "sy_special_plans": "7",
        "sy_special_plans_named": "3",
        "sy_partner_units_named": "9",
    },
}

# The unit that stands in the header: the figures are printed with it. Other columns need none.
UNITS = {
    "条": "ln_catalogue_entries ln_data_records sy_training_notices",
    "万元": ("pz_lottery_fund wc_purchase_budget wc_award_fund wc_party_fund sy_central_investment sy_venture_fund"),
    "项": "ah_signs_cut ah_duties_cut ah_reviews_cut wc_listed_duties",
    "家": "ah_social_work_agencies wc_incubated_orgs sy_orgs sy_orgs_registered sy_orgs_filed",
    "人": "ah_certified_workers ah_social_work_staff ah_committee_members sy_trainees sy_residents_served",
    "户": "sy_member_households sy_model_families sy_grid_households",
    "名": (
        "sy_rural_grid_workers sy_grid_org_heads sy_party_members sy_model_inlaws sy_safety_staff "
        "sy_property_trainees pz_social_workers_target pz_social_workers_again"
    ),
    "支": "sy_volunteer_teams",
    "种": "sy_employment_types",
    "平方米": ("sy_urban_mean_area sy_rural_mean_area sy_shelter_area sy_urban_area_standard sy_rural_area_standard"),
    "处": "sy_themed_landscapes sy_shelters",
    "套": "sy_plan_booklets",
    "张": "sy_posters",
    "平方米/人": "sy_shelter_area_per_head",
    "部": "sy_special_plans",
}

COVER = [
    "五份公布文件的数据",
    "真实数据：摘自五份公开发布的文件，单元格照抄原文用词（如“近12亿”“4.7万”“2000余”“97.7%”）。",
    "每份文件一行；数据出自各节，表头第一行写明文件和章节，第二行写明内容。",
    "名称以“列名数”结尾的列，是按原文数出的列举项数；年份列取自原文所写年份。",
    "用 communitycheck check published_figures.xlsx --standard published-figures 核对各数据是否相符。",
]


def write(path: Path) -> None:
    """Write the workbook: a cover and one sheet with a row for each document."""
    fields = yaml.safe_load(RULES.read_text(encoding="utf-8"))["fields"]
    heads = [Head("document", "文件编号", width=10), Head("document_title", "文件名称", width=40)]
    for figures in FIGURES.values():
        columns = [_head(key, fields[key]["aliases"][0]) for key in figures]
        sections = list(dict.fromkeys(head.group for head in columns))
        heads += sorted(columns, key=lambda head: sections.index(head.group))
    rows: list[dict[str, Any]] = [
        {"document": name, "document_title": title, **{k: _cell(text) for k, text in FIGURES[name].items()}}
        for name, title in DOCUMENTS.items()
    ]
    write_workbook(path, COVER, [Sheet("公布数据", ["五份公布文件的数据（照原文用词）"], heads, rows)])


def _head(key: str, alias: str) -> Head:
    section, label = alias.split("/")
    unit = next((unit for unit, keys in UNITS.items() if key in keys.split()), "")
    return Head(key, f"{label}（{unit}）" if unit else label, section)


def _cell(text: str) -> int | str:
    """Plain whole numbers are numbers; what is printed with words, signs or decimals stays as printed."""
    return int(text) if text.isdecimal() and text.isascii() else text
