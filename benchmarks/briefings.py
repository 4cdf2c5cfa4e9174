"""How long documents take: `python -m benchmarks.briefings --home DIR [--period P]`.

Prints the seconds, of the clock and of the processor, for 40 documents of the sample: every
community's and the district's briefing, deck, workbook and offline deck, in both languages. They
are to take less than 60 seconds on an idle machine.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from lingti import report


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, default=Path("home"))
    parser.add_argument("--period", default="2024-11")
    options = parser.parse_args()
    clock, processor, made = time.perf_counter(), time.process_time(), 0
    with tempfile.TemporaryDirectory() as folder:
        for language in ("zh", "en"):
            out = Path(folder) / language
            wish = report.Wish(language)
            made += len(report.render_all(options.home, options.period, out, wish=wish))
    print(
        f"{made} documents: {time.perf_counter() - clock:.1f} s,"
        f" {time.process_time() - processor:.1f} s of the processor"
    )


if __name__ == "__main__":
    main()
