"""A number of a form names the newest edition that holds it, and says where it differs."""

from __future__ import annotations

from pathlib import Path

import edition_kit
import pytest
from forms import form_kit, own_forms

from lingti import catalog, district
from lingti.forms import fill_document, sources


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    few = edition_kit.few_metrics()
    monkeypatch.setattr(catalog, "of", lambda _home: few)
    return edition_kit.edition_home(tmp_path / "home")


FORM = own_forms.book(
    (
        "Sheet1",
        [
            ["乙社区2024年志愿服务统计表", "", "", ""],
            ["项目", "1月", "2月", "1-2月累计"],
            ["志愿服务时长（小时）", None, None, None],
        ],
        ["A1:D1"],
    )
)


def cells(home: Path) -> dict[str, tuple[object, ...]]:
    done = form_kit.fill(home, FORM, community="b")
    found = [one for one in fill_document.document(done, [])["cells"] if one["filled"]]
    return {one["cell"]: (one["edition"], one["differs"], one["edition_raw"]) for one in found}


def test_the_newest_edition_is_told_and_where_it_differs(home: Path) -> None:
    assert cells(home)["B3"] == (None, None, None)
    edition_kit.accepted(home)
    edition_kit.finalised(home)
    found = cells(home)
    assert found["B3"] == ("2024-01/1", False, None)
    assert found["C3"] == (None, None, None)
    edition_kit.bring(home, "b", "2024-01", [1, 2, 5])
    assert cells(home)["B3"] == ("2024-01/1", True, 6.0)
    settings = district.load(home)
    done = form_kit.fill(home, FORM, community="b")
    found = form_kit.contents(sources.workbook(done, settings), "xlsx")
    said = {key.partition("!")[2]: one for key, one in found.items() if key.startswith("数字!")}
    assert [said.get(cell) for cell in ("L1", "L2", "L3")] == [
        "定稿版本",
        "2024-01/1（该版为 6）",
        None,
    ]
