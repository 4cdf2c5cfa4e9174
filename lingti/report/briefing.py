"""The briefing: what a review memo says, in its order, as plain data."""

from __future__ import annotations

from lingti.catalog import DISTRICT, Metric
from lingti.judging import number_text, told_apart_words
from lingti.judging.sentences import paragraph
from lingti.judging.signal_count import SignalCount, counted
from lingti.judging.targets import TO_LOOK_AT, Progress
from lingti.judging.told_apart import differing
from lingti.judging.verdict import Said
from lingti.language import gettext as _
from lingti.report import document_tables, follow_ups, letterhead, revised
from lingti.report.appendix import appendix
from lingti.report.content import Block, Heading, Memo, Paragraph, Picture, Section
from lingti.report.inputs import Material
from lingti.report.sentences import chart_gaps, clerk, exact_numbers, registers, summary, verdicts
from lingti.report.verdicts import Found


def memo(material: Material, place: str) -> Memo:
    """The briefing of a community, or of the district, in the current language."""
    sections = (
        Section(
            "decisions", _("Follow-up of earlier decisions"), tuple(_decisions(material, place))
        ),
        Section("targets", _("The topic against its targets"), tuple(_targets(material, place))),
        Section(
            "changes", _("What changed, and whether it is real"), tuple(_changes(material, place))
        ),
        Section("concerns", _("New concerns and findings"), tuple(_concerns(material, place))),
        *revised.sections(material, place),
        *follow_ups.sections(material, place),
        Section("not_reported", _("Not reported"), tuple(_not_reported(material, place))),
        Section("next_steps", _("Next steps"), tuple(letterhead.next_steps(material, place))),
    )
    return Memo(
        title=title(material, place),
        lead=tuple(_lead(material, place)),
        sections=sections,
        appendix=appendix(material, place),
        signed=(*letterhead.signers(material, place), number_text.day(material.today)),
        words=short_words(material, place),
        addressee=letterhead.addressee(material, place),
        closing=letterhead.told(material, place, "closing"),
    )


def title(material: Material, place: str) -> str:
    """What the briefing is called."""
    community = material.community(place)
    about = community.topic.pick() if community else material.district.programme.pick()
    words_ = (
        _("Report on the progress of {place} in {period}")
        if not about
        else _("Report on the progress of {place} with “{topic}” in {period}")
    )
    return words_.format(
        place=exact_numbers.place(material, place),
        topic=about,
        period=exact_numbers.period(material.view),
    )


def short_words(material: Material, place: str) -> dict[str, str]:
    """The short texts by name, as templates ask for them."""
    community = material.community(place)
    return {
        "title": title(material, place),
        "place": exact_numbers.place(material, place),
        "place_short": exact_numbers.short(material, place),
        "district": material.district.name.pick(),
        "programme": material.district.programme.pick(),
        "topic": community.topic.pick() if community else "",
        "runs": community.runs.pick() if community else "",
        "period": exact_numbers.period(material.view),
        "data_date": exact_numbers.as_of(material, place),
        "numbers": exact_numbers.exactness(material, place),
        "made_on": number_text.day(material.today),
        "note": material.district.note.pick(),
        "addressee": letterhead.addressee(material, place),
        "signed_by": "\n".join(letterhead.signers(material, place)),
        "closing": letterhead.told(material, place, "closing"),
    }


def _lead(material: Material, place: str) -> list[Block]:
    """Who reports on what, on which data; then the points in short."""
    community = material.community(place)
    about = community.topic.pick() if community else material.district.programme.pick()
    if community is not None:
        intro = (
            _(
                "{place} ({residents} residents, {households} households) reports on the progress"
                " of its topic “{topic}” in {period} as follows: {data_date}; {numbers}."
            )
            if about
            else _(
                "{place} ({residents} residents, {households} households) reports on its progress"
                " in {period} as follows: {data_date}; {numbers}."
            )
        )
    else:
        intro = (
            _(
                "{place} reports on the progress of “{topic}” in {period} as follows:"
                " {count} communities; {data_date}; {numbers}."
            )
            if about
            else _(
                "{place} reports on its progress in {period} as follows: {count} communities;"
                " {data_date}; {numbers}."
            )
        )
    said = intro.format(
        place=exact_numbers.place(material, place),
        residents=number_text.exact(community.residents) if community else "",
        households=number_text.exact(community.households) if community else "",
        topic=about,
        period=exact_numbers.period(material.view),
        data_date=exact_numbers.as_of(material, place),
        numbers=exact_numbers.exactness(material, place),
        count=len(material.district.communities),
    )
    blocks: list[Block] = [Paragraph(said)]
    blocks.append(Paragraph(_("In short: {points}").format(points=in_short(material, place))))
    notes = [exact_numbers.part(material), material.district.note.pick()]
    return [*blocks, *(Paragraph(note, "note") for note in notes if note)]


def in_short(material: Material, place: str) -> str:
    """The points that need attention by name: targets, signals, decisions, reporting."""
    return paragraph(
        summary.points(material, place, _own(material, place), signals(material, place))
    )


def signals(material: Material, place: str) -> list[Found]:
    """The numbers of a place, or of all, whose verdict is a signal; of long periods with any."""
    return [
        (metric, one, verdict)
        for one in _places(material, place)
        for metric in material.runs(one)
        for verdict in [material.verdict(metric, one)]
        if verdict.is_signal or (verdict.reason == "long_period" and verdict.signals)
    ]


def signal_count(material: Material, place: str) -> SignalCount:
    """How many signals there are among how many numbers; those of a long period month by month."""
    by_month: dict[str, list[tuple[str, str, Said]]] = {}
    for one in _places(material, place):
        for metric in material.runs(one):
            for month in material.verdicts.of_months(metric, one):
                by_month.setdefault(month.period, []).append((metric.name, one, month.verdict))
    counts = [counted(material.catalog, of_month) for of_month in by_month.values()]
    return SignalCount(
        sum(count.judged for count in counts), sum(count.signals for count in counts)
    )


def _places(material: Material, place: str) -> tuple[str, ...]:
    return material.view.communities if place == DISTRICT else (place,)


def _own(material: Material, place: str) -> list[Progress]:
    """The targets of a place; the district's report holds everybody's."""
    return [target for target in material.targets if place in (DISTRICT, target.place)]


def _decisions(material: Material, place: str) -> list[Block]:
    blocks: list[Block] = [Paragraph(registers.decisions(material, place))]
    grid = document_tables.decisions(material, place)
    return [*blocks, grid] if grid else blocks


def _targets(material: Material, place: str) -> list[Block]:
    found = _own(material, place)
    blocks: list[Block] = [Paragraph(clerk.targets_in_short(found))]
    blocks += [
        Paragraph(_whose(material, place, progress) + clerk.target(progress))
        for progress in found
        if progress.status in (*TO_LOOK_AT, "unknown")
    ]
    if not found:
        return blocks
    return [*blocks, document_tables.targets(material, found), Paragraph(clerk.pace_rule(), "note")]


def _whose(material: Material, place: str, progress: Progress) -> str:
    """The name in front of a sentence, where the report is not of one community."""
    if place != DISTRICT:
        return ""
    return _("{name}: ").format(name=exact_numbers.short(material, progress.place))


def _changes(material: Material, place: str) -> list[Block]:
    """A heading, a sentence and a picture per headline; then all signals."""
    blocks: list[Block] = []
    for metric in material.headlines(place):
        if material.totals[metric.name, place].state in number_text.IDLE:
            continue  # named among what is not run
        blocks.append(Heading(metric.title.pick()))
        said = clerk.findings(material, metric, place, tell_unjudged=False)
        blocks.append(Paragraph(paragraph([said, clerk.why(material, metric, place)])))
        if place == DISTRICT:
            blocks.append(document_tables.by_community(material, metric))
        drawn = picture(material, metric, place)
        if drawn is not None:
            blocks.append(drawn)
    found = signals(material, place)
    blocks.append(Heading(_("Signals in all numbers")))
    in_short = verdicts.signals_in_short(signal_count(material, place), material.view)
    without = verdicts.unjudged(material, material.headlines(place), place)
    blocks.append(Paragraph(paragraph([in_short, without])))
    if found:
        blocks.append(document_tables.signals(material, place, found))
    return [*blocks, *(_between(material) if place == DISTRICT else ())]


def _between(material: Material) -> list[Block]:
    """In how many numbers communities differ, how many by chance, and who in which."""
    said = told_apart_words.differing_words(differing(material.compared, material.catalog))
    if not said:
        return []
    grid = document_tables.told_apart(material)
    return [Heading(_("Between communities")), Paragraph(said), *((grid,) if grid else ())]


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
    said = chart_gaps.gaps(frame, lambda one: exact_numbers.short(material, one))
    return Picture("columns" if len(places) == 1 else "lines", metric, caption, frame, said)


def _concerns(material: Material, place: str) -> list[Block]:
    grid = document_tables.concerns(material, place)
    said = [
        registers.concerns(material, place),
        document_tables.concerns_sentence(grid, material.view),
        registers.concerns_lack(material, place) if grid else "",
    ]
    blocks: list[Block] = [Paragraph(paragraph(said))]
    if grid:
        blocks.append(grid)
    blocks.append(Paragraph(document_tables.findings_sentence(material, place)))
    broken = document_tables.findings(material, place, new_only=True)
    return [*blocks, broken] if broken else blocks


def _not_reported(material: Material, place: str) -> list[Block]:
    blocks: list[Block] = [Paragraph(document_tables.reporting_sentence(material, place))]
    if exact_numbers.part(material):
        said = _("Of all {count} communities, {behind} have months due that are incomplete.")
        count = number_text.exact(len(material.district.communities))
        blocks.append(
            Paragraph(said.format(count=count, behind=number_text.exact(material.behind)))
        )
    grid = document_tables.gaps(material, place)
    if grid:
        blocks.append(Paragraph(_("Of the months due by now, these are incomplete:")))
        blocks.append(grid)
    idle = document_tables.not_run(material, place)
    return [*blocks, Paragraph(idle)] if idle else blocks
