"""How long documents take: `python -m benchmarks briefings`.

40 documents of the sample: every community's and the district's briefing, deck, workbook and
offline deck, in both languages, in one go.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.rows import Row, took
from lingti import report
from lingti.upkeep import demo

PERIOD = "2024-11"
MOST_S = 60


def run() -> list[Row]:
    """Writes them all and counts them."""
    made: list[Path] = []
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        demo.build(home)

        def write() -> None:
            for language in ("zh", "en"):
                out = Path(folder) / language
                made.extend(report.render_all(home, PERIOD, out, wish=report.Wish(language)))

        all_of_them = took(write)
    what = f"{len(made)} documents of the sample in one go"
    return [Row(what, f"≤ {MOST_S} s", f"{all_of_them.clock_s:.0f} s", str(all_of_them))]
