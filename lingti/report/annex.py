"""The annex of a briefing: what was aimed at, decided, changed, raised and reported, as tables.

Each part is also a block that a template can ask for by its name. No sentence repeats a table.
"""

from __future__ import annotations

from lingti.catalog import DISTRICT, Metric
from lingti.judging import number_text
from lingti.judging.between import told_apart_words
from lingti.judging.between.told_apart import differing
from lingti.judging.standing.targets import Progress
from lingti.judging.verdicts.signal_count import SignalCount, counted
from lingti.judging.verdicts.verdict import VerdictCode
from lingti.language import gettext as _
from lingti.report import document_tables, follow_ups, reporting_tables, revised
from lingti.report.content import Block, Paragraph, Picture, Section
from lingti.report.inputs import Material
from lingti.report.sentences import chart_gaps, clerk, exact_numbers, registers
from lingti.report.verdicts import PlaceVerdict


def sections(material: Material, place: str) -> tuple[Section, ...]:
    """The parts that have anything to tell, in their order."""
    parts = (
        Section("targets", _("Targets"), tuple(_targets(material, place))),
        Section("decisions", _("Decisions"), tuple(_decisions(material, place))),
        Section("changes", _("Main numbers over time"), tuple(_changes(material, place))),
        Section("concerns", _("Concerns and findings"), tuple(_concerns(material, place))),
        Section("not_reported", _("Reporting"), tuple(_not_reported(material, place))),
        *revised.sections(material, place),
        *follow_ups.sections(material, place),
    )
    return tuple(part for part in parts if part.blocks)


def signals(material: Material, place: str) -> list[PlaceVerdict]:
    """The numbers of a place, or of all, whose verdict is a signal; of long periods with any."""
    return [
        (metric, community, verdict)
        for community in places_of(material, place)
        for metric in material.runs(community)
        for verdict in [material.verdict(metric, community)]
        if verdict.is_signal or (verdict.reason == "long_period" and verdict.signals)
    ]


def signal_count(material: Material, place: str) -> SignalCount:
    """How many signals there are among how many numbers; those of a long period month by month."""
    by_month: dict[str, list[tuple[str, str, VerdictCode]]] = {}
    for community in places_of(material, place):
        for metric in material.runs(community):
            for month in material.verdicts.of_months(metric, community):
                by_month.setdefault(month.period, []).append(
                    (metric.name, community, month.verdict)
                )
    counts = [counted(material.catalog, of_month) for of_month in by_month.values()]
    return SignalCount(
        sum(count.judged for count in counts), sum(count.signals for count in counts)
    )


def places_of(material: Material, place: str) -> tuple[str, ...]:
    """A community alone; of the district all that its documents name."""
    return material.view.communities if place == DISTRICT else (place,)


def own_targets(material: Material, place: str) -> list[Progress]:
    """The targets of a place; the district's report holds everybody's."""
    return [target for target in material.targets if place in (DISTRICT, target.place)]


def _decisions(material: Material, place: str) -> list[Block]:
    grid = document_tables.decisions(material, place)
    return [grid] if grid else [Paragraph(registers.decisions(material, place))]


def _targets(material: Material, place: str) -> list[Block]:
    aims = own_targets(material, place)
    if not aims:
        return [Paragraph(clerk.targets_in_short(aims))]
    return [document_tables.targets(material, aims), Paragraph(clerk.pace_rule(), "note")]


def _changes(material: Material, place: str) -> list[Block]:
    """A picture per headline, of the district beside a table by community; then all signals."""
    blocks: list[Block] = []
    for metric in material.headlines(place):
        if material.totals[metric.name, place].state in number_text.IDLE:
            continue  # named among what is not run
        if place == DISTRICT and _is_run(material, metric):
            blocks.append(document_tables.by_community(material, metric))
        drawn = picture(material, metric, place)
        if drawn is not None:
            blocks.append(drawn)
    place_verdicts = signals(material, place)
    if place_verdicts:
        blocks.append(document_tables.signals(material, place, place_verdicts))
        note = _signals_note(material, place, len(place_verdicts))
        blocks += [Paragraph(note, "note")] if note else []
    return [*blocks, *(_between(material) if place == DISTRICT else ())]


def _is_run(material: Material, metric: Metric) -> bool:
    """Whether any community that is named has anything of a metric."""
    return any(
        material.totals[metric.name, community].state not in number_text.IDLE
        for community in material.view.communities
    )


def _signals_note(material: Material, place: str, shown: int) -> str:
    """Why the table of signals has other than so many rows as the text counts; "" where it has."""
    if material.view.period.grain not in ("month", "week"):
        return _("The text counts signals month by month; the table has a row for each number.")
    count = signal_count(material, place).signals
    if count == shown:
        return ""
    return _("Numbers of the same facts count as one: {shown} rows, {count} signals.").format(
        shown=number_text.exact(shown), count=number_text.exact(count)
    )


def _between(material: Material) -> list[Block]:
    """Who differs in which numbers; where nobody does, in how many they were compared."""
    differ = differing(material.compared, material.catalog)
    sentence = told_apart_words.differing_words(differ)
    if not sentence:
        return []
    grid = document_tables.told_apart(material)
    if grid is None:
        return [Paragraph(sentence)]
    if len(grid.rows) == differ.differ_count:
        return [grid]
    words = _("Numbers of the same facts are one kind: {shown} rows, {count} kinds.")
    sentence = words.format(
        shown=number_text.exact(len(grid.rows)), count=number_text.exact(differ.differ_count)
    )
    return [grid, Paragraph(sentence, "note")]


def picture(material: Material, metric: Metric, place: str) -> Picture | None:
    """The metric over time: of one place, or of all communities; None without any number."""
    frame = material.history[material.history["metric"] == metric.name]
    places = (
        list(material.view.communities)
        if place == DISTRICT
        else [place, *([] if metric.scalable else [DISTRICT])]
    )
    frame = frame[frame["community"].isin(places)]
    if frame["value"].notna().sum() == 0 or frame["period"].nunique() < 2:
        return None
    caption = _("{title} ({unit}), {first} to {last}").format(
        title=metric.title.pick(),
        unit=metric.unit.pick(),
        first=number_text.period(frame["grain"].iloc[0], frame["period"].iloc[0]),
        last=number_text.period(frame["grain"].iloc[-1], frame["period"].iloc[-1]),
    )
    gap_words = chart_gaps.gaps(frame, lambda community: exact_numbers.short(material, community))
    return Picture("columns" if len(places) == 1 else "lines", metric, caption, frame, gap_words)


def _concerns(material: Material, place: str) -> list[Block]:
    grid = document_tables.concerns(material, place)
    lack = registers.concerns_lack(material, place) if grid else ""
    blocks: list[Block] = [Paragraph(lack)] if lack else []
    if grid:
        blocks.append(grid)
    broken = reporting_tables.findings(material, place)
    return [*blocks, broken] if broken else blocks


def _not_reported(material: Material, place: str) -> list[Block]:
    blocks: list[Block] = [Paragraph(reporting_tables.reporting_sentence(material, place))]
    if exact_numbers.part(material):
        sentence = _("Of all {count} communities, {behind} have months due that are incomplete.")
        if not material.behind:
            sentence = _("Of all {count} communities, none has a month due that is incomplete.")
        count = number_text.exact(len(material.district.communities))
        if material.behind or len(material.coverage):
            blocks.append(
                Paragraph(sentence.format(count=count, behind=number_text.exact(material.behind)))
            )
    grid = reporting_tables.gaps(material, place)
    idle = reporting_tables.not_run(material, place)
    return [*blocks, *((grid,) if grid else ()), *((Paragraph(idle),) if idle else ())]
