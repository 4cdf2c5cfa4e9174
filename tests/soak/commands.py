"""Kills every command that writes at random moments of its work, and looks at what is left."""

from __future__ import annotations

import contextlib
import io
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from little_home import little_home

from lingti import warehouse
from lingti.upkeep import backup
from lingti.web import server

CSV = "日期,姓名,时长,活动\n"
BEGUN = (
    ("import", "1.csv", "--community", "a", "--covers", "2024-01"),
    ("import", "2.csv", "--community", "a", "--covers", "2024-02"),
    ("submit", "--community", "a", "--period", "2024-01"),
    ("accept", "--community", "a", "--period", "2024-01"),
)
# What is killed; what of standard input it asks.
COMMANDS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("import", "3.csv", "--community", "a", "--covers", "2024-03"), ""),
    (("undo", "2"), ""),
    (("build", "--full"), ""),
    (("publish",), ""),
    (("backup", "kept.zip"), ""),
    (("finalise", "--period", "2024-01"), ""),
    (("forget",), "\n测试0\n13800138000\n"),
)


def killed_often(folder: Path, times: int, seed: int = 4) -> tuple[int, list[str]]:
    """Kills each command so often; how many were killed in time, and what was wrong then.

    Afterwards the home is as a start leaves it: whole, served, and the command ends well again.
    """
    chance, wrong, killed = random.Random(seed), [], 0
    begun = _begun(folder)
    for words, asked in COMMANDS:
        done, typical = _run(_copy(begun, folder), words, asked, 600)
        if done != 0:
            wrong.append(f"{words[0]} by itself: {done}")
            continue
        for number in range(times):
            home = _copy(begun, folder)
            done, _seconds = _run(home, words, asked, chance.uniform(0, typical))
            killed += done == -signal.SIGKILL
            wrong += [f"{words[0]} {number}: {one}" for one in _looked(home)]
            again, _seconds = _run(home, words, asked, 600)
            if again not in (0, 1):  # 1: it was done before
                wrong.append(f"{words[0]} {number} again: {again}")
    return killed, wrong


def _begun(folder: Path) -> Path:
    home = little_home(folder / "begun")
    with (home / "district.toml").open("a", encoding="utf-8") as settings:
        settings.write('[[expected]]\ncommunity = "a"\ntables = ["service"]\nfrom = 2024-01-01\n')
    for month in (1, 2, 3):
        rows = "".join(f"2024-0{month}-10,测试{one},2,植树\n" for one in range(30))
        (folder / f"{month}.csv").write_text(CSV + rows, encoding="utf-8")
    for words in BEGUN:
        done, _seconds = _run(home, words, "", 600)
        assert done == 0, words
    return home


def _copy(begun: Path, folder: Path) -> Path:
    shutil.rmtree(folder / "home", ignore_errors=True)
    (folder / "kept.zip").unlink(missing_ok=True)
    return Path(shutil.copytree(begun, folder / "home"))


def _run(home: Path, words: tuple[str, ...], asked: str, seconds: float) -> tuple[int, float]:
    """Runs a command beside its files; how it ended, and after how long."""
    command = [sys.executable, "-m", "lingti.commands.cli", *words, "--home", str(home)]
    began = time.monotonic()
    process = subprocess.Popen(
        command,
        cwd=home.parent,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        process.communicate(asked, timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
    return process.returncode, time.monotonic() - began


def _looked(home: Path) -> list[str]:
    """What is wrong after a start."""
    try:
        with contextlib.redirect_stderr(io.StringIO()):
            server._put_in_order(home)
        warehouse.current(home).rows("from batches limit 1")
    except (Exception, SystemExit) as error:
        return [f"does not start: {type(error).__name__} {error}"]
    half = [str(path.relative_to(home)) for path in home.glob("*/.draft*")]
    return [*backup.verify(home), *half]
