"""How the names of places end, by level. Whatever tells places by their names builds its pattern from these lists.

The patterns differ in what they may safely take for a place: a header that holds 盟 is as often about a 联盟. So each
takes the endings of some levels, says which it leaves out (``but``) or adds (``also``), and why.
"""

from __future__ import annotations

from collections.abc import Iterable

from communitycheck.patterns import pattern

ENDINGS: dict[str, tuple[str, ...]] = {
    "province": ("省", "自治区", "特别行政区"),
    "city": ("市", "自治州", "地区", "盟"),
    "county": ("区", "县", "旗"),
    "street": ("街道", "镇", "乡", "苏木"),
    "community": ("社区", "村", "嘎查"),
}
# Offices that are named for the place which they run.
OFFICES: dict[str, tuple[str, ...]] = {
    "street": ("街道办事处", "街道办", "办事处"),
    "community": ("居民委员会", "村民委员会", "居委会", "村委会"),
}


def place_of(office: str, level: str) -> str:
    """The place that an office is named for: 红旗社区居委会 runs 红旗社区; any other name as it is."""
    for ending in OFFICES.get(level, ()):
        if office.endswith(ending) and office != ending:
            name = office.removesuffix(ending)
            kind = next((end for end in ENDINGS[level] if ending.startswith(end)), ENDINGS[level][0])
            return name if name.endswith(ENDINGS[level]) else name + kind
    return office


TRADITIONAL: dict[str, tuple[str, ...]] = {
    "county": ("區", "縣"),
    "street": ("鎮", "鄉"),
    "community": ("社區",),
}
# A direction or a common word, which with 区 behind it is the name of a district here and of a part of the town there.
_SIDE = "[东東西南北中]|[东東西][南北]"
_COMMON = (
    f"城?(?:{_SIDE})|[主中老旧新]?城|[市城]中|市辖?|[新老旧郊矿]|中心|郊县|工矿|城郊|"
    "(?:(?:经济|高新)?(?:技术|产业)?|工业|旅游)开发|经开|高新(?:技术)?(?:产业)?|工业园?|产业园?|园|"
    "保税|度假|旅游|风景|景|示范|试验|管理|功能"
)
_TELLS_NO_CITY = pattern(f"(?:{_COMMON})[区區]")
# The last character of a city's name where that stands inside a longer one (铁岭市清河区): 州 for 自治州 and 凉山州;
# not the 区 of 地区, which ends the names of counties.
CITY_CHARACTERS = "市州盟"

# Cities that are counties by rank (县级市), those included that are districts today. The name of any other city tells
# nothing: most are the level above a county.
_COUNTY_LEVEL = (
    "万宁 万源 三水 三河 上虞 东兴 东台 东宁 东方 东港 东阳 个旧 丰城 丰镇 临夏 临安 临江 临海 临清 "
    "临湘 丹江口 丹阳 义乌 义马 乌兰浩特 乌苏 乐平 乐昌 乐清 乐陵 九台 乳山 二连浩特 五大连池 五家渠 "
    "五常 五指山 井冈山 什邡 仁怀 介休 从化 仙桃 仪征 任丘 伊宁 余姚 余杭 侯马 信宜 偃师 兖州 公主岭 "
    "兰溪 共青城 兴义 兴化 兴城 兴宁 兴平 冀州 冷水江 凌海 凌源 凤城 凭祥 凯里 利川 化州 北宁 北安 "
    "北流 北票 北镇 华蓥 华阴 南安 南宫 南川 南海 南雄 博乐 卫辉 即墨 原平 双城 双辽 古交 句容 台山 "
    "合作 合山 合川 吉首 同江 启东 吴川 吴江 和田 和龙 喀什 四会 图们 图木舒克 塔城 增城 大丰 大冶 "
    "大安 大理 大石桥 天长 天门 太仓 奉化 奎屯 如皋 姜堰 嫩江 孝义 孟州 宁国 宁安 安丘 安国 安宁 安达 "
    "安陆 定州 宜兴 宜城 宜州 宜都 宣威 密山 富锦 富阳 寿光 尚志 岑溪 峨眉山 崇州 嵊州 巢湖 巩义 常宁 "
    "常熟 平度 平湖 广德 广水 广汉 庄河 庐山 库尔勒 应城 康定 廉江 延吉 建德 建瓯 建阳 开原 开平 开远 "
    "张家港 弥勒 当阳 彭州 德令哈 德兴 德惠 恩平 恩施 慈溪 扎兰屯 扬中 扶余 抚远 招远 敦化 敦煌 文山 "
    "文昌 文登 新乐 新会 新密 新民 新沂 新泰 新郑 无为 昆山 昌吉 昌邑 明光 晋州 晋江 普兰店 普宁 景洪 "
    "曲阜 松滋 林州 枝江 枣阳 栖霞 根河 格尔木 桂平 桐乡 桐城 桦甸 梅河口 楚雄 榆树 樟树 武冈 武夷山 "
    "武安 武穴 武进 永城 永安 永川 永康 永济 汉川 汝州 江山 江油 江津 江都 江阴 汨罗 汾阳 沁阳 沅江 "
    "沙河 河津 河间 泊头 泰兴 泸水 津市 洪江 洪湖 洮南 济源 浏阳 海伦 海城 海宁 海林 海门 海阳 涟源 "
    "涿州 深州 清镇 温岭 湘乡 溧阳 滕州 满洲里 漠河 漳平 潜山 潜江 潞城 潮阳 澄海 灯塔 灵宝 灵武 "
    "牙克石 玉树 玉门 珲春 琼海 瑞丽 瑞安 瑞昌 瑞金 瓦房店 界首 番禺 登封 盖州 石河子 石狮 石首 磐石 "
    "福安 福泉 福清 福鼎 禹城 禹州 穆棱 章丘 简阳 米泉 绥芬河 绵竹 罗定 老河口 耒阳 肇东 肥城 胶南 "
    "胶州 腾冲 舒兰 舞钢 芒 花都 英德 荣成 荥阳 莱州 莱西 莱阳 萧山 蒙自 蓬莱 藁城 虎林 蛟河 西昌 "
    "讷河 诸城 诸暨 调兵山 贵溪 资兴 赤壁 赤水 辉县 辛集 迁安 连州 通州 遵化 邓州 邛崃 邳州 邵武 邹城 "
    "都匀 都江堰 醴陵 金坛 钟祥 铁力 铁法 铁门关 锡山 锡林浩特 长乐 长葛 阆中 阜康 阳春 阿克苏 阿勒泰 "
    "阿图什 阿城 阿尔山 阿拉尔 阿拉山口 陆丰 集安 雷州 霍尔果斯 霍州 霍林郭勒 霸州 青州 青铜峡 靖江 "
    "靖西 韩城 韶山 项城 顺德 额尔古纳 香格里拉 马尔康 高安 高密 高州 高平 高明 高碑店 高要 高邮 鹤山 "
    "鹿泉 麻城 黄岩 黄骅 龙井 龙口 龙泉 龙海 "
)
COUNTY_LEVEL_CITIES = frozenset(f"{name}市" for name in _COUNTY_LEVEL.split())


def endings(*levels: str, but: Iterable[str] = (), also: Iterable[str] = ()) -> tuple[str, ...]:
    """The endings of some levels, without some and with others."""
    left_out = set(but)
    return (*(end for level in levels for end in ENDINGS[level] if end not in left_out), *also)


def is_county_level_city(name: str) -> bool:
    """海城市, also behind the regions above it: 鞍山市海城市."""
    if not name.endswith("市"):
        return False
    return any(
        name[-length:] in COUNTY_LEVEL_CITIES and (len(name) == length or name[-length - 1] in "省市州区盟")
        for length in range(2, 6)
    )


def tells_no_city(name: str) -> bool:
    """东区, 郊区, 开发区: many cities have one or call a part of them so, whichever are in a list of districts."""
    return _TELLS_NO_CITY.fullmatch(name) is not None


def any_of(words: Iterable[str]) -> str:
    """A regular expression for one of the words, the longest first."""
    return f"(?:{'|'.join(sorted(words, key=len, reverse=True))})"
