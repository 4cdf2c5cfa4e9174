"""Documents that are kept with an edition."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from conftest import run_lingti
from edition_kit import accepted, bring, edition_home, finalised, month

from lingti.commands import cli
from lingti.district import change
from lingti.editions import keeping
from lingti.report import monthly_set
from lingti.upkeep import rendering


def test_the_briefing_kept_says_its_edition_and_is_the_same_bytes(tmp_path: Path) -> None:
    home = edition_home(tmp_path / "home")
    accepted(home)
    edition = finalised(home, formats=("docx",))
    names = ("a", "b", "district")
    assert keeping.documents(edition) == sorted(
        [
            *(
                f"{reader}/2024-01/{place}.docx"
                for reader in ("official", "viewer")
                for place in names
            ),
            *(f"viewer/2024-01/{place}.slides.json" for place in names),
            "secretary-a/2024-01/a.docx",
            "secretary-b/2024-01/b.docx",
        ]
    )
    bring(home, "a", "2024-01", [9])
    out, again, now = (tmp_path / f"{number}.docx" for number in range(3))
    asked = ("brief", "--period", "2024-01", "--format", "docx", "--community", "a")
    for path in (out, again):
        run_lingti(*asked, "--edition", "2024-01", "-o", path, "--home", home, "--language", "zh")
    assert out.read_bytes() == again.read_bytes()
    assert out.read_bytes() == keeping.document(home, edition, "official/2024-01/a.docx")
    run_lingti(*asked, "-o", now, "--home", home, "--language", "zh")
    assert "精确数，2024-01/1版定稿" in words(out)
    assert "未定稿" not in words(out)
    assert "未定稿，2024-01/1版之后" in words(now)
    with pytest.raises(SystemExit) as ended:
        cli.main([*asked[:-1], "b", "--format", "pptx", "--edition", "2024-01",
                  "-o", str(out), "--home", str(home)])  # fmt: skip
    assert ended.value.code == cli.WRONG_USAGE


def words(path: Path) -> str:
    return "\n".join(one.text for one in docx.Document(str(path)).paragraphs)


def test_the_monthly_set_waits_for_the_edition_and_is_what_is_kept_with_it(
    tmp_path: Path,
) -> None:
    home = edition_home(tmp_path / "home")
    told = {"monthly_set": True, "monthly_set_waits": True}
    change.district(home, told, "official")
    assert monthly_set.after_import(home) == ""
    accepted(home)
    edition = finalised(home, formats=("xlsx",))
    (folder,) = (home / "reports").iterdir()
    assert folder.name == "2024-01"
    made = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert set(made) == {f"{name}_2024年1月_数据表.xlsx" for name in "甲乙区"}
    assert made["甲_2024年1月_数据表.xlsx"] == keeping.document(
        home, edition, "official/2024-01/a.xlsx"
    )
    bring(home, "a", "2024-01", [9])
    accepted(home, places=["a"])
    finalised(home, formats=("xlsx",))
    assert sorted(path.name for path in (home / "reports").iterdir()) == ["2024-01", "2024-01-2"]


def test_documents_are_the_same_however_many_processes_make_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = edition_home(tmp_path / "home")
    accepted(home)
    edition = finalised(home)
    monkeypatch.setattr(rendering, "LEAST", 0)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: {0, 1}, raising=False)
    made = []
    for processes, start in ((2, _POPEN), (2, _that_fails), (1, _POPEN)):
        monkeypatch.setattr(rendering, "MOST_PROCESSES", processes)
        monkeypatch.setattr(subprocess, "Popen", start)
        asked = (home, edition, [month(home)], ["a", "b"], ("xlsx", "html"))
        found = rendering.documents(*asked, lambda _what, _share: None)
        made.append({name: inside(name, data) for name, data in found.items()})
    assert len(made[0]) == 2 * (3 + 3 + 2) + 3
    assert made[0] == made[1] == made[2]


_POPEN = subprocess.Popen


def _that_fails(_command: list[str], **said: Any) -> Any:
    return _POPEN([sys.executable, "-c", "raise SystemExit(1)"], **said)


def inside(name: str, data: bytes) -> Any:
    """What a document says, without when it was made."""
    if not name.endswith("xlsx"):
        return data
    book = zipfile.ZipFile(io.BytesIO(data))
    return {one: book.read(one) for one in book.namelist() if not one.startswith("docProps")}
