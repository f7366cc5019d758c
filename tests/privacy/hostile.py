"""One workbook with persons in every place where offices leave them, and what must not be found in any report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import Workbook

MOBILE, SECOND, IDENTITY, OLD_IDENTITY = "13812345678", "15998765432", "210102199001011234", "21010219900101123X"
LANDLINE, CARD, LEADER, CLERK, LAWYER = "024-86123456", "6222021234567890123", "欧阳秀兰", "王小明", "赵德柱"
SPACED = "138 1234 5678"

# What stands below a heading that asks about a person, headings as offices write them.
HEADINGS = {
    "姓名": LEADER,
    "姓  名": LEADER,
    "负责人": LEADER,
    "社区负责人姓名": LEADER,
    "负责人（签字）": LEADER,
    "填表人": CLERK,
    "填报人员": CLERK,
    "联系人及电话": f"{CLERK} {MOBILE}",
    "书记": LEADER,
    "党组织书记姓名": LEADER,
    "身份证号": IDENTITY,
    "身份证号码\n（18位）": IDENTITY,
    "公民身份号码": OLD_IDENTITY,
    "居民身份证编号": IDENTITY,
    "证件号码": IDENTITY,
    "电话": LANDLINE,
    "联系 电话": LANDLINE,
    "联系方式（必填）": MOBILE,
    "手机号码": MOBILE,
    "手机": SPACED,
    "负责人联系电话": MOBILE,
    "办公电话/手机": f"{LANDLINE}/{MOBILE}",
    "工资卡号": CARD,
    "家庭住址": "和平区太原街77号3单元",
    "备注": f"有事找{CLERK}，{MOBILE}",
}
SECRETS = {
    MOBILE, SECOND, IDENTITY, OLD_IDENTITY, LANDLINE, CARD, LEADER, CLERK, LAWYER, SPACED, "太原街77号", "86123456",
    "13,812,345,678", "1.3812345678", "1381234567", "138-1234-5678", "199001011234",
}  # fmt: skip
HEAD = ["区", "街道", "社区名称", "社区代码", "社区类型", "户数", "常住人口", "综合服务设施面积（平方米）",
        "每天开放时间", "法律顾问", "儿童之家", "注册志愿者人数"]  # fmt: skip
GOOD = ["和平区", "南湖街道", "幸福社区", "210102001001", "城市社区", 2100, 6000, 380, 8, "有", "有", 900]
# A cell of a good record and what has slipped into it.
SLIPPED: dict[str, list[Any]] = {
    "户数": [MOBILE, int(MOBILE), SPACED, f"{CLERK}{MOBILE}", CLERK, IDENTITY, LANDLINE],
    "常住人口": [int(IDENTITY), OLD_IDENTITY, float(MOBILE), "１３８１２３４５６７８"],
    "综合服务设施面积（平方米）": [CLERK, LEADER, f"联系电话：{LANDLINE}", "138-1234-5678", CARD, f"{SECOND}㎡"],
    "每天开放时间": [f"8:00-17:00 {MOBILE}", MOBILE, f"{CLERK}：{MOBILE}"],
    "社区类型": [MOBILE, f"{LEADER}书记"],
    "法律顾问": [LAWYER, f"有（{LAWYER} {SECOND}）", f"{LAWYER}，{SECOND}", MOBILE],
    "儿童之家": [f"无，联系人：{CLERK}", f"在建（{MOBILE}）"],
    "注册志愿者人数": [f"约{MOBILE}", f"{CLERK}、{LAWYER}", "+86 13812345678", f"{MOBILE}-{SECOND}"],
    "社区代码": [IDENTITY, int(IDENTITY), MOBILE, OLD_IDENTITY, LANDLINE],
    "社区名称": [f"安乐社区（{CLERK} {MOBILE}）", f"填表人：{CLERK}", f"和顺社区{IDENTITY}", MOBILE],
    "街道": [f"南湖街道 {LANDLINE}", f"负责人:{LEADER}"],
}  # fmt: skip


def records() -> list[list[Any]]:
    """A good record, then one for each thing that slipped, all with names of their own."""
    rows = [GOOD]
    for heading, values in SLIPPED.items():
        for value in values:
            row = [*GOOD]
            row[2] = f"第{len(rows)}社区"
            row[3] = f"2101020010{len(rows) + 1:02}"
            row[HEAD.index(heading)] = value
            rows.append(row)
    return rows


def workbook(path: Path) -> Path:
    """Sheet one: slipped values, titles and footers; sheet two: every personal heading; sheet three: unmapped ones."""
    book = Workbook()
    sheet = book.active
    sheet.title = "社区"
    sheet.append([f"沈阳市和平区2023年城乡社区综合服务设施情况表  填表人：{CLERK}  联系电话：{MOBILE}"])
    sheet.append([f"单位：平方米  审核人: {LEADER}"])
    sheet.append(HEAD)
    for row in records():
        sheet.append(row)
    sheet.append([f"填表人：{CLERK}", None, f"电话：{LANDLINE}", None, f"手机：{MOBILE}"])
    sheet.append([f"注：有疑问请与{CLERK}联系，电话 {MOBILE}"])
    second = book.create_sheet("人员")
    second.append([*HEAD, *HEADINGS])
    for k in range(3):
        second.append([*GOOD[:2], f"平安{k}社区", f"2101020020{k:02}", *GOOD[4:], *HEADINGS.values()])
    third = book.create_sheet("值班")
    third.append([*HEAD, f"值班电话{MOBILE}", f"{CLERK}（{SECOND}）填写", IDENTITY])
    third.append([*GOOD[:2], "清泉社区", "210102003001", *GOOD[4:], 1, 2, 3])
    book.save(path)
    return path
