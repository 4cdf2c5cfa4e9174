"""What the READMEs promise exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lingti.commands import cli

ROOT = Path(__file__).parent.parent
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.name)
def test_every_command_named_is_one(path: Path) -> None:
    text = path.read_text("utf-8")
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert set(re.findall(r"\bmake (\w+)", text)) <= set(targets)
    for command in set(re.findall(r"(?<![\w-])lingti ([a-z]+)\b", text)):
        with pytest.raises(SystemExit) as ended:
            cli.main([command, "--help"])
        assert ended.value.code == 0, command


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.name)
def test_every_file_named_is_there(path: Path) -> None:
    text = path.read_text("utf-8")
    for link in re.findall(r"\]\(([^)#]+)\)", text):
        assert (ROOT / link).exists(), link
    for place in re.findall(r"`((?:queries|lingti|pages|sample_data|tests|docs)/[\w./]*)`", text):
        assert (ROOT / place).exists(), place


def test_both_languages_show_the_same_commands() -> None:
    one, two = (re.findall(r"^lingti \w+", path.read_text("utf-8"), re.M) for path in READMES)
    assert one == two
