"""The briefing as a clerk sends it: its order, its length, causes told or left to be written."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from conftest import run_lingti
from docx.enum.text import WD_COLOR_INDEX

from lingti import language
from lingti.catalog import DISTRICT
from lingti.district import Ask, journal
from lingti.district.journal import Note
from lingti.report import Material, Wish, gather, make, slides
from lingti.report.briefing import memo
from lingti.report.content import Grid, Heading, Memo, Paragraph

ASKED = Ask("guqiao", date(2024, 3, 1), "协调停车位", "经济发展办", date(2024, 12, 31))


@pytest.fixture(scope="module")
def december(sample_home: Path) -> Material:
    found = gather(sample_home, "2024-12")
    return replace(found, district=replace(found.district, asks=(ASKED,)))


@pytest.fixture(scope="module")
def briefing(december: Material) -> Memo:
    language.use("zh")
    return memo(december, "guqiao")


def said(made: Memo) -> list[Paragraph]:
    return [one for of in made.sections for one in of.blocks if isinstance(one, Paragraph)]


def test_it_begins_with_the_one_sentence_and_has_no_tables(briefing: Memo) -> None:
    (first, *_rest) = said(briefing)
    assert first.text.startswith("2024年：5项目标已达到2项、未达到2项、1项暂不能下结论；")
    assert not [one for of in briefing.sections for one in of.blocks if isinstance(one, Grid)]
    assert [one.id for one in briefing.sections] == [
        *("overall", "work_done", "problems", "next_steps"),
    ]


def test_what_is_a_problem_is_not_told_as_a_success(briefing: Memo) -> None:
    _overall, done, problems, _next = briefing.sections
    of_done = "".join(one.text for one in done.blocks if isinstance(one, Paragraph))
    of_problems = [one for one in problems.blocks if isinstance(one, Paragraph)]
    assert "志愿服务时长为723小时" in of_done
    assert "半年走访覆盖率" not in of_done
    missed = next(one for one in of_problems if one.text.startswith("半年走访覆盖率为73.5%"))
    assert missed.fill == "原因：【待填】"
    assert [one.text for one in problems.blocks if isinstance(one, Heading)] == [
        *("目标未达到或待核实", "决定事项逾期", "诉求超期未办结"),
    ]


def test_next_steps_are_what_is_asked_and_decided(briefing: Memo) -> None:
    steps = [one for one in briefing.sections[-1].blocks if isinstance(one, Paragraph)]
    assert steps[0] == Paragraph("1.协调停车位，由经济发展办负责，2024年12月31日前完成。")
    assert steps[1].text.startswith("2.清理楼道堆物，由志愿服务队队长负责")
    assert steps[1].fill == "【完成期限待重新明确】"


def test_a_cause_that_an_annotation_tells_is_told(sample_home: Path, tmp_path: Path) -> None:
    language.use("zh")
    home = Path(shutil.copytree(sample_home, tmp_path / "home"))
    note = Note("guqiao", date(2024, 9, 1), "走访队伍调整", "half_year_coverage")
    visits = [one for one in gather(home, "2024-12").targets if one.metric.group == "concerns"]
    (metric,) = {one.metric.name for one in visits if one.metric.title.zh == "半年走访覆盖率"}
    journal.add_note(home, replace(note, metric=metric), "me")
    told = said(memo(gather(home, "2024-12"), "guqiao"))
    missed = next(one for one in told if one.text.startswith("半年走访覆盖率为73.5%"))
    assert missed.text.endswith("相关情况：2024年9月1日走访队伍调整。")
    assert not missed.fill


def test_what_is_to_be_written_is_marked(december: Material) -> None:
    document = docx.Document(io.BytesIO(make(december, "guqiao", "docx", Wish("zh"))))
    marked = [
        run.text
        for paragraph in document.paragraphs
        for run in paragraph.runs
        if run.font.highlight_color == WD_COLOR_INDEX.YELLOW
    ]
    assert "原因：【待填】" in marked
    assert all("【" in one for one in marked)


def test_tables_tell_no_number_of_points_and_no_rate_of_findings(december: Material) -> None:
    for place in ("guqiao", DISTRICT):
        document = docx.Document(io.BytesIO(make(december, place, "docx", Wish("zh"))))
        cells = [[c.text for c in row.cells] for table in document.tables for row in table.rows]
        assert "点数不足" not in {cell for row in cells for cell in row}
        (findings,) = [row for row in cells if row[0].startswith("数据问题数（")]
        assert "–" in findings[3:]


def test_the_command_line_and_slides_say_the_same_sentence(
    december: Material, briefing: Memo, sample_home: Path
) -> None:
    asked = ["--community", "guqiao", "--period", "2024-12", "--home", sample_home]
    printed = json.loads(run_lingti("verdict", "--json", *asked))
    assert printed.keys() == {"community", "grain", "period", "sentence"}
    english = slides(december, "guqiao", Wish("en"))
    assert english[0].title == printed["sentence"]
    chinese = slides(december, "guqiao", Wish("zh"))
    assert said(briefing)[0].text.startswith(chinese[0].title + "。")
    assert [one.id for one in chinese][:6] == [
        *("title", "targets", "changes", "decisions", "concerns", "asks"),
    ]


def test_it_is_as_long_as_people_read(
    december: Material, sample_home: Path, tmp_path: Path
) -> None:
    office = shutil.which("soffice")
    if office is None or shutil.which("pdftotext") is None:
        pytest.skip("needs LibreOffice and poppler")
    since, quarter = (gather(sample_home, period) for period in ("programme", "2024-Q4"))
    most = {"district": 6, "guqiao": 4, "quarter": 6, "since": 1}
    of = {"district": december, "guqiao": december, "quarter": quarter, "since": since}
    for name, found in of.items():
        place = name if name == "guqiao" else DISTRICT
        (tmp_path / f"{name}.docx").write_bytes(make(found, place, "docx", Wish("zh")))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    paths = [str(tmp_path / f"{name}.docx") for name in most]
    subprocess.run([*command, *paths], check=True, capture_output=True, timeout=300)
    for name, pages in most.items():
        pdf = str(tmp_path / f"{name}.pdf")
        printed = subprocess.run(
            ["pdftotext", pdf, "-"], check=True, capture_output=True, text=True
        )
        own, *_annex = re.split(r"\f附件 ?1\n", printed.stdout)
        assert own.rstrip("\f").count("\f") + 1 <= pages, name
        signed = own.rstrip("\f").rpartition("\f")[2]
        if name != "since":  # the page that is signed has some of the text
            assert not signed.lstrip().startswith("特此报告"), name


def test_counts_of_the_text_agree_with_the_tables(december: Material) -> None:
    language.use("zh")
    made = memo(december, DISTRICT)
    (text,) = (one.text for one in made.sections[0].blocks if isinstance(one, Paragraph))
    assert "可判断的28项中有7项出现信号，仅凭偶然预计约1项。" in text
    assert "其中4类能分出高低；仅凭偶然预计不到1类。" in text
    assert "本期应报数据31类，均已报齐；往月尚有2份未报齐。" in text
    (changes,) = (part for part in made.tables if part.id == "changes")
    notes = [one.text for one in changes.blocks if isinstance(one, Paragraph)]
    assert notes == [
        "出自同一批数据的指标只计一次：表中8行，计7项。",
        "出自同一批数据的指标归为一类：表中9行，计4类。",
    ]


def test_days_that_are_all_covered_are_a_sentence(december: Material, sample_home: Path) -> None:
    language.use("zh")
    (whole,) = covered(memo(december, DISTRICT))
    assert whole == "期内应报数据31类，每日均已覆盖。"
    text, *rows_lacking = covered(memo(gather(sample_home, "2024-Q4"), DISTRICT))
    assert text == "期内应报数据31类，其中30类每日均已覆盖，其余如下表。"
    assert rows_lacking == [("京杭佳苑", "志愿服务", "92", "80", "部分")]


def covered(made: Memo) -> list[object]:
    """What stands under the heading on days covered: the sentence and the table's rows."""
    assert made.appendix is not None
    blocks = list(made.appendix.blocks)
    start = next(at for at, one in enumerate(blocks) if one == Heading("报送覆盖情况"))
    end = next(at for at, one in enumerate(blocks) if one == Heading("所用数据批次"))
    told: list[object] = []
    for one in blocks[start + 1 : end]:
        told += [one.text] if isinstance(one, Paragraph) else list(one.rows)  # type: ignore[union-attr]
    return told


def test_ordinary_variation_is_told_with_the_change_and_not_taken_apart(briefing: Memo) -> None:
    (done,) = (part for part in briefing.sections if part.id == "work_done")
    text = "".join(one.text for one in done.blocks if isinstance(one, Paragraph))
    assert "志愿服务时长为723小时，比上月增加58小时（日均+5.2%），属正常波动。按人口计" in text
    assert "其中" not in text
