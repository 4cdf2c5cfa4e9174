"""Mutates files and reads them: `python -m fuzzing SECONDS SEED`, in the folder `tests`.

A process of its own, because the memory of a child is counted from its parent's on.
"""

from __future__ import annotations

import io
import json
import random
import resource
import sys
import zipfile

from reading_kit import csv, html, xls, xlsx

from lingti.ingest.reading.files import Refused, read

ROWS: list[list[object]] = [
    ["志愿服务统计表"],
    ["姓名", "服务日期", "服务时长", "积分"],
    *[[f"人{i}", f"2024-06-{i % 28 + 1:02d}", i / 2, i] for i in range(40)],
    ["合计", None, 400, 800],
]
SEEDS = [
    xlsx(ROWS),
    xls(ROWS),
    csv(ROWS).encode("gb18030"),
    csv(ROWS).encode("utf-16"),
    html("".join(f"<table><tr><td rowspan=2>{r}</td><td>1</td></tr></table>" for r in "甲乙丙")),
]


def bytes_changed(data: bytes, chance: random.Random) -> bytes:
    """A few bytes overwritten, cut out, doubled, or the end cut off."""
    changed = bytearray(data)
    for _ in range(chance.choice([1, 2, 5, 20, 100])):
        at = chance.randrange(len(changed) or 1)
        action = chance.randrange(4)
        if action == 0 and changed:
            changed[at] = chance.randrange(256)
        elif action == 1:
            del changed[at : at + chance.randrange(1, 50)]
        elif action == 2:
            changed[at:at] = changed[at : at + chance.randrange(1, 200)]
        elif action == 3 and chance.random() < 0.05:
            del changed[at:]
    return bytes(changed)


NASTY = [
    b"1048576",
    b"XFD1048576",
    b"-1",
    b"99999999999999999999",
    b"<row r='0'/>",
    b'<c r="ZZZZ9"><v>1</v></c>',
    b"<mergeCell ref='A1:XFD1048576'/>",
    b"&#x0;",
    b"\xff\xfe",
    b"<",
    b'"',
]


def parts_changed(data: bytes, chance: random.Random) -> bytes:
    """A workbook whose unpacked parts were changed, packed again: gets past the checksums."""
    source = zipfile.ZipFile(io.BytesIO(data))
    stream = io.BytesIO()
    victim = chance.choice([n for n in source.namelist() if n.startswith("xl/")])
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == victim:
                if chance.random() < 0.5:
                    content = bytes_changed(content, chance)
                for _ in range(chance.randrange(3)):
                    at = chance.randrange(len(content) or 1)
                    cut = at + chance.randrange(12)
                    content = content[:at] + chance.choice(NASTY) + content[cut:]
            target.writestr(name, content)
    return stream.getvalue()


def _processor_time() -> float:
    """Seconds that this process and those it started have worked."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def main(files: int, seed: int) -> None:
    """Prints how many files were tried, the most processor time of one in seconds, and the most
    memory in kB."""
    chance = random.Random(seed)
    tried, longest = 0, 0.0
    while tried < files:
        data = chance.choice(SEEDS)
        if data[:2] == b"PK" and chance.random() < 0.7:
            data = parts_changed(data, chance)
        else:
            data = bytes_changed(data, chance)
        started = _processor_time()
        try:
            read(data, "a.xlsx", allow_empty=True)
        except Refused as refused:
            str(refused)  # its words must be there
        except Exception as error:
            raise AssertionError(f"file {tried}: {error!r}") from error
        longest = max(longest, _processor_time() - started)
        tried += 1
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(json.dumps({"tried": tried, "longest_s": longest, "most_kb": most}))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
