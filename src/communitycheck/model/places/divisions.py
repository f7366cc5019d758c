"""The cities and counties of the provinces that standards are for, with their codes (GB/T 2260, changes up to 2021).

Codes that were given up since 2017 are kept beside those that took their place: returns of those years carry them.
"""

from __future__ import annotations

from functools import lru_cache

# A line for each city: its code and name, and the last two digits and names of its counties.
_DIVISIONS = """
210000辽宁省
210100沈阳市 02和平区 03沈河区 04大东区 05皇姑区 06铁西区 11苏家屯区 12浑南区 13沈北新区
  14于洪区 15辽中区 23康平县 24法库县 81新民市
210200大连市 02中山区 03西岗区 04沙河口区 11甘井子区 12旅顺口区 13金州区 14普兰店区 24长海县
  81瓦房店市 83庄河市
210300鞍山市 02铁东区 03铁西区 04立山区 11千山区 21台安县 23岫岩满族自治县 81海城市
210400抚顺市 02新抚区 03东洲区 04望花区 11顺城区 21抚顺县 22新宾满族自治县 23清原满族自治县
210500本溪市 02平山区 03溪湖区 04明山区 05南芬区 21本溪满族自治县 22桓仁满族自治县
210600丹东市 02元宝区 03振兴区 04振安区 24宽甸满族自治县 81东港市 82凤城市
210700锦州市 02古塔区 03凌河区 11太和区 26黑山县 27义县 81凌海市 82北镇市
210800营口市 02站前区 03西市区 04鲅鱼圈区 11老边区 81盖州市 82大石桥市
210900阜新市 02海州区 03新邱区 04太平区 05清河门区 11细河区 21阜新蒙古族自治县 22彰武县
211000辽阳市 02白塔区 03文圣区 04宏伟区 05弓长岭区 11太子河区 21辽阳县 81灯塔市
211100盘锦市 02双台子区 03兴隆台区 04大洼区 22盘山县
211200铁岭市 02银州区 04清河区 21铁岭县 23西丰县 24昌图县 81调兵山市 82开原市
211300朝阳市 02双塔区 03龙城区 21朝阳县 22建平县 24喀喇沁左翼蒙古族自治县 81北票市 82凌源市
211400葫芦岛市 02连山区 03龙港区 04南票区 21绥中县 22建昌县 81兴城市
340000安徽省
340100合肥市 02瑶海区 03庐阳区 04蜀山区 11包河区 21长丰县 22肥东县 23肥西县 24庐江县 81巢湖市
340200芜湖市 02镜湖区 03弋江区 07鸠江区 08三山区 10湾沚区 12繁昌区 21芜湖县 22繁昌县 23南陵县
  25无为县 81无为市
340300蚌埠市 02龙子湖区 03蚌山区 04禹会区 11淮上区 21怀远县 22五河县 23固镇县
340400淮南市 02大通区 03田家庵区 04谢家集区 05八公山区 06潘集区 21凤台县 22寿县
340500马鞍山市 03花山区 04雨山区 06博望区 21当涂县 22含山县 23和县
340600淮北市 02杜集区 03相山区 04烈山区 21濉溪县
340700铜陵市 05铜官区 06义安区 11郊区 22枞阳县
340800安庆市 02迎江区 03大观区 11宜秀区 22怀宁县 24潜山县 25太湖县 26宿松县 27望江县 28岳西县
  81桐城市 82潜山市
341000黄山市 02屯溪区 03黄山区 04徽州区 21歙县 22休宁县 23黟县 24祁门县
341100滁州市 02琅琊区 03南谯区 22来安县 24全椒县 25定远县 26凤阳县 81天长市 82明光市
341200阜阳市 02颍州区 03颍东区 04颍泉区 21临泉县 22太和县 25阜南县 26颍上县 82界首市
341300宿州市 02埇桥区 21砀山县 22萧县 23灵璧县 24泗县
341500六安市 02金安区 03裕安区 04叶集区 22霍邱县 23舒城县 24金寨县 25霍山县
341600亳州市 02谯城区 21涡阳县 22蒙城县 23利辛县
341700池州市 02贵池区 21东至县 22石台县 23青阳县
341800宣城市 02宣州区 21郎溪县 22广德县 23泾县 24绩溪县 25旌德县 81宁国市 82广德市
430000湖南省
430100长沙市 02芙蓉区 03天心区 04岳麓区 05开福区 11雨花区 12望城区 21长沙县 24宁乡县 81浏阳市
  82宁乡市
430200株洲市 02荷塘区 03芦淞区 04石峰区 11天元区 12渌口区 21株洲县 23攸县 24茶陵县 25炎陵县
  81醴陵市
430300湘潭市 02雨湖区 04岳塘区 21湘潭县 81湘乡市 82韶山市
430400衡阳市 05珠晖区 06雁峰区 07石鼓区 08蒸湘区 12南岳区 21衡阳县 22衡南县 23衡山县 24衡东县
  26祁东县 81耒阳市 82常宁市
430500邵阳市 02双清区 03大祥区 11北塔区 21邵东县 22新邵县 23邵阳县 24隆回县 25洞口县 27绥宁县
  28新宁县 29城步苗族自治县 81武冈市 82邵东市
430600岳阳市 02岳阳楼区 03云溪区 11君山区 21岳阳县 23华容县 24湘阴县 26平江县 81汨罗市 82临湘市
430700常德市 02武陵区 03鼎城区 21安乡县 22汉寿县 23澧县 24临澧县 25桃源县 26石门县 81津市市
430800张家界市 02永定区 11武陵源区 21慈利县 22桑植县
430900益阳市 02资阳区 03赫山区 21南县 22桃江县 23安化县 81沅江市
431000郴州市 02北湖区 03苏仙区 21桂阳县 22宜章县 23永兴县 24嘉禾县 25临武县 26汝城县 27桂东县
  28安仁县 81资兴市
431100永州市 02零陵区 03冷水滩区 21祁阳县 22东安县 23双牌县 24道县 25江永县 26宁远县 27蓝山县
  28新田县 29江华瑶族自治县 81祁阳市
431200怀化市 02鹤城区 21中方县 22沅陵县 23辰溪县 24溆浦县 25会同县 26麻阳苗族自治县
  27新晃侗族自治县 28芷江侗族自治县 29靖州苗族侗族自治县 30通道侗族自治县 81洪江市
431300娄底市 02娄星区 21双峰县 22新化县 81冷水江市 82涟源市
433100湘西土家族苗族自治州 01吉首市 22泸溪县 23凤凰县 24花垣县 25保靖县 26古丈县 27永顺县 30龙山县
510000四川省
510100成都市 04锦江区 05青羊区 06金牛区 07武侯区 08成华区 12龙泉驿区 13青白江区 14新都区
  15温江区 16双流区 17郫都区 18新津区 21金堂县 24郫县 29大邑县 31蒲江县 32新津县 81都江堰市 82彭州市
  83邛崃市 84崇州市 85简阳市
510300自贡市 02自流井区 03贡井区 04大安区 11沿滩区 21荣县 22富顺县
510400攀枝花市 02东区 03西区 11仁和区 21米易县 22盐边县
510500泸州市 02江阳区 03纳溪区 04龙马潭区 21泸县 22合江县 24叙永县 25古蔺县
510600德阳市 03旌阳区 04罗江区 23中江县 26罗江县 81广汉市 82什邡市 83绵竹市
510700绵阳市 03涪城区 04游仙区 05安州区 22三台县 23盐亭县 25梓潼县 26北川羌族自治县 27平武县
  81江油市
510800广元市 02利州区 11昭化区 12朝天区 21旺苍县 22青川县 23剑阁县 24苍溪县
510900遂宁市 03船山区 04安居区 21蓬溪县 22射洪县 23大英县 81射洪市
511000内江市 02市中区 11东兴区 24威远县 25资中县 28隆昌县 83隆昌市
511100乐山市 02市中区 11沙湾区 12五通桥区 13金口河区 23犍为县 24井研县 26夹江县 29沐川县
  32峨边彝族自治县 33马边彝族自治县 81峨眉山市
511300南充市 02顺庆区 03高坪区 04嘉陵区 21南部县 22营山县 23蓬安县 24仪陇县 25西充县 81阆中市
511400眉山市 02东坡区 03彭山区 21仁寿县 23洪雅县 24丹棱县 25青神县
511500宜宾市 02翠屏区 03南溪区 04叙州区 21宜宾县 23江安县 24长宁县 25高县 26珙县 27筠连县
  28兴文县 29屏山县
511600广安市 02广安区 03前锋区 21岳池县 22武胜县 23邻水县 81华蓥市
511700达州市 02通川区 03达川区 22宣汉县 23开江县 24大竹县 25渠县 81万源市
511800雅安市 02雨城区 03名山区 22荥经县 23汉源县 24石棉县 25天全县 26芦山县 27宝兴县
511900巴中市 02巴州区 03恩阳区 21通江县 22南江县 23平昌县
512000资阳市 02雁江区 21安岳县 22乐至县
513200阿坝藏族羌族自治州 01马尔康市 21汶川县 22理县 23茂县 24松潘县 25九寨沟县 26金川县 27小金县
  28黑水县 30壤塘县 31阿坝县 32若尔盖县 33红原县
513300甘孜藏族自治州 01康定市 22泸定县 23丹巴县 24九龙县 25雅江县 26道孚县 27炉霍县 28甘孜县
  29新龙县 30德格县 31白玉县 32石渠县 33色达县 34理塘县 35巴塘县 36乡城县 37稻城县 38得荣县
513400凉山彝族自治州 01西昌市 22木里藏族自治县 23盐源县 24德昌县 25会理县 26会东县 27宁南县
  28普格县 29布拖县 30金阳县 31昭觉县 32喜德县 33冕宁县 34越西县 35甘洛县 36美姑县 37雷波县
  02会理市
"""


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """Code -> name."""
    found: dict[str, str] = {}
    above = ""
    for word in _DIVISIONS.split():
        digits = word[:6] if word[:6].isdecimal() else above[:4] + word[:2]
        above = digits if len(word) > 6 and word[:6].isdecimal() else above
        found[digits] = word.lstrip("0123456789")
    return found


@lru_cache(maxsize=1)
def _codes() -> dict[str, tuple[str, ...]]:
    """Name of a city or county -> the codes of those of that name that there are today or were."""
    found: dict[str, tuple[str, ...]] = {}
    for code, name in _names().items():
        found[name] = (*found.get(name, ()), code)
    return found


def division(code: str) -> str:
    """The name of a province, city or county by its six digits; empty where it is not listed."""
    return _names().get(code, "")


def is_listed_province(prefix: str) -> bool:
    """Whether the cities and counties of the province with those first two digits are listed."""
    return bool(division(prefix + "0000"))


def divisions_of(code: str) -> tuple[str, str, str]:
    """The province, city and county of a code of six digits, each empty where it gives none that is listed."""
    province, city, county = code[:2] + "0000", code[:4] + "00", code
    return division(province), division(city) if city != province else "", division(county) if county != city else ""


def cities_in(prefix: str) -> tuple[str, ...]:
    """The cities of the province with those first two digits; none where it is not listed."""
    return tuple(
        name
        for code, name in _names().items()
        if code[:2] == prefix and code.endswith("00") and not code.endswith("0000")
    )


def codes_named(name: str) -> tuple[str, ...]:
    """The codes of the cities and counties of that name, one for each place."""
    return _codes().get(name, ())


def counties_in(text: str, endings: tuple[str, ...]) -> tuple[str, ...]:
    """The codes of the counties whose names end so and stand in a text."""
    named = [codes for name, codes in _codes().items() if name in text and name.endswith(endings)]
    return tuple(code for codes in named for code in codes if not code.endswith("00"))


def county_behind(city: str, text: str) -> str:
    """The county that stands at once behind the name of its city (鞍山市铁东区…); empty where none of that city does,
    or two do."""
    counties = {
        name
        for code in codes_named(city)
        for other, name in _names().items()
        if other[:4] == code[:4] and other != code and city + name in text
    }
    return counties.pop() if len(counties) == 1 else ""
