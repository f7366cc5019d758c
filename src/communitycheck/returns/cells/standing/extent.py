"""What a remark says of how far an area reaches: shared with somebody else, used in part, or holding more than the
facility.

``450`` beside ``与邻近社区共用`` or ``含停车场`` is an area of which nobody
can say how much is the community's facility.
"""

from __future__ import annotations

from communitycheck.patterns import pattern

_OWN = r"党群|党组织|党支部|党委|居委|村委|居民|本[社村居]|网格|志愿|警务|业务"  # bodies that are at home in it
_NOT_ROOMS = (
    r"(?![^,]*(?:院[落子]|大门|门厅|楼道|楼梯|电梯|停车|车位|卫生间|厕所|食堂|会议室|资源|设备|平台|网络|公章|品牌|账))"
)
_SHARED = pattern(
    rf"(?:与|和|同|跟)(?P<whom>[^,]{{1,14}}?)(?:共同|一起|合并)?(?:[共合同公混]用|共同使用|一起[使]?用|混用|共有|各半|各占){_NOT_ROOMS}"
    rf"|[两二三四五几多数各]个?(?P<many>社区|村|居委会?|单位|部门|家)[^,]{{0,4}}?(?:[共合同公混]用|共同使用|一起用|共有|合计|合署){_NOT_ROOMS}"
)
_AT_HOME = pattern(_OWN)
_TAKES_IN = pattern(
    r"(?<![不未隐])(?:包括|包含|涵盖|[内均都已也还]?含|连同|算上|加上|计入|其中)(?![不量义盖])[:有为是]?(?P<what>[^,]+)"
)
_OUTSIDE = pattern(
    r"室外|户外|露天|广场|停车|车[位库棚]|院[子落内]|庭院|大院|前院|后院|[操球]场|活动场地|健身(?:场|路径|器)|场地|绿[化地]|花园|公园|道路|空地|"
    r"商[铺业户场]|门[面市]|出租|转租|超市|物业|住宅|宿舍|公摊|人防|仓库|厂房|"
    r"(?<!乡镇)(?:街道|[乡镇]政?府?)(?:办事处|机关|办公|本级|便民|的|面积|政务)|办事处|派出所|司法所|学校|小学|幼儿园|卫生院|"
    r"[其他邻隔壁别]的?社区|[他邻隔][村家]|在建|未建|规划|拟建|未[启使投]用|待建|闲置"
)
_OF_SOMEBODY_ELSE = pattern(
    r"(?:全|整个?|本|[是为系属含按指])(?:街道?|镇|乡|县|市|(?<![社小])区|办事处)(?:办事处|全部|本级)?的?(?:办公)?(?:总?面积|合计|总[数计]|数[字据]?)|"
    r"(?:^|[是为系含])(?:街道|[镇乡](?:政府|机关)|办事处|学校|小区)[^,]{0,6}?(?:总?面积|合计|总[数计])|"
    r"[是为系含按]整[栋幢座层个][^,]{0,3}面积|(?:一[起并块]|全部|合在一起)(?:计?算|统计|计入|填)|"
    r"(?:[两二三四几多]个?|各)(?:社区|村)的?(?:合计|总[数计]|总?面积|数之?和)|(?:社区|村)(?:合计|总和|之和)"
)
# Of the rooms some alone are in use: 仅一层可用, 只有一半能用, 部分房间闲置.
_IN_PART = pattern(
    r"(?:[仅只]有?|其中|部分|大部分?|[一小大]半|少量)[^,]{0,3}?(?:[\d一二两三四五六七八九十半]+(?:[层楼间处栋]|成|平方?米?|㎡|m2|%)?|部分|楼层|房间|面积)?"
    r"[^,未没不无]{0,4}?(?:[可能](?:以)?(?:正常)?(?:使?用)|实际使用|在用|[已现]?启用|[已现]?投用|投入使用)(?![费到])"
)
_SOME = pattern(r"[层楼间处栋半成平㎡%]|m2|部分|面积|房间")
_KINDS = r"(?:占地|用地|土地(?!局)|宗地|套内|室外|院[落子内]|使用面积)"
_ANOTHER_KIND = pattern(
    rf"(?:^|面积|数[字据值]?|[填报写算]的?)(?:均|都|全部|只|仅|此|该|实际)*(?:是|为|系|按照?|指)[^,]{{0,3}}?{_KINDS}|"
    rf"^{_KINDS}(?:面积)?$|不是(?:建筑|房屋)面积"
)


def reaches_further(clause: str) -> str | None:
    """The words that say of what, where a clause says that an area is not that of the facility alone; else None.

    Args:
        clause: without blanks, in the brackets and signs of ``tidy``.
    """
    shared = _SHARED.search(clause)
    if shared and not (shared["whom"] and _AT_HOME.search(shared["whom"])):
        return clause[: shared.start()]
    taken_in = _TAKES_IN.search(clause)
    if taken_in and _OUTSIDE.search(taken_in["what"]):
        return clause[: taken_in.start()]
    in_part = _IN_PART.search(clause)
    if in_part and _SOME.search(in_part[0]):
        return clause[: in_part.start()]
    return "" if _OF_SOMEBODY_ELSE.search(clause) else None


def is_of_another_kind(clause: str) -> bool:
    """The clause says that an area is that of the ground, or of the rooms without the walls."""
    return _ANOTHER_KIND.search(clause) is not None
