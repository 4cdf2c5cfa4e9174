"""Whether the cells of a column are persons' names: told by the column as a whole.

A surname tells little: rare ones are missed, and 安全 or 施工 begin like one. What tells is that
the cells are short, nearly all of one shape, many different ones, and none of the words that
activities, goods, trades and places are made of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_HEADER = re.compile(
    "姓名|联系人|负责人|责任人|经办人|户主|申请人|志愿者$|人员$|队员|成员|参加人|服务人|name"
)
_NO_PERSON_HEADER = re.compile("数|类|单位|名额|时长|活动名|名称|rename|company|merchant|activity")
_SHAPE = re.compile(r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]+[·•][\u4e00-\u9fff]+")
_MOSTLY, _DISTINCT, _MANY = 0.8, 0.3, 8
_FEWEST = 4
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
    "花|茶|艺|球|操|拳|课|班|队|组|站|室|厅|馆|店|院|所|部|局|处|街|路|巷|号|楼|苑|园|村|镇|县|区|市|省|"
    "液$|油$|米$|面$|纸$|巾$|杯$|壶$|盆$|袋$|伞$|灯$|皂$|膏$|粉$|糖$|盐$|醋$|奶$|蛋$|刷$|布$|桶$|锅$|碗$|员$|工$|师$|岗$|业$|类$|"
    "费$|券$|卡$|证$|日$|节$|会$|展$|赛$|游$|餐$|品$|具$|器$|机$|车$|衣$|鞋$|帽$|被$|套$|盒$|瓶$|包$|箱$|本$|笔$|书$"
)
_WORDY = 0.3


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
    found = [(text, times) for text, times in zip(texts, rows, strict=True) if text and times]
    total = sum(times for _text, times in found)
    shaped = [(text, times) for text, times in found if _SHAPE.fullmatch("".join(text.split()))]
    if not total or not shaped:
        return False
    share = sum(times for _text, times in shaped) / total
    wordy = sum(bool(_WORDS.search(text)) for text, _times in shaped) / len(shaped)
    if names_persons(header):
        return share >= 0.5 and wordy < 0.5
    short = sum(len(text) < 4 for text, _times in shaped) / len(shaped)
    distinct = len(shaped) >= _FEWEST and (len(shaped) / total >= _DISTINCT or len(shaped) >= _MANY)
    return share >= _MOSTLY and distinct and short >= 0.7 and wordy < _WORDY


def may_be_persons(texts: Sequence[str]) -> bool:
    """Whether distinct texts can be names of persons at all: shaped so, and no words."""
    found = [text for text in texts if text]
    shaped = [text for text in found if _SHAPE.fullmatch("".join(text.split()))]
    wordy = sum(bool(_WORDS.search(text)) for text in shaped)
    return not found or (len(shaped) >= 0.5 * len(found) and wordy < 0.5 * len(shaped))


def names_persons(header: str) -> bool:
    """Whether a header says that its column holds persons."""
    return bool(_HEADER.search(header)) and not _NO_PERSON_HEADER.search(header)
