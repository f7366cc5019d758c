"""A small csv in GB18030 with communities of Shenyang and of other cities of Liaoning: 600 m2 against 400."""

from __future__ import annotations

from pathlib import Path

HEADER = "行政区划代码,市,县(市、区),街道(乡镇),社区名称,社区类型,户数,常住人口,综合服务设施面积(㎡)"
# Every name below the county is made up. 䴘 stands in GB18030 and not in GBK.
ROWS = """\
210102001001,沈阳市,和平区,春桥街道,青屏社区,城市社区,1200,2900,500
210102001002,沈阳市,和平区,春桥街道,银渡社区,城市社区,1500,3600,600
210106002001,沈阳市,铁西区,文坊街道,䴘泉社区,城市社区,1900,4700,599.9
210181101201,沈阳市,新民市,柏沟镇,康岭村,农村社区,620,1700,350
210181101202,沈阳市,新民市,柏沟镇,梅坡村,农村社区,540,1500,349.9
210302003001,鞍山市,铁东区,桂园街道,兰巷社区,城市社区,1200,2900,500
210302003002,鞍山市,铁东区,桂园街道,云台社区,城市社区,1300,3100,399.9
210402004001,抚顺市,新抚区,福林街道,和源社区,城市社区,1333,3200,400
210402004002,抚顺市,新抚区,福林街道,和谷社区,城市社区,1334,3200,400
211002001001,辽阳市,白塔区,信桥街道,映湾社区,城市社区,1250,3000,
211221102201,铁岭市,铁岭县,松塘镇,石仓村,农村社区,480,1400,350
211221102202,铁岭市,铁岭县,松塘镇,龙井村,农村社区,1200,3300,355
"""


def write(path: Path) -> None:
    """Write the csv to ``path``, with the line ends of Windows as offices save them."""
    title = "辽宁省社区综合服务设施情况（合成示例数据，非真实数据）" + "," * HEADER.count(",")
    text = "\n".join([title, HEADER, ROWS]).replace("\n", "\r\n")
    path.write_bytes(text.encode("gb18030"))
