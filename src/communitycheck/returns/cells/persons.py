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
    "高[级峰管邮一二三]|金[牌华]|康[达平]|黄[河山冈]|万[达一分能]|龙头|范[本例]|石家|唐[山突]|毛[坯重料]|史料|白领|陈[述旧列设]|"
    "雷锋|焦裕禄|孔繁森|张思德|王进喜|郭明义|黄大年|黄文秀|"  # their names head campaigns and stations
    "江[湖苏西阴]|沈阳|常[德州青]|温[州暖]|贺信|钟点|方[圆形正]|于洪|徐州|郑州|苏州|彭州|邓州|易县|胡同|余姚|潘家|张家"
)
_GIVEN = r"[\u4e00-\u9fff]"
# Given names of one character are few; any other character behind a surname makes a word as often (方达, 于是, 高龄).
_ONE = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞刚辉玲玉建萍红鹏飞斌波宇浩凯健俊帆毅林宁亮峰锋雪梅琴云洁莉慧婷颖倩琳晶欢鑫旭"
    "阳坤龙彬鸿翔晨博睿轩涵悦兵冰燕兰英华珍秀凤荣芬香桂莲菊琼瑞瑶璐琪琦瑾瑜璇玮珊珂珠薇蕾蓉莹萌菲芸芹茜茹萱蓓苗葵楠桦"
    "柏松彪栋梁森杉枫柯樱桐梓榕雯霖霏露雷震雨晴晓昊昕晖晗旻曦昱昌昆晟炜炎焱灿炳烨煜熙熠烽焕煌泽洪淼渊渝源溪潇泓沛沁汐"
    "济滨澜澄瀚漪淇淑清江海洲川岩岭峻崇嵩嵘巍山岚骏骥驰骁腾跃翼羽翠鹤鸣鹰虎豹麒麟威武雄豪杨柳坚铭铮锐钢铁钧锦钊镇鉴银"
    "剑利刃功勋励勤劲勉仁义礼智信忠孝诚恺恒怡恬愉忆慎志思念惠恩宏宪安宝寅宾富宽容宸远进迪逸迎运遥哲喆嘉喜庆善启君吉向"
    "和咏哥唯啸园圆垚城培基增士壮声奇奕奎好妍妮姗姝娅娇娣娥媛婕婧嫣嫒妹姣婉孟学孜宗冠凌凡刘卓南卫叶吟彤彦彩影彰征律德"
    "微徽心成扬承拓振捷攀政敬斐斯昂显景曼月朋朗权柱根格桢棋楚欣歌正民永泉泰琛琨琮琰瑛璞甜生田申男畅登白百皓盈盛相真睦"
    "石硕磐祥禄福禹秋科程稳立竞竹笑笛筠策简籽素纯纲纳纹绍经绘继维绪绮缘群翎耀聪肖胜胤航舒良艺芝芮苏若范茂茵荔莎莺萃葆"
    "蒙蓝蔚虹蝶西许诗诺谊谦贝贤贵赫越轶辰迅遂邦金钰铠闯闻隆雁青非韬韵韶领顺颂颜风馨骅魁鲁默齐三四五六七某"
)
# Characters that stand in statements and not in the names of persons.
_STATEMENT = r"[的了未不没无否已等个位待聘缺停撤辞兼退拟约签续离]"
# What ends so is a place, an office or a measure.
_PLACE = r"(?<![村居屯镇乡街道路里园坊苑区组队站所院室厅楼馆校元户人时年日次个处米市县省局部委办会社司])"
_TITLE = r"(?:同志|女士|先生|律师|医生|主任|书记)?"
_SURNAME = rf"(?!(?:{_WORDS}))(?:(?:{_DOUBLE})|[{_SURNAMES}])"
_LETTER = rf"(?:(?!{_STATEMENT}){_GIVEN})"
_NAME = (
    rf"(?:{_SURNAME}(?:{_LETTER}{{2}}|(?!{_STATEMENT})[{_ONE}]){_PLACE}{_TITLE}|"
    r"某{1,2}(?:同志|女士|先生|律师|医生))"
)
# What may be a name and is not shown.
_LIKE_A_NAME = rf"(?:{_NAME}|{_SURNAME}{_LETTER}{{1,2}}{_PLACE}{_TITLE})"
_LIST = pattern(rf"{_NAME}(?:[、,;/]{_NAME})*")
# A name may have a post in brackets; anything else in brackets has to be looked at.
_POST = pattern(r"[(](?:兼|兼职|专职|律师|男|女|党员|主任|书记|医生)[)]")
_AND_OTHERS = pattern(rf"({_NAME}(?:[、,;/]{_NAME})*)等共?({NUMERAL})(?:名|人|位)?(?:律师|法律顾问|医生)?")
_ANYWHERE, _CERTAIN = pattern(_LIKE_A_NAME), pattern(_NAME)
_SEVERAL = pattern(r"[、,;/]")


def are_persons(text: str) -> bool:
    """Whether the text, without its spaces, is the name of a person or a list of names, and nothing else."""
    return _LIST.fullmatch(_POST.sub("", text)) is not None


def names_masked(text: str, *, asked: bool) -> str:
    """The text with the names of persons in it as stars, for a cell that may not be quoted as it stands.

    Where persons are ``asked`` for, whatever may be a name is hidden; elsewhere what is one, so that an office can
    still see which word of its own was not understood.
    """
    return (_ANYWHERE if asked else _CERTAIN).sub(lambda found: "*" * len(found[0]), text)


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
