"""The deck as plain data: one message a slide, told by its title, shown by one chart or table.

The same list is written as a PowerPoint file and as an offline page, and shown on the projector.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lingti import language
from lingti.catalog import DISTRICT, Metric
from lingti.judging import number_text
from lingti.judging.between import told_apart_words
from lingti.judging.between.told_apart import differing
from lingti.judging.reporting import to_correct
from lingti.judging.sentences import ended, paragraph
from lingti.judging.verdicts import ripe
from lingti.language import gettext as _
from lingti.language import ngettext
from lingti.report import document_tables, text_room
from lingti.report.annex import picture, signal_count, signals
from lingti.report.content import Bar, Grid
from lingti.report.inputs import Material
from lingti.report.sentences import clerk, exact_numbers, overall, verdicts
from lingti.report.slides import messages
from lingti.report.slides.slide import Slide, source, without_stop
from lingti.warehouse.frames import plain

# A slide is laid out on a page 540 points high; no text is smaller than 1/40 of that.
HEIGHT = 540.0
WIDTHS = {"16:9": 960.0, "4:3": 720.0}
MARGIN = 44.0
SMALLEST = 18.0
TABLE_TOP, TABLE_BOTTOM = 108.0, 480.0
TABLE_SIZES = (24.0, 22.0, 20.0, SMALLEST)
MOST_ROWS = 12  # of a table on one slide
MOST_UNDER = 3  # lines of text below a title
SHORT = 8  # letters of a text that stays on one line where there is a size for it
BOLD = 1.2  # how much wider than usual the letters of a head may be
BAR = 60.0  # points of the narrowest bar
CELL, ABOVE = 5.0, 2.5  # points of room at the sides of the text of a cell, and above it


def deck(material: Material, place: str, metrics: Sequence[str] = ()) -> list[Slide]:
    """The slides on a place: what it comes to, then for questions a slide per metric and the rest.

    `metrics` are those asked for, else the place's headlines. The pages are those of the narrowest
    format, so that every format and the projector have the same ones.
    """
    chosen = [material.catalog.metrics[name] for name in metrics] or material.headlines(place)
    chosen = [metric for metric in chosen if (metric.name, place) in material.totals]
    slides = [
        _title(material, place),
        *messages.targets(material, place),
        *messages.changes(material, place),
        *messages.overdue(material, place),
        *messages.concerns(material, place),
        *messages.missing(material, place),
        *messages.asks(material, place),
        _overview(material, place, chosen),
        *(slide for metric in chosen for slide in _of_metric(material, place, metric)),
        *_signals(material, place),
        *(_between(material) if place == DISTRICT else ()),
    ]
    return [page for slide in slides for page in _pages(slide, WIDTHS["4:3"] - 2 * MARGIN)]


def _title(material: Material, place: str) -> Slide:
    """The one sentence on how it stands; of whom, and when."""
    community = material.community(place)
    about = community.topic.pick() if community else material.district.programme.pick()
    name = exact_numbers.place(material, place)
    if about:
        name = _("{place}: “{topic}”").format(place=name, topic=about)
    when = _("Progress in {period}").format(period=exact_numbers.period(material.view))
    return Slide(
        "title",
        overall.sentence(material, place),
        language.clauses([name, when]),
        source=" · ".join(
            [
                exact_numbers.as_of(material, place),
                exact_numbers.exactness(material, place),
                *filter(None, (exact_numbers.part(material), material.district.note.pick())),
            ]
        ),
        notes=(community.runs.pick(),) if community and community.runs.pick() else (),
    )


def _overview(material: Material, place: str, metrics: list[Metric]) -> Slide:
    grid = document_tables.overview(material, metrics, place).without([_("Period before")])
    return Slide(
        "overview",
        in_one_sentence(material, place, metrics),
        grid=replace(grid, caption=""),
        source=source(material, place),
        notes=tuple(clerk.findings(material, metric, place) for metric in metrics),
    )


def in_one_sentence(material: Material, place: str, metrics: list[Metric]) -> str:
    """How many of the numbers rose, fell, stayed, or cannot be compared."""
    gaps = [
        None
        if material.is_provisional(metric, place)
        else exact_numbers.difference(material.totals[metric.name, place], metric)
        for metric in metrics
    ]
    known = [gap for gap in gaps if gap is not None]
    counts = [
        (_("{count} rose"), sum(gap > 0 for gap in known)),
        (_("{count} fell"), sum(gap < 0 for gap in known)),
        (_("{count} stayed the same"), sum(gap == 0 for gap in known)),
        (_("{count} cannot be compared"), len(gaps) - len(known)),
    ]
    parts = [words.format(count=count) for words, count in counts if count]
    return _("{period}: of {count} main numbers, {parts}").format(
        period=exact_numbers.period(material.view),
        count=len(metrics),
        parts=language.clauses(parts),
    )


def _of_metric(material: Material, place: str, metric: Metric) -> list[Slide]:
    """The slide of a metric; none of one of which there is nothing to draw or to list."""
    row = material.totals[metric.name, place]
    state = number_text.state_of(plain(row.value), row.state)
    ripe_ones = material.ripe(metric, place)
    drawn = picture(material, metric, place)
    grid = None if drawn or place != DISTRICT else messages.by_community(material, metric)
    if drawn is None and (state == "withheld" or (place == DISTRICT and grid is None)):
        return []
    is_judged = state in ("reported", "zero")
    verdict = material.verdict(metric, place)
    beside, rate = clerk.beside(material, metric, place), clerk.rate(material, metric, place)
    earlier = verdicts.earlier(verdict) if is_judged else ""
    sentences = [
        to_correct.sentence(to_correct.lacking(row)),
        ripe.words(ripe_ones, metric) if ripe_ones else "",
        verdicts.judged(verdict, metric) if is_judged else "",
        earlier,
        rate,
        beside,
        drawn.missing if drawn else _missing(material, metric, place),
    ]
    under, left_out = _fitting(sentences, (beside, earlier, rate))
    is_provisional = material.is_provisional(metric, place)
    why = clerk.why(material, metric, place, tell_unsplit=False)
    slide = Slide(
        f"metric-{metric.name}",
        without_stop(clerk.value(row, metric, material.view, is_provisional=is_provisional)),
        _with_first(why, under),
        picture=drawn,
        grid=grid,
        source=source(material, place, metric.tables),
        notes=(
            _("Definition: {text}").format(text=metric.definition.pick()),
            *filter(None, [why, left_out]),
            reconciliation(material, metric, place),
        ),
    )
    return [slide]


def _fitting(sentences: Sequence[str], can_be_missed: Sequence[str]) -> tuple[str, str]:
    """Whole sentences that have room below a title, and those for the notes.

    `can_be_missed` are left out one after the other until the rest has room.
    """
    room = WIDTHS["4:3"] - 2 * MARGIN
    left_out: list[str] = []
    for sentence in ("", *can_be_missed):
        left_out.append(sentence)
        under = paragraph([text for text in sentences if text not in left_out])
        if text_room.lines(under, room, SMALLEST) <= MOST_UNDER:
            break
    return under, paragraph([text for text in sentences if text in left_out])


def _with_first(sentence: str, under: str) -> str:
    """A sentence before the text below a title, where both have room; notes have it in any case."""
    both = paragraph([sentence, under])
    room = WIDTHS["4:3"] - 2 * MARGIN
    return both if text_room.lines(both, room, SMALLEST) <= MOST_UNDER else under


def _missing(material: Material, metric: Metric, place: str) -> str:
    """Which communities have no whole number in the period, and why; "" of a single place."""
    reasons = []
    if place != DISTRICT:
        return ""
    for place in material.view.communities:
        row = material.totals.get((metric.name, place))  # none of who is newer than the numbers
        if row is not None and row.state != "reported":
            reasons.append((exact_numbers.short(material, place), clerk.state(row.state)))
    return ended(clerk.reasons(reasons)) if reasons else ""


def reconciliation(material: Material, metric: Metric, place: str) -> str:
    """How many rows are behind a number, and that they add up to it; "" for a published one.

    Counts of rows would tell more than what is published.
    """
    if not material.view.opens(place):
        return ""
    row = material.totals[metric.name, place]
    value = plain(row.value)
    if value is None:
        return _("No rows are behind this number in the period.")
    tally = material.tally(metric.name, place)
    if not tally.rows_count or tally.numerator is None:
        return _("No rows are behind this number in the period.")
    of_batches = ngettext("{count} batch", "{count} batches", tally.batches_count)
    rows_said = ngettext(
        "{rows} row of {batches} is behind this number.",
        "{rows} rows of {batches} are behind this number.",
        tally.rows_count,
    ).format(
        rows=number_text.exact(tally.rows_count),
        batches=of_batches.format(count=number_text.exact(tally.batches_count)),
    )
    if metric.is_share:
        population = tally.denominator is None
        under = plain(row.denominator) if population else tally.denominator
        computed = _("Computed from them: {numerator} of {denominator}, which is {value}.").format(
            numerator=number_text.exact(tally.numerator, 2, trim=True),
            denominator=number_text.exact(under, 2, trim=True),
            value=exact_numbers.amount(value, metric),
        )
    else:
        computed = _("Computed from them: {value}.").format(
            value=exact_numbers.amount(tally.numerator, metric)
        )
    return paragraph(
        [
            rows_said,
            computed,
            _("The number shown: {value}.").format(value=exact_numbers.amount(value, metric)),
        ]
    )


def _signals(material: Material, place: str) -> list[Slide]:
    """Which numbers are beyond ordinary variation; no slide where none is."""
    beyond_ordinary, count = signals(material, place), signal_count(material, place)
    if not beyond_ordinary:
        return []
    rule = verdicts.variation_rule()
    return [
        Slide(
            "signals",
            without_stop(verdicts.signals_in_short(count, material.view)),
            grid=document_tables.signals(material, place, beyond_ordinary),
            source=source(material, place),
            notes=(rule,),
        )
    ]


def _between(material: Material) -> list[Slide]:
    """In how many numbers communities differ, and who in which; no slide where nobody does."""
    words = told_apart_words.differing_words(differing(material.compared, material.catalog))
    grid = document_tables.told_apart(material)
    if not words or grid is None:
        return []
    grid = replace(grid, caption="")
    return [Slide("between", without_stop(words), grid=grid, source=source(material, DISTRICT))]


def _roomy(grid: Grid, room: float) -> Grid:
    """The table with columns wide enough for their numbers, else at least for their words."""
    if not _breaks(grid, [share * room for share in grid.widths], SMALLEST):
        return grid
    for is_whole in (True, False):
        needs = [
            max(_needs(grid, row, at, is_whole=is_whole) for row in (grid.head, *grid.rows))
            + 2 * CELL
            + 1
            for at in range(len(grid.head))
        ]
        widths = text_room.roomier(_wanted(grid, room), needs, room)
        if widths:
            return replace(grid, widths=widths)
    return grid


def _needs(grid: Grid, row: tuple[str, ...], at: int, *, is_whole: bool) -> float:
    """The width of what may not break in a cell; a column of bars has that of a bar."""
    text = row[at]
    if isinstance(text, Bar):
        return BAR
    is_short = row is not grid.head and (at in grid.right or len(text) <= SHORT)
    if is_whole and is_short:
        return text_room.width(text, SMALLEST)
    return text_room.longest_word(text, SMALLEST)


def _wanted(grid: Grid, room: float) -> tuple[float, ...]:
    """Shares of the room by the longest text of each column, the longest of all at most half."""
    wanted = [
        min(
            room / 2,
            max(
                BAR if isinstance(row[at], Bar) else text_room.width(row[at], SMALLEST)
                for row in (grid.head, *grid.rows)
            )
            + 2 * CELL
            + 1,
        )
        for at in range(len(grid.head))
    ]
    return tuple(width / sum(wanted) for width in wanted)


def _pages(slide: Slide, room: float) -> list[Slide]:
    """A slide whose table is too long, as several."""
    if slide.grid is None:
        return [slide]
    grid = _roomy(slide.grid, room)
    slide = replace(slide, grid=grid)
    _size, parts = laid_out(grid, room, slide.under)
    if len(parts) == 1:
        return [slide]
    return [
        replace(
            slide,
            id=slide.id if number == 1 else f"{slide.id}-{number}",
            title=_continued(slide.title, number),
            grid=replace(grid, rows=part),
            notes=slide.notes if number == 1 else (),
        )
        for number, part in enumerate(parts, 1)
    ]


def _continued(title: str, number: int) -> str:
    """The title of a slide, or of one that goes on with it."""
    if number == 1:
        return title
    words = _("{title} (continued)") if number == 2 else _("{title} (continued, {number})")
    return words.format(title=title, number=number)


def laid_out(
    grid: Grid, room: float, under: str = ""
) -> tuple[float, list[tuple[tuple[str, ...], ...]]]:
    """The type size of a table's text, and its rows parted so that each part fits a slide.

    The largest size that needs no more slides than the smallest, and breaks no word where one can.
    """
    top = TABLE_TOP + (text_room.height(under, room, SMALLEST) if under else 0)
    widths = [share * room for share in grid.widths]
    whole = [size for size in TABLE_SIZES if not _breaks(grid, widths, size)] or [SMALLEST]
    heights = {size: _row_heights(grid, widths, size) for size in whole}
    parted = {
        size: _filled(grid.rows, of_rows, TABLE_BOTTOM - top - head)
        for size, (head, *of_rows) in heights.items()
    }
    fewest = min(len(parts) for parts in parted.values())
    size = next(size for size in whole if len(parted[size]) == fewest)
    head, *of_rows = heights[size]
    even = sum(of_rows) / fewest + max(of_rows, default=0) / 2
    parts = _filled(grid.rows, of_rows, min(TABLE_BOTTOM - top - head, even))
    return size, parts if len(parts) == fewest else parted[size]


def _row_heights(grid: Grid, widths: Sequence[float], size: float) -> list[float]:
    return text_room.row_heights([grid.head, *grid.rows], widths, size, CELL, ABOVE)


def _breaks(grid: Grid, widths: Sequence[float], size: float) -> bool:
    """Whether a word, a number or a short text of the table would be broken over two lines."""
    bold = size * (BOLD if size > SMALLEST else 1)  # nothing is smaller, however wide a font is
    return any(
        text_room.breaks_words(text, width - 2 * CELL, bold if row is grid.head else size)
        or (
            (len(text) <= SHORT or (at in grid.right and row is not grid.head))
            and text_room.lines(text, width - 2 * CELL, size) > 1
        )
        for row in (grid.head, *grid.rows)
        for at, (text, width) in enumerate(zip(row, widths, strict=True))
    )


def _filled(
    rows: Sequence[tuple[str, ...]], heights: Sequence[float], limit: float
) -> list[tuple[tuple[str, ...], ...]]:
    """The rows in parts, none higher than the limit where one row alone is not."""
    parts: list[list[tuple[str, ...]]] = [[]]
    used = 0.0
    for row, needs in zip(rows, heights, strict=True):
        if parts[-1] and (used + needs > limit or len(parts[-1]) == MOST_ROWS):
            parts.append([])
            used = 0.0
        parts[-1].append(row)
        used += needs
    return [tuple(part) for part in parts]
