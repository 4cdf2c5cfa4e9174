"""What is said of a home's numbers by kind: `python -m benchmarks.verdicts_told HOME`.

Of every metric, place and month: how many changes had a colour when any change against the month
before was better or worse, and how many verdicts there are of each word now. So nobody has to
believe that grey is no way out: what breaks a rule of its chart is coloured, of every kind.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from lingti import warehouse
from lingti.judging.verdicts.chart_choice import Shape
from lingti.judging.verdicts.verdict import VerdictCode
from lingti.judging.verdicts.verdict_series import kind_of
from lingti.warehouse import Warehouse

WORDS: tuple[VerdictCode, ...] = (
    *("improving", "worsening", "changed", "ordinary", "provisional", "too_few", "not_judged"),
    *("not_reported", "not_run", "nothing"),
)
# Where more was called better, or worse, and is merely more.
WERE_BETTER = dict.fromkeys(
    (
        *("activity_attendance", "concerns_resolved", "items_redeemed", "points_earned"),
        *("points_redeemed", "redemptions", "residents_redeeming"),
    ),
    "up",
)
_CHANGES = """
with pairs as (
    select
        metric,
        value,
        state,
        lag(value) over by_time as previous,
        lag(state) over by_time as previous_state,
        lag(counted) over by_time is distinct from counted as is_other,
    from (%s)
    where grain = 'month'
    window by_time as (partition by metric, community order by last_day)
)
select metric, count(*) as changes
from pairs
where state = 'reported' and previous_state = 'reported' and value <> previous and not is_other
group by metric
"""


def before(data: Warehouse) -> Counter[Shape]:
    """Kind → how many changes of a month had a colour, two points being held for a trend."""
    from lingti import catalog

    known, found = data.catalog.metrics, Counter[Shape]()
    for row in data.rows(_CHANGES % catalog.build_step("verdict_series")):
        metric = known[row["metric"]]
        if WERE_BETTER.get(metric.name, metric.better) != "none":
            found[kind_of(metric).shape] += row["changes"]
    return found


def after(data: Warehouse) -> Counter[tuple[Shape, VerdictCode]]:
    """Kind and verdict → how many months of a metric and place have it."""
    found = Counter[tuple[Shape, VerdictCode]]()
    for row in data.rows(
        "select metric, verdict, count(*) as months from verdicts group by metric, verdict"
    ):
        found[kind_of(data.catalog.metrics[row["metric"]]).shape, row["verdict"]] += row["months"]
    return found


def main() -> None:
    """Prints the table."""
    data = warehouse.current(Path(sys.argv[1]))
    coloured, told = before(data), after(data)
    shapes = sorted({shape for shape, _said in told})
    print("| kind | coloured before |", " | ".join(word.replace("_", " ") for word in WORDS), "|")
    print("|---" * (len(WORDS) + 2) + "|")
    for shape in shapes:
        counts = [coloured[shape], *(told[shape, word] for word in WORDS)]
        print(f"| {shape} |", " | ".join(map(str, counts)), "|")
    totals = [sum(told[shape, word] for shape in shapes) for word in WORDS]
    print("| all |", " | ".join(map(str, [coloured.total(), *totals])), "|")


if __name__ == "__main__":
    main()
