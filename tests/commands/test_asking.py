"""Asked, proposed and learned by command alone: no page and no TOML is needed."""

import json
from pathlib import Path
from typing import Any

import pytest
from import_kit import SERVICE, csv_file, everything, home_with_sources, workbook

from lingti.commands.cli import main

SHEETS = Path(__file__).parents[1] / "ingest" / "sheets"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home_with_sources(tmp_path / "home")
    return tmp_path / "home"


def run(capsys: pytest.CaptureFixture[str], home: Path, *arguments: object) -> tuple[int, Any]:
    with pytest.raises(SystemExit) as ended:
        main([*map(str, arguments), "--community", "east", "--home", str(home), "--json"])
    return int(ended.value.code or 0), json.loads(capsys.readouterr().out or "null")


def test_an_unknown_layout_is_proposed_learned_and_asked_about(
    capsys: pytest.CaptureFixture[str], home: Path, tmp_path: Path
) -> None:
    sheet = SHEETS / "n15_void_in_remarks.xlsx"
    code, (proposed,) = run(capsys, home, "check", sheet, "--propose")
    assert (code, proposed["table"], proposed["missing"]) == (0, "service", [])
    columns = proposed["source"]["feed"][0]["columns"]
    assert columns["name"] == {"columns": ["志愿者姓名"]}
    assert not (home / "entries").exists()

    code, (asked,) = run(capsys, home, "import", sheet, "--learn")
    assert (code, asked["source"], asked["batch"]) == (1, "east_service_2", None)
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({one["id"]: "void" for one in asked["questions"]}))
    code, (checked,) = run(capsys, home, "check", sheet, "--answers", answers)
    assert (code, checked["accepted"], checked["questions"]) == (0, 2, [])
    code, (taken,) = run(capsys, home, "import", sheet, "--answers", answers)
    assert (code, taken["batch"], taken["accepted"], taken["set_aside"]) == (0, 1, 2, 4)
    code, (again,) = run(capsys, home, "import", sheet)
    assert (code, again["batch"], again["questions"]) == (0, None, [])


def test_a_list_without_header_is_proposed_by_its_cells(
    capsys: pytest.CaptureFixture[str], home: Path
) -> None:
    sheet = SHEETS / "n12_headerless_b.xlsx"
    _code, (proposed,) = run(capsys, home, "check", sheet, "--propose")
    columns = proposed["source"]["feed"][0]["columns"]
    assert {ours: theirs["columns"] for ours, theirs in columns.items()} == {
        "day": ["列1"],
        "activity": ["列2"],
        "name": ["列3"],
        "hours": ["列4"],
    }


def test_what_cannot_be_told_is_not_learned(
    capsys: pytest.CaptureFixture[str], home: Path, tmp_path: Path
) -> None:
    file = tmp_path / "值班.csv"
    file.write_bytes(csv_file([["星期", "值班电话"], ["星期一", "2345678"], ["星期二", "2345679"]]))
    code, (refused,) = run(capsys, home, "import", file, "--learn")
    assert (code, refused["refused"]["code"]) == (1, "unknown_layout")
    assert not (home / "entries").exists()


@pytest.mark.parametrize("text", ["[", "[]", '{"a": 1}'])
def test_answers_that_cannot_be_read_are_wrong_usage(
    capsys: pytest.CaptureFixture[str], home: Path, tmp_path: Path, text: str
) -> None:
    answers = tmp_path / "answers.json"
    answers.write_text(text)
    sheet = SHEETS / "n15_void_in_remarks.xlsx"
    code, _document = run(capsys, home, "check", sheet, "--answers", answers)
    assert code == 2


def test_who_made_a_table_is_in_no_title_of_a_source(
    capsys: pytest.CaptureFixture[str], home: Path, tmp_path: Path
) -> None:
    title = "东街6月志愿服务登记表 填报人：张三丰　制表：欧阳明日（审核人：亓官某）"
    header = ["活动日期", "志愿者姓名", "手机号码", "活动名称", "服务时长"]
    rows = [[f"2024-06-{day:02}", "林巧云", "", "清扫", 2] for day in range(3, 20)]
    file = tmp_path / "登记表.csv"
    file.write_bytes(csv_file([[title], header, *rows]))
    code, (proposed,) = run(capsys, home, "check", file, "--propose")
    assert (code, proposed["source"]["title"]["zh"]) == (0, "东街6月志愿服务登记表")
    code, (taken,) = run(capsys, home, "import", file, "--learn")
    assert (code, taken["accepted"]) == (0, 17), taken
    kept = [path.read_text("utf-8") for path in home.rglob("*.json")]
    assert len(kept) > 2
    assert not [text for text in kept if any(n in text for n in ("张三丰", "欧阳", "亓官"))]


@pytest.mark.parametrize(
    ("header", "row", "code", "said"),
    [
        # It can be taken, once somebody says what it holds and of which month its days are.
        (["姓名", *map(str, range(1, 32))], ["甲", *range(31)], "questions", "cross-tab"),
        (
            ["姓名", "性别", "民族", "身份证号", "住址"],
            ["甲", "女", "汉", "", "一号楼"],
            "unknown_layout",
            "roster",
        ),
    ],
)
def test_what_is_no_list_is_refused_or_asked_about_as_what_it_is(
    capsys: pytest.CaptureFixture[str],
    home: Path,
    tmp_path: Path,
    header: list[str],
    row: list[object],
    code: str,
    said: str,
) -> None:
    file = tmp_path / "表.csv"
    file.write_bytes(csv_file([header, row, row, row]))
    ended, (refused,) = run(capsys, home, "import", file, "--learn")
    assert (ended, refused["refused"]["code"]) == (1, code)
    asked = [one["kind"] for one in refused.get("questions", [])]
    assert asked == (["kind"] if code == "questions" else [])
    assert said in refused["refused"]["message"] or asked
    _code, (proposed,) = run(capsys, home, "check", file, "--propose")
    assert (said in proposed["is_no_list"]) == (said == "roster")  # a cross-tab can be taken
    assert not (home / "entries").exists()


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (["姓名", "1月", "2月", "3月"], ["甲", 1, 2, 3]),
        (["姓名", *map(str, range(46113, 46143))], ["甲", *range(30)]),
    ],
)
def test_of_a_cross_tab_without_a_word_of_its_kind_it_is_asked_what_its_rows_are(
    capsys: pytest.CaptureFixture[str],
    home: Path,
    tmp_path: Path,
    header: list[str],
    row: list[object],
) -> None:
    file = tmp_path / "表.csv"
    file.write_bytes(csv_file([header, row, row, row]))
    code, (asked,) = run(capsys, home, "import", file, "--learn")
    assert (code, asked["refused"]["code"]) == (1, "questions")
    assert [one["kind"] for one in asked["questions"]] == ["kind"]
    assert not (home / "entries").exists()


def test_a_proposal_says_what_it_is_not_sure_of(
    capsys: pytest.CaptureFixture[str], home: Path, tmp_path: Path
) -> None:
    file = tmp_path / "导出.csv"
    header = ["编号", "主题", "留言时间", "内容"]
    file.write_bytes(csv_file([header, *([n, "路灯", "2024-06-03", "不亮"] for n in range(5))]))
    _code, (proposed,) = run(capsys, home, "check", file, "--propose")
    assert (proposed["is_sure"], "day" in proposed["unsure_of"]) == (False, True)
    assert proposed["others"]


def test_no_name_is_printed_or_kept_by_any_command(
    capsys: pytest.CaptureFixture[str], home: Path, tmp_path: Path
) -> None:
    """Names where they do not belong: beside words, in titles, sheets, files, forms, footers."""
    people = (
        "张晓伟",
        "李大娜",
        "仝卓",
        "亓建国",
        "逯红梅",
        "王小明",
        "欧阳明日",
        "赵六一",
        "孙七月",
    )
    rows = [
        ["志愿服务登记表 填报人：欧阳明日"],
        [*SERVICE, "备注"],
        *([f"2024-06-0{n}", who, "", who, "2", ""] for n, who in enumerate(people[:4], 1)),
        ["2024-06-05", "逯红梅（取消）", "", "清扫", "2", ""],
        ["2024-06-06", "张晓伟、李大娜", "", "联系人亓建国", "很久", ""],
        ["审核人：赵六一"],
    ]
    form = [
        ["登记表"],
        ["姓名", "孙七月"],
        ["电话", "13900000009"],
        ["住址", "1号楼"],
        ["备注", ""],
    ]
    file = tmp_path / "王小明志愿6月.xlsx"
    file.write_bytes(workbook({"王小明": rows, "表": form}))
    across = tmp_path / "值日.csv"
    across.write_bytes(csv_file([["日期", *people[:4]], ["2024-06-01", 1, 1, 1, 1]]))
    said = ""
    for command in ("check", "import"):
        _code, (asked,) = run(capsys, home, command, file)
        assert {one["kind"] for one in asked["questions"]} == {
            *("persons", "void_word", "several_names")
        }
        said += json.dumps(asked, ensure_ascii=False)
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({one["id"]: one["default"] for one in asked["questions"]}))
    for arguments in (("import", file, "--answers", answers), ("import", file), ("import", across)):
        _code, documents = run(capsys, home, *arguments)
        said += json.dumps(documents, ensure_ascii=False)
    assert '"batch": 1' in said
    found = said + everything(home)
    assert not [name for name in (*people, "孙七月", "13900000009") if name in found]
