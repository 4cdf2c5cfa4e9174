"""The one sentence on how a district, or a community, stands: on every surface the same.

`2024年：19项目标已达到9项，未达到7项；京杭佳苑就业安置人次持续偏低；4项决定逾期`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lingti import language
from lingti.catalog import DISTRICT
from lingti.judging import number_text
from lingti.judging.period_values import View
from lingti.judging.sentences import begun, listed, within
from lingti.judging.standing.standing import Standing
from lingti.judging.standing.target_words import words_of
from lingti.judging.standing.targets import Progress, Status
from lingti.judging.verdicts.verdict_words import verdict_words
from lingti.judging.verdicts.verdicts import KeptVerdict
from lingti.language import gettext as _
from lingti.language import ngettext

Named = Callable[[str], str]
_TOLD: tuple[Status, ...] = ("reached", "on_pace", "behind", "missed")


def sentence(standings: Sequence[Standing], view: View, name: Named, of: str = DISTRICT) -> str:
    """How a place stands, without a stop at the end.

    `standings` are those of all communities and the district, `of` whose they are told: of the
    district everybody's.
    """
    chosen = [standing for standing in standings if of in (DISTRICT, standing.place)]
    communities = [standing for standing in chosen if standing.place != DISTRICT]
    parts = [
        targets_words([aim for standing in chosen for aim in standing.targets]),
        changes_words(communities, view, name, of),
        _overdue(chosen),
        _gaps(communities, of),
    ]
    return _("{period}: {parts}").format(
        period=begun(time_words(chosen, view)),
        parts=listed([part for part in parts if part] or [_nothing_yet()]),
    )


def time_words(chosen: Sequence[Standing], view: View) -> str:
    """Of when it is told: the time of the targets once it is up, else the period looked at."""
    aims = [aim for standing in chosen for aim in standing.targets]
    times = {(aim.grain, aim.period) for aim in aims}
    if len(times) == 1 and all(aim.is_over for aim in aims):
        return number_text.period(*times.pop())
    return number_text.period(view.period.grain, view.period.id)


def targets_words(aims: Sequence[Progress]) -> str:
    """How many targets stand how; "" without any, or where nothing is known of any."""
    count = {status: sum(aim.status == status for aim in aims) for status in _TOLD}
    if not any(count.values()):
        return ""
    parts = [
        _("{count} {status}").format(
            count=number_text.exact(count[status]), status=words_of(status)
        )
        for status in _TOLD
        if count[status]
    ]
    left = len(aims) - sum(count.values())
    if left:
        words = ngettext("{count} not to be told yet", "{count} not to be told yet", left)
        parts.append(words.format(count=number_text.exact(left)))
    words = ngettext("of {all} target {parts}", "of {all} targets {parts}", len(aims))
    return words.format(all=number_text.exact(len(aims)), parts=language.words(parts))


def changes_words(communities: Sequence[Standing], view: View, name: Named, of: str) -> str:
    """The change that counts most, and how many others are for the worse."""
    if not any(community.is_judged for community in communities):
        return ""
    verdicts = [signal for community in communities for signal in community.signals]
    worse = [verdict for verdict in verdicts if verdict.verdict == "worsening"]
    if not verdicts:
        return _only_within(communities, view, name, of)
    if not worse:
        better = [verdict for verdict in verdicts if verdict.verdict == "improving"]
        return _one_change((better or verdicts)[0], view, name, of)
    change = _one_change(worse[0], view, name, of)
    if len(worse) == 1:
        return change
    words = ngettext(
        "{change}, and {count} more number {worse}",
        "{change}, and {count} more numbers {worse}",
        len(worse) - 1,
    )
    return words.format(
        change=change, count=number_text.exact(len(worse) - 1), worse=verdict_words("worsening")
    )


def _only_within(communities: Sequence[Standing], view: View, name: Named, of: str) -> str:
    """That nothing stands out at the end of the period, and what did within it."""
    earlier = [verdict for community in communities for verdict in community.within]
    if not earlier:
        return _("no change beyond ordinary variation")
    first = earlier[0]
    change = signal_words(first, view)
    if of != first.community:
        change = _("{place}: {change}").format(place=name(first.community), change=change)
    if len(earlier) == 1:
        return change
    left = len(earlier) - 1
    words = ngettext(
        "{change}, and {count} more number", "{change}, and {count} more numbers", left
    )
    return words.format(change=change, count=number_text.exact(left))


def signal_words(verdict: KeptVerdict, view: View) -> str:
    """A signal before the end of the period: of which number, when, and which way."""
    point, way = verdict.signals[-1]
    return _("{title} with a signal in {point} ({way}), ordinary since").format(
        title=within(view.catalog.metrics[verdict.metric].title.pick()),
        point=number_text.point(point),
        way=verdict_words(way),
    )


def earlier_words(verdict: KeptVerdict, view: View) -> str:
    """The same in few words, for a cell: of which number, when, and that it is ordinary now."""
    return _("{title}: signal in {point}, ordinary since").format(
        title=within(view.catalog.metrics[verdict.metric].title.pick()),
        point=number_text.point(verdict.signals[-1][0]),
    )


def _one_change(verdict: KeptVerdict, view: View, name: Named, of: str) -> str:
    title = within(view.catalog.metrics[verdict.metric].title.pick())
    if of == verdict.community:
        return _("{title} {way}").format(title=title, way=way_words(verdict))
    place = name(verdict.community)
    return _("{place}: {title} {way}").format(place=place, title=title, way=way_words(verdict))


def way_words(verdict: KeptVerdict) -> str:
    """In which way a number stands out, to follow its title; its verdict where that is withheld."""
    if not verdict.is_signal or not verdict.rules:
        return verdict_words(verdict.verdict)
    if verdict.chart == "t":
        return _RARE[verdict.rules[0].rpartition("_")[2]]()
    return _WAYS[verdict.rules[0]]()


_WAYS: dict[str, Callable[[], str]] = {
    "outside_high": lambda: _("unusually high"),
    "outside_low": lambda: _("unusually low"),
    "trend_high": lambda: _("rising steadily"),
    "trend_low": lambda: _("falling steadily"),
    "two_of_three_high": lambda: _("high again and again"),
    "two_of_three_low": lambda: _("low again and again"),
    "run_high": lambda: _("lastingly high"),
    "run_low": lambda: _("lastingly low"),
}
# Of what is rare the days in between are judged: many of them are seldom.
_RARE: dict[str, Callable[[], str]] = {
    "high": lambda: _("less often than usual"),
    "low": lambda: _("more often than usual"),
}


def _overdue(chosen: Sequence[Standing]) -> str:
    count = sum(len(standing.overdue) for standing in chosen)
    words = ngettext("{count} decision overdue", "{count} decisions overdue", count)
    return words.format(count=number_text.exact(count)) if count else ""


def _gaps(communities: Sequence[Standing], of: str) -> str:
    """How many communities, or of one how many months, are not reported in full."""
    if of != DISTRICT:
        months = sum(len(community.gap_months) for community in communities)
        return gap_words(months) if months else ""
    count = sum(community.gaps > 0 for community in communities)
    return gaps_words(count) if count else ""


def gaps_words(count: int) -> str:
    """Of how many communities months are not reported in full."""
    return ngettext(
        "{count} community with months incomplete",
        "{count} communities with months incomplete",
        count,
    ).format(count=number_text.exact(count))


def gap_words(months: int) -> str:
    """How many months of a community are not reported in full."""
    return ngettext("{number} month incomplete", "{number} months incomplete", months).format(
        number=number_text.exact(months)
    )


def _nothing_yet() -> str:
    return _("no targets yet, and too little to judge by")
