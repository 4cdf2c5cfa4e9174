"""Whether the cells of a column are persons' names: told by the column as a whole.

A surname tells little: rare ones are missed, and 安全 or 施工 begin like one. What tells is that
the cells are short, nearly all of one shape, many different ones, and none of the words that
activities, goods, trades and places are made of. Where there are a few cells only, or where the
header speaks of kinds, they must begin as names do besides.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

_HEADER = re.compile(
    "姓名|联系人|负责人|责任人|经办人|户主|申请人|志愿者$|人员$|队员|成员|参加人|服务人|name"
)
_NO_PERSON_HEADER = re.compile("数|类|单位|名额|时长|活动名|名称|rename|company|merchant|activity")
# Whom a column names beside posts and units: a cell of it may be a person among others.
_OF_WHO = re.compile(
    "责任|负责|承办|经办|办理|主持|主讲|讲师|老师|教师|带队|组织者|走访|接待|处理人|记录"
)
_OF_KINDS = re.compile(
    "类|行业|业态|来源|渠道|工种|岗位|职业|课程|物品|商|品|小区|楼|地点|片区|区域|方式|项目|店|单位|企业|公司|机构|学校"
)
# Where something was, or which team did it: 温泉 and 金剪刀 there are no persons.
_OF_PLACES = re.compile(
    "点位?$|小区|网格|食堂|餐厅|饭堂|位置|地[点段]|片区|区域|站$|亭$|队$|队伍|团队"
)
_HAN = re.compile(r"[\u4e00-\u9fff]{2,4}")
# As names of other peoples are written: with a dot, or in the characters that stand for sounds.
_DOTTED = re.compile(r"[\u4e00-\u9fff]+(?:[·•‧・][\u4e00-\u9fff]+)+")
_SOUNDS = re.compile(
    "[阿艾买卜不都拉提力木江尼亚孜依古丽帕努尔迪热合曼吐逊伊斯马哈娜扎汗图巴特娅库西玛沙日茹则姑祖"
    "孙萨吾塔什肉铁木色旦扎措卓嘎央金多吉次仁旺堆平格桑加布顿珠洛桑其苏和乌兰雅仁高娃达瓦杜白克肯鲁黑赛罕耶地夏帖哈非穆罕默]{3,12}"
)
_LATIN = re.compile(r"[A-Z][A-Za-z'’-]*,?(?: [A-Z]\.?)?(?: [A-Z][A-Za-z'’-]+){1,2}(?: [JS]r\.?)?")
_LATIN_WORDS = re.compile(
    r"\b(?:street|clean\w*|communit\w*|volunteer\w*|service|services|care|safety|health|training|class|"
    r"course|visit|meeting|patrol|support|home|park|road|center|centre|market|shop|store|supermarket|"
    r"pharmacy|school|hospital|day|festival|event|activit\w*|workshop|lecture|talk|green|water|fire|"
    r"food|rice|tea|art|music|book|fair|team|group|office|company|of|the|and|for|in|at)\b",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"[(（\[【].*?[)）\]】]|^\s*\d{1,3}[.．、]\s*|[★☆※*●\s]|1[3-9][\d*]{9}$")
_BETWEEN = re.compile(r"[、，,;；/|｜\n\t]+")
_MOSTLY, _DISTINCT, _MANY = 0.8, 0.3, 8
_FEWEST = 4
_WORDY = 0.3
_COMMON = frozenset(
    "赵钱孙李周吴郑王冯陈卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢邹苏潘葛范彭鲁马方任袁柳史唐薛贺倪汤罗"
    "毕郝邵汪毛戴宋庞熊纪董梁杜阮蓝贾江郭梅林徐邱骆高夏蔡田樊胡万管卢莫房丁邓洪石崔龚程邢陆翁侯宁甘武刘"
    "景龙叶黎白蒲谭冉雍温庄晏柴阎习牛廖耿欧聂曾沙关游盖于孟尹段雷钟黄申尚付岳向施苗肖"
)
_RARE = frozenset(
    "窦章云奚昌凤花俞鲍费廉岑滕殷安常乐傅齐康伍余元卜顾平和穆萧祁项祝米贝明臧计伏成谈茅屈路娄危童颜盛刁丘褚霍"
    "虞支柯昝经裘缪干解应宗宣贲郁单杭包诸左吉钮嵇滑裴荣封储靳汲松井富巫乌焦巴弓隗山谷车宓蓬全班仰秋仲伊宫仇栾"
    "暴斜厉戎祖符束幸韶郜蓟薄印宿怀从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟贡劳逄姬扶堵宰郦璩桑桂濮寿通边扈"
    "燕冀浦农别瞿充连茹宦艾鱼容古易慎戈庾终暨居衡步都满弘匡国文寇广禄阙东殴利蔚越夔隆师巩厍晁勾敖融冷辛阚那简饶"
    "养鞠须丰巢蒯相查后荆红竺权逯益桓公涂仝亓乜仉芈郄郗郇佟佘覃缑郏郓邰苻荀揭晋朴来槐檀毋求汝沃泥渠湛漆潭牟狄猛"
    "玄甄由禚秘税笪粟续绪翦肇苑菅虎衣袭訾谌谯豆资赛轩辜迟邝邬郐酆释钦铁锁镡闫靖顿魁鲜麻晃兀厚上官矫隋庆战初冼"
)
_DOUBLE = re.compile("欧阳|司马|上官|诸葛|夏侯|皇甫|尉迟|公孙|慕容|司徒|令狐|端木|东方|南宫")
_WORDS = re.compile(
    "清[扫洁理运]|卫生|宣[传讲]|安全|环[境保卫]|志愿|服务|活动|巡[逻查护防]|走访|慰问|老[人年]|儿童|少年|义[诊剪卖演]|"
    "理发|讲座|培训|普法|法[律治]|消防|反诈|防[疫火汛诈]|疫苗|核酸|垃圾|分类|绿化|楼道|文[明艺体化]|交通|劝导|助[老残学餐]|"
    "帮[扶助]|关爱|心理|健康|体检|读书|书法|绘画|舞蹈|合唱|手工|亲子|节日|端午|春节|元宵|中秋|重阳|党[员课建]|学习|"
    "会议|议事|调解|矛盾|邻里|物业|噪[音声]|停车|漏水|维修|修[缮理补]|照明|路灯|电[梯动瓶]|供[水暖电]|排[水污]|管道|管理|设施|"
    "充电|违[建停规]|宠物|养犬|油烟|施工|道路|公共|其他|其它|咨询|投诉|建议|求助|社[区会保]|小区|中心|广场|公司|超市|药[店房]|"
    "餐[厅饮馆]|医[院疗保]|学校|影院|银行|保[洁安育姆]|厨师|司机|客服|收银|导购|面点|月嫂|护[理工士]|电工|焊工|文员|店员|普工|"
    "就业|招聘|技能|小吃|美[容发甲]|缝[补纫]|家[政电装]|维护|秩序|值[班守]|站岗|接[待送]|代[办购]|陪[伴护]|送[餐药]|捐[赠款]|献血|"
    "大米|面粉|洗[衣手洁]|纸巾|抽纸|毛巾|水[杯壶]|牙[膏刷]|肥皂|香皂|雨伞|手电|食[用盐品]|鸡蛋|牛奶|围裙|抹布|拖[把鞋]|"
    "电话|微信|上门|来[访信电]|网[格络]|窗口|热线|现场|线[上下]|已|未|待|办结|处理|完成|通过|满意|一般|优秀|合格|"
    "零售|批发|广告|文印|印刷|餐饮|百货|五金|服饰|鞋帽|母婴|数码|通讯|金融|保险|房产|中介|住宿|酒店|洗浴|健身|教育|汽修|物流|快递|"
    "^[东南西北中前后正侧大小]门|舞|营$|饺|夏令|马拉松|"
    "花|茶|艺|球|操|拳|课|班|队|组|站|室|厅|馆|店|院|所|部|局|处|街|路|巷|号|楼|苑|园|村|镇|县|区|市|省|"
    "液$|油$|米$|面$|纸$|巾$|杯$|壶$|盆$|袋$|伞$|灯$|皂$|膏$|粉$|糖$|盐$|醋$|奶$|蛋$|刷$|布$|桶$|锅$|碗$|员$|工$|师$|岗$|业$|类$|"
    "费$|券$|卡$|证$|日$|节$|会$|展$|赛$|游$|餐$|品$|具$|器$|机$|车$|衣$|鞋$|帽$|被$|套$|盒$|瓶$|包$|箱$|本$|笔$|书$"
)

# Words that begin like a name of two characters, and are none.
_LIKE_NAMES = re.compile(
    "施工|施肥|安装|安排|安保|方案|方便|方法|方式|高温|高空|高层|白天|黄金|"
    "金额|金融|马上|马路|水电|江边|康复|平台|平时|时间|时段|常规|常见|和解|"
    "和睦|成员|成果|成效|计划|计算|谈话|谈心|项目|祝福|明确|明显|毛巾|管道|"
    "管理|管网|关闭|关注|关系|向导|向上|严格|严重|金属|钱款|华灯|张贴|张挂|"
    "石材|石板|田地|白色|黄色|蓝色|梅花|林木|江水|路灯|路面|路口|路段|车位|"
    "车辆|车库|车棚|童装|童车|单位|单元|杭州|包装|包括|左右|左侧|房屋|房顶|"
    "房间|封闭|井盖|全部|全面|全程|全天|班组|班次|段落|雷雨|温度|文件|文明|"
    "国旗|国庆|广告|广泛|步行|步道|都会|通知|通道|通过|边界|池塘|能够|农民|"
    "农村|党员|党建|党课|党群|费用|任务|任何|万元|万一|卢布|应急|应当|应该|"
    "宣传|宣讲|解决|解释|解答|宗旨|曾经|盖章|相关|公共|公告|公示|公厕|公园|"
    "利用|利民|查看|查找|查处|师资|师傅|龙头|谢谢|何时|何处|强化|温暖|游园|"
    "游玩|余下|别墅|景观|花园|花坛|花草|花盆|苗木|荣誉|连接|连续|甘肃|殷切|"
    "云端|巴士|牛奶|习惯|章程|米面|贝壳|郑重|葛根|孔洞|严禁|陶瓷|陶艺|水管|"
    "水箱|水泵|水表|喻义|柏油|汤圆|罗列|毕业|乐器|时常|傅粉|皮球|皮肤|齐全|"
    "康养|元旦|元宵"
)
_GOES_ON = frozenset(
    "队员工点后前中时内外费品类图期层区场处厅口门器板面线管上下电"
)  # 施工队, 安装前


def is_word(text: str) -> bool:
    """Whether a text that begins like a name is a word: 施工, 施工队."""
    begins = _LIKE_NAMES.fullmatch(text[:2]) or _WORDS.fullmatch(text[:2])
    return begins is not None and (len(text) < 3 or text[2] in _GOES_ON)


def are_persons(texts: Sequence[str], rows: Sequence[int], header: str = "") -> bool:
    """Whether distinct texts, each with the number of rows it stands in, are names of persons."""
    filled = [(text, times) for text, times in zip(texts, rows, strict=True) if text and times]
    total = sum(times for _text, times in filled)
    shaped = [(parts, n) for text, n in filled if (parts := _parts(text))]
    names = {name for parts, _times in shaped for name in parts}
    if not names:
        return False
    share = sum(times for _parts, times in shaped) / total
    wordy = sum(map(is_wordy, names)) / len(names)
    han = [name for name in names if _HAN.fullmatch(name) and not _SOUNDS.fullmatch(name)]
    if names_persons(header):
        return share >= 0.5 and wordy < 0.5
    if share < _MOSTLY or wordy >= _WORDY:
        return False
    of_kinds = (_OF_KINDS.search(header) or _OF_PLACES.search(header)) is not None
    begins = [
        name[0] in _COMMON or (not of_kinds and _begins_as_rare_ones_do(name)) for name in han
    ]
    like_names = sum(begins) / len(begins) if begins else 1.0
    if len(names) < _FEWEST:
        return like_names == 1.0 and not wordy
    if (of_kinds or all(len(name) < 3 for name in names)) and like_names <= 0.5:
        return False
    short = sum(len(name) < 4 for name in han) / len(han) if han else 1.0
    distinct = len(shaped) / total >= _DISTINCT or len(shaped) >= _MANY
    return distinct and short >= 0.7


def persons_among(texts: Sequence[str], header: str = "", known: Container[str] = ()) -> list[int]:
    """The positions of texts that are persons among others that are not, such as 张伟 under posts.

    `known` are persons that the same table names. Without them, and where the header does not ask
    who, there must be several, and they must begin as frequent names do.
    """
    certain = [at for at, text in enumerate(texts) if text in known and not is_wordy(text)]
    of_who = _OF_WHO.search(header) is not None
    likely = [
        at
        for at, text in enumerate(texts)
        if text and (of_who or len(text) == 3) and _HAN.fullmatch(text)
        if text[0] in _COMMON and not is_wordy(text)
    ]
    present = sum(bool(text) for text in texts)
    share = len(likely) / max(1, present)
    several = (len(likely) > 1 and share >= 0.5) or (len(likely) > 2 and share >= 0.3)
    of_few = likely and present < _FEWEST and not _OF_PLACES.search(header)
    if of_who or several or of_few:
        return sorted({*certain, *likely})
    return certain


def may_be_persons(texts: Sequence[str]) -> bool:
    """Whether distinct texts can be names of persons at all: shaped so, and no words."""
    filled = [text for text in texts if text]
    shaped = [parts for text in filled if (parts := _parts(text))]
    wordy = sum(any(map(is_wordy, parts)) for parts in shaped)
    return not filled or (len(shaped) >= 0.5 * len(filled) and wordy < 0.5 * len(shaped))


def names_persons(header: str) -> bool:
    """Whether a header says that its column holds persons."""
    return bool(_HEADER.search(header)) and not _NO_PERSON_HEADER.search(header)


def is_wordy(name: str) -> bool:
    """Whether a text of a name's shape holds what activities, goods and places are made of."""
    if _SOUNDS.fullmatch(name):
        return False
    if name.isascii():
        return _LATIN_WORDS.search(name) is not None
    return _WORDS.search(name) is not None or _LIKE_NAMES.fullmatch(name[:2]) is not None


def _parts(text: str) -> list[str]:
    """The names that a cell holds, if it has the shape of one or of several; else none."""
    parts = [bare for part in _BETWEEN.split(text) if (bare := part.strip())]
    bare = [_BESIDE.sub("", part) for part in parts]
    han = [one for one in bare if one]
    if han and all(map(_is_shaped, han)):
        return han
    return parts if parts and all(map(_LATIN.fullmatch, parts)) else []


def _is_shaped(text: str) -> bool:
    return any(shape.fullmatch(text) for shape in (_HAN, _DOTTED, _SOUNDS))


def _begins_as_rare_ones_do(name: str) -> bool:
    return name[0] in _RARE or _DOUBLE.match(name) is not None
