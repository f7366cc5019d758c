"""Names of persons in a cell that asks for a number of them."""

from __future__ import annotations

from communitycheck.patterns import pattern
from communitycheck.returns.cells.cell import UNREADABLE, Cell, number
from communitycheck.returns.cells.numerals import NUMERAL, value_of

_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧肖程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴"
    "夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文欧闫齐庞樊殷施"
    "严温洪翁梅凌盛邢舒屈项祝童颜柯翟骆岳牛聂焦葛涂滕靳苗鲁韦尤俞柳裴冉霍付"
)
_DOUBLE = "欧阳|上官|司马|诸葛|司徒|东方|尉迟|皇甫|慕容|令狐|夏侯|公孙|宇文|长孙|端木"
# Words that begin like a name and are none.
_WORDS = (
    "常[年住设驻任务规态见]|万[人元户名个余]|方[便案式可能面]|文[化件体明员书]|康复|白天|金[额属]|高[层于速校中职薪]|"
    "于[年明今下上去]|任[何期满职意命免教]|石[材油]|江[边南北]|田间|施[工行]|何[时人种处]|许[多可]|余[人户名额下款]|"
    "马[路上]|林[业场]|曾[经有聘任设建为是配签请用在办开无]|顾[问不及]|陆续|付[费款清]|谢绝|武[装警]|董事|"
    "周[一二三四五六日天末期边到报转]|张[贴榜挂]|夏[季天令]|范围|程[序度]|严[格重禁]|郑重|齐[全备]|庞大|段落|项目|"
    "易于|洪水|盛行|祝贺|凌晨|温馨|牛[奶肉]|徐缓|高等|金融|康养|石化|文旅|文艺|方向|万名|常委|常联|聘|"
    "高[级峰管邮]|金[牌华]|康[达平]|黄[河山冈]|万[达一分能]|龙头|范[本例]|石家|唐[山突]|毛[坯重料]|史料|白领|陈[述旧列设]|"
    "江[湖苏西阴]|沈阳|常[德州青]|温[州暖]|贺信|钟点|方[圆形正]|于洪|徐州|郑州|苏州|彭州|邓州|易县|胡同|余姚|潘家|张家"
)
_GIVEN = r"[\u4e00-\u9fff]"
# Characters that stand in statements and not in the names of persons.
_STATEMENT = r"[的了未不没无否已等个位待聘缺停撤辞兼退拟约签续离]"
# What ends so is a place, an office or a measure.
_PLACE = r"(?<![村居屯镇乡街道路里园坊苑区组队站所院室厅楼馆校元户人时年日次个处米市县省局部委办会社司])"
_NAME = (
    rf"(?:(?!(?:{_WORDS}))(?:(?:{_DOUBLE})|[{_SURNAMES}])(?:(?!{_STATEMENT}){_GIVEN}){{1,2}}{_PLACE}"
    r"(?:同志|女士|先生|律师|医生|主任|书记)?|某{1,2}(?:同志|女士|先生|律师|医生))"
)
_LIST = pattern(rf"{_NAME}(?:[、,;/]{_NAME})*")
# A name may have a post in brackets; anything else in brackets has to be looked at.
_POST = pattern(r"[(](?:兼|兼职|专职|律师|男|女|党员|主任|书记|医生)[)]")
_AND_OTHERS = pattern(rf"({_NAME}(?:[、,;/]{_NAME})*)等共?({NUMERAL})(?:名|人|位)?(?:律师|法律顾问|医生)?")
_ANYWHERE = pattern(_NAME)
_SEVERAL = pattern(r"[、,;/]")


def are_persons(text: str) -> bool:
    """Whether the text, without its spaces, is the name of a person or a list of names, and nothing else."""
    return _LIST.fullmatch(_POST.sub("", text)) is not None


def names_masked(text: str) -> str:
    """The text with whatever may be a person's name in it as stars, for a cell that may not be quoted as it stands."""
    return _ANYWHERE.sub(lambda found: "*" * len(found[0]), text)


def count_persons(text: str) -> Cell | None:
    """张伟、李娜 are two, 张伟等3人 are three; None where the text is anything else than names."""
    others = _AND_OTHERS.fullmatch(text)
    if others:
        named, stated = _how_many(others[1]), value_of(others[2])
        if stated is None or stated < named:
            return UNREADABLE
        return number(stated).noted("names-counted", count=int(stated))
    if not are_persons(text):
        return None
    count = _how_many(_POST.sub("", text))
    if count == 1:
        return number(1.0).noted("yes-means-one")
    return number(float(count)).noted("names-counted", count=count)


def _how_many(names: str) -> int:
    return len(_SEVERAL.split(names))
