"""The sample's vocabulary: merchants, goods, posts, topics. Invented unless published.

Published are the names 城投星城广场, 吾悦广场, 东方才子, 西苑医院济宁医院, 济宁王华职业培训学校,
山东理工职业学院, 米乐居民服务店, 家佰乐生活超市 and 梅子瑜伽馆; what they do here is invented.
"""

from __future__ import annotations

from typing import NamedTuple

ESTATES = {
    "nanfeng": ("南风花园一期", "南风花园二期", "南风花园三期"),
    "guqiao": ("古桥家园", "古桥新苑", "桥畔里", "古桥公馆"),
    "jinghang": tuple(f"京杭佳苑{number}区" for number in "一二三四五六"),
    "binhu": ("滨湖花园", "湖畔雅居", "滨湖新城"),
}

# How two communities write one merchant.
TALENT_AT_NANFENG = "东方才子艺术培训（城投星城广场店）"
TALENT_AT_BINHU = "城投星城广场东方才子艺术体验中心"
FLORIST = "拾光花坊"
HOSPITAL = "西苑医院济宁医院"
SCHOOL = "济宁王华职业培训学校"
COLLEGE = "山东理工职业学院"


class Merchant(NamedTuple):
    """A merchant with an agreement: name, sector, what it offers residents."""

    name: str
    sector: str
    offer: str


NANFENG_MERCHANTS = (
    Merchant(FLORIST, "花艺", "插花课免费，鲜花九折"),
    Merchant(TALENT_AT_NANFENG, "教育培训", "公益课每月一次"),
    Merchant("星城悦读书店", "文化", "图书八五折，亲子阅读角"),
    Merchant("小厨娘家常菜馆", "餐饮", "65岁以上老人八折"),
    Merchant("一品粥铺", "餐饮", "环卫工人免费早餐"),
    Merchant("康达大药房星城店", "医药健康", "免费量血压"),
    Merchant("明眸眼镜店", "医药健康", "免费验光"),
    Merchant("优洁干洗店", "生活服务", "洗衣七折"),
    Merchant("巧手裁缝铺", "生活服务", "改衣半价"),
    Merchant("飞扬运动馆", "体育健身", "工作日上午免费"),
    Merchant("童趣乐园", "亲子", "单次票六折"),
    Merchant("星城影院", "文化", "社区场每张十元"),
    Merchant("蓝天宠物诊所", "生活服务", "免费驱虫一次"),
    Merchant("云裳服饰", "零售", "会员价"),
    Merchant("果然鲜水果店", "零售", "满三十减五"),
    Merchant("暖心烘焙坊", "餐饮", "亲子烘焙体验"),
    Merchant("乐器之家", "教育培训", "公益试听"),
    Merchant("安心口腔门诊", "医药健康", "免费洁牙一次"),
    Merchant("快修手机店", "生活服务", "贴膜免费"),
    Merchant("城投便民超市", "零售", "送货上门"),
    Merchant("一禾茶馆", "餐饮", "议事场地免费"),
    Merchant("星光摄影", "生活服务", "老人肖像免费"),
    Merchant("棋乐围棋社", "教育培训", "公益课"),
    Merchant("邻里五金店", "零售", "工具借用"),
)
# The first three are barbers, where points buy a haircut.
GUQIAO_MERCHANTS = (
    Merchant("巧匠理发店", "美容美发", "50积分免费理发一次"),
    Merchant("阿福理发吾悦店", "美容美发", "50积分免费理发一次"),
    Merchant("丝语造型", "美容美发", "50积分免费理发一次"),
    Merchant("鲜果时光水果店", "零售", "会员价"),
    Merchant("老济宁甏肉干饭", "餐饮", "八八折"),
    Merchant("吾悦暖锅", "餐饮", "工作日八折"),
    Merchant("桥头早餐铺", "餐饮", "志愿者早餐半价"),
    Merchant("书香门第书店", "文化", "八折"),
    Merchant("仁心大药房", "医药健康", "免费测血糖"),
    Merchant("同康诊所", "医药健康", "义诊每月一次"),
    Merchant("亮睛视光", "医药健康", "免费验光"),
    Merchant("好邻居超市", "零售", "九五折"),
    Merchant("洁衣坊", "生活服务", "七折"),
    Merchant("万家家电维修", "生活服务", "上门免费检测"),
    Merchant("锁匠老店", "生活服务", "独居老人免费换锁芯"),
    Merchant("小天使托管", "教育培训", "四点半课堂"),
    Merchant("墨韵书画", "教育培训", "公益课"),
    Merchant("跃动健身", "体育健身", "免费体验"),
    Merchant("童心绘本馆", "亲子", "免费借阅"),
    Merchant("好时光影城", "文化", "社区专场"),
    Merchant("甜蜜时刻烘焙", "餐饮", "生日蛋糕八折"),
    Merchant("古桥豆腐坊", "餐饮", "老人九折"),
    Merchant("绿源蔬菜店", "零售", "晚市五折"),
    Merchant("美邻家政", "生活服务", "八折"),
    Merchant("平安开锁", "生活服务", "老人免费"),
    Merchant("乐购手机", "零售", "老人教学"),
    Merchant("清泉水站", "生活服务", "首桶免费"),
    Merchant("荷香茶舍", "餐饮", "议事场地免费"),
    Merchant("花样年华花店", "零售", "九折"),
    Merchant("福满面馆", "餐饮", "志愿者加面免费"),
    Merchant("童鞋世界", "零售", "八折"),
    Merchant("安居房产", "生活服务", "免费打印复印"),
    # Signed after the Dragon Boat Festival.
    Merchant("金剪刀理发店", "美容美发", "50积分免费理发一次"),
    Merchant("鲜果时光 水果店（吾悦店）", "零售", "会员价"),
    Merchant("吾悦口腔", "医药健康", "免费检查"),
    Merchant("桥西农资店", "零售", "九五折"),
    Merchant("青禾轻食", "餐饮", "九折"),
)
JINGHANG_MERCHANTS = (
    Merchant(HOSPITAL, "用人单位", "定向招聘保洁、保安"),
    Merchant(SCHOOL, "教育培训", "送课进社区"),
    Merchant("运河物业服务公司", "用人单位", "定向招聘"),
    Merchant("惠民劳务服务部", "用人单位", "岗位信息每周一报"),
    Merchant("京杭小吃街", "餐饮", "学员摊位免租三个月"),
    Merchant("好帮手家政", "生活服务", "月嫂优先录用"),
    Merchant("麦香园面点", "餐饮", "学员实习"),
    Merchant("新风尚理发店", "美容美发", "学员实习"),
    Merchant("佳苑便利店", "零售", "九五折"),
    Merchant("运河大药房", "医药健康", "免费量血压"),
)
BINHU_MERCHANTS = (
    Merchant("米乐居民服务店", "生活服务", "积分抵快递费"),
    Merchant("家佰乐生活超市", "零售", "积分换湿巾"),
    Merchant(TALENT_AT_BINHU, "教育培训", "积分换体验课"),
    Merchant("梅子瑜伽馆", "体育健身", "积分换体验课"),
    Merchant("湖滨大药房", "医药健康", "积分换血糖检测"),
    Merchant("湖滨影院", "文化", "积分换电影票"),
    Merchant("渔家小馆", "餐饮", "积分换代金券"),
    Merchant("清风面馆", "餐饮", "积分换早餐券"),
    Merchant("湖畔洗衣", "生活服务", "积分换洗衣券"),
    Merchant("康健推拿", "医药健康", "积分换推拿一次"),
    Merchant("佳宜超市", "零售", "积分换代金券"),
    Merchant("乐学文具", "零售", "积分换文具"),
)


class Good(NamedTuple):
    """What points buy at the points supermarket. `merchant` is empty for the shelf itself."""

    item: str
    category: str
    points: int
    wanted: int  # how often it is chosen, relative to others
    merchant: str = ""
    service: bool = False


RICE = Good("大米", "粮油", 60, 0)
FLOUR = Good("面粉", "粮油", 50, 0)
# In the order in which they came to the shelf: 34 at the opening in April, the rest later.
SHELF = (
    RICE,
    FLOUR,
    Good("抽纸", "日用品", 10, 18),
    Good("水杯", "日用品", 20, 7),
    Good("烧水壶", "小家电", 90, 2),
    Good("手电筒", "小家电", 35, 3),
    Good("食用油", "粮油", 70, 5),
    Good("挂面", "粮油", 20, 8),
    Good("食盐", "粮油", 5, 9),
    Good("酱油", "粮油", 15, 5),
    Good("白糖", "粮油", 12, 4),
    Good("小米", "粮油", 30, 4),
    Good("洗洁精", "洗护", 15, 8),
    Good("洗衣液", "洗护", 40, 7),
    Good("香皂", "洗护", 8, 7),
    Good("牙膏", "洗护", 12, 8),
    Good("牙刷", "洗护", 6, 6),
    Good("毛巾", "洗护", 12, 8),
    Good("洗发水", "洗护", 35, 4),
    Good("洗手液", "洗护", 15, 4),
    Good("垃圾袋", "日用品", 8, 9),
    Good("保鲜袋", "日用品", 8, 4),
    Good("拖把", "日用品", 40, 2),
    Good("扫帚", "日用品", 20, 2),
    Good("脸盆", "日用品", 18, 3),
    Good("衣架", "日用品", 10, 3),
    Good("雨伞", "日用品", 35, 4),
    Good("保温杯", "日用品", 45, 3),
    Good("插线板", "小家电", 50, 2),
    Good("灯泡", "小家电", 12, 3),
    Good("电池", "小家电", 8, 5),
    Good("笔记本", "文具", 8, 4),
    Good("中性笔", "文具", 4, 4),
    Good("跳绳", "文体", 15, 2),
    # Stocked later in the year.
    Good("驱蚊液", "洗护", 15, 6),
    Good("电风扇", "小家电", 120, 1),
    Good("绿豆", "粮油", 15, 5),
    Good("月饼", "粮油", 40, 4),
    Good("暖水袋", "小家电", 30, 4),
    Good("羽毛球", "文体", 20, 2),
)
OFFERS = (
    Good("快递抵扣券", "生活服务", 5, 14, "米乐居民服务店", True),
    Good("湿巾", "日用品", 8, 9, "家佰乐生活超市"),
    Good("艺术体验课", "教育培训", 30, 5, TALENT_AT_BINHU, True),
    Good("瑜伽体验课", "体育健身", 30, 4, "梅子瑜伽馆", True),
    Good("血糖检测", "医药健康", 10, 4, "湖滨大药房", True),
    Good("电影票", "文化", 40, 5, "湖滨影院", True),
    Good("早餐券", "餐饮", 10, 5, "清风面馆", True),
    Good("代金券", "餐饮", 20, 4, "渔家小馆", True),
    Good("洗衣券", "生活服务", 25, 2, "湖畔洗衣", True),
    Good("推拿体验", "医药健康", 40, 2, "康健推拿", True),
)
MISCONDUCT = (("不文明养犬", 5), ("楼道堆放杂物", 10), ("飞线充电", 20), ("占用消防通道", 10))
COURSES = ("面点师", "理发师", "托育月嫂", "小吃制作")
POSTS = ("公益理发岗", "公益缝补岗", "理论宣讲岗", "家电维修岗", "磨刀修伞岗", "健康服务岗")
POST_SERVICES = ("免费理发", "缝补衣物", "理论宣讲", "家电维修", "磨刀修伞", "测量血压")
