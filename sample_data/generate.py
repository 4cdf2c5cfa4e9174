"""Writes the sample's exports anew, byte for byte, or a large home for benchmarks.

python sample_data/generate.py
python sample_data/generate.py --communities 2000 --events 10000000 --out DIR --as parquet
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import exports_binhu
import exports_guqiao
import exports_jinghang
import exports_nanfeng
from sample import build
from writers import write

SEED = 2024
EXPORTS = Path(__file__).parent / "exports"


def main() -> None:
    """Reads the command line and writes."""
    options = _options()
    if options.communities:
        import benchmark

        benchmark.write(options.out, options.communities, options.events, options.form)
        return
    if not options.out and EXPORTS.exists():
        shutil.rmtree(EXPORTS)
    rows = write_exports(options.out or EXPORTS)
    print(f"{sum(rows.values())} rows in {len(rows)} files")


def write_exports(folder: Path) -> dict[str, int]:
    """Writes every export of the four communities below the folder; file → data rows."""
    sample = build(SEED)
    rows = {}
    for community in (exports_nanfeng, exports_guqiao, exports_jinghang, exports_binhu):
        for export in community.exports(sample):
            write(folder, export)
            rows[export.path] = sum(len(part.rows) for part in export.sheets)
    return rows


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--communities", type=int, help="a benchmark home with that many")
    parser.add_argument("--events", type=int, default=1_000_000, help="rows in all of them")
    parser.add_argument("--out", type=Path, help="where to write; needed with --communities")
    parser.add_argument(
        "--as",
        dest="form",
        choices=("exports", "parquet"),
        default="exports",
        help="CSV exports to import, or accepted batches at once",
    )
    options = parser.parse_args()
    if options.communities and not options.out:
        parser.error("--communities needs --out")
    return options


if __name__ == "__main__":
    main()
