import pytest

from lingti.personal_data import (
    is_id_number,
    is_name,
    mask,
    scrub,
    without_signers,
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("电话13800138000", "电话***"),
        ("电话１３８００１３８０００", "电话***"),
        ("+86 138-0013-8000", "***"),
        ("0537-2345678", "***"),
        ("证号11010519491231002X", "证号***"),
        ("110105 19491231 002X", "***"),
        ("370802900101123", "***"),
        ("卡号6222020200112345678", "卡号***"),
        ("联系人：张三，电话13800138000", "联系人：**，电话***"),
        ("居民王芳反映楼道灯坏", "居民**反映楼道灯坏"),
        ("李建国先生家漏水", "***先生家漏水"),
        ("张三13800138000", "*****"),
        ("13800138000，李四", "***，**"),
        ("志愿者王小明等3人", "志愿者***等3人"),
        ("王小明、李大娜负责巡查", "***、***负责巡查"),
        ("张晓伟家漏水", "***家漏水"),
        ("继续协商，王小明跟进", "继续协商，***跟进"),
        ("138.0013.8000", "***"),
        ("1.3.8.0.0.1.3.8.0.0.0", "***"),
        ("138 00 13 80 00", "***"),
        ("1380013 8000", "***"),
        ("138\u200b0013\u200b8000", "***"),
        ("1３８—００１３—８０００", "***"),
        ("（0537）234 5678", "（***"),
        ("3户 138-0013-8000", "3户 ***"),
        ("370802.1990.0101.1234", "***"),
        ("370802-1990-01-01-1234", "***"),
        ("37080219900101 123 x", "***"),
        ("３７０８０２\u200b１９９００１０１\u200b１２３Ｘ", "***"),
        ("6222 0202 0011 2345 678", "***"),
        ("联系人：仝小明", "联系人：***"),
        ("联系人: 仝小明、佴平", "联系人: ***、**"),
        ("网格员 亓官某，已上门", "网格员 ***，已上门"),
        ("联系人仝小明 138.0013.8000", "联系人*** ***"),
        ("负责人：买买提·吐尔逊", "负责人：***·***"),
    ],
)
def test_what_is_personal_in_a_text_is_masked(text: str, shown: str) -> None:
    assert mask(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "居民高度关注噪音",
        "周六老师上课",
        "高龄老人、牛奶、毛巾",
        "负责人：综合办公室",
        "积分3万元，石榴5斤",
        "2024-06-01 工单20240601120000",
        "王家庄社区和平路12号",
        "志愿者服务队",
        "向居民反映",
        "施工方负责",
        "金水湾负责清扫",
        "高新区牵头",
        "万人广场、石榴园",
        "责任人：社区书记、物业经理",
        "2024-06-01 10:30 至 2024-06-02 11:30",
        "150 2024-06-10",
        "3.14159265358979",
        "13栋2单元1203室，15栋1单元302室",
    ],
)
def test_words_and_numbers_that_are_no_person_stay(text: str) -> None:
    assert mask(text) == text


def test_a_column_of_names_is_masked_whole_by_its_content_or_its_header() -> None:
    names = ["张三丰", "李建国", "王小明", "赵敏", "周伯通"]
    assert scrub(names).texts == ["***", "***", "***", "**", "***"]
    assert scrub(["张三", "社区书记", None], "责任人").texts == ["**", "社区书记", None]
    assert scrub(["仝小明", "物业经理", "网格长"], "责任岗").texts == ["***", "物业经理", "网格长"]
    assert scrub(["张三", "社区书记", None], "责任人").touched == [0]


def test_goods_that_begin_like_names_are_no_names() -> None:
    goods = ["毛巾", "牛奶", "汤圆", "洗衣粉", "米面", "食用油"]
    assert scrub(goods, "物品").texts == goods
    assert not is_name("周六")


def test_an_id_number_has_its_check_digit_and_a_day_of_birth() -> None:
    assert is_id_number("11010519491231002X")
    assert not is_id_number("110105194912310021")
    assert not is_id_number("11010519491331002X")


@pytest.mark.parametrize("text", ["负责人施工，两周内施工", "两周内施工", "负责人：施工队"])
def test_words_that_begin_like_a_name_stay(text: str) -> None:
    assert mask(text) == text


def test_who_signed_is_cut_out_of_a_title() -> None:
    assert without_signers("古桥6月登记表 填报人：张三") == "古桥6月登记表"
    assert without_signers("登记表（制表人：亓官某）") == "登记表"
