"""Documents that are kept with an edition."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from conftest import run_lingti
from edition_kit import accepted, bring, edition_home, finalised

from lingti.commands import cli
from lingti.editions import keeping


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
