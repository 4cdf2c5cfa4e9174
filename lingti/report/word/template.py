"""Fills a Word template of the district's own: placeholders in double braces.

Word cuts text into runs wherever it likes, so a placeholder is looked for in whole paragraphs. The
names are listed in `docs/templates.md`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from difflib import get_close_matches
from pathlib import Path

from docx.document import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as DocxParagraph

from lingti import catalog
from lingti.charts import Look
from lingti.language import gettext as _
from lingti.report.annex import picture
from lingti.report.briefing import in_short
from lingti.report.content import Block, Memo
from lingti.report.inputs import Material
from lingti.report.sentences import clerk, exact_numbers
from lingti.report.word.blocks import Writer

PLACEHOLDER = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
CHART_PT = 9
# What can be asked of one metric: `{{value volunteer_hours}}`.
OF_METRIC = ("title", "value", "previous", "change", "unit", "definition", "sentence", "chart")
# What fills a paragraph of its own with paragraphs, tables and charts.
BLOCKS = (
    "lead",
    "overall",
    "work_done",
    "problems",
    "decisions",
    "targets",
    "changes",
    "concerns",
    "revised",
    "follow_ups",
    "not_reported",
    "next_steps",
    "appendix",
)
WORDS = (
    "title",
    "place",
    "place_short",
    "district",
    "programme",
    "topic",
    "runs",
    "period",
    "data_date",
    "numbers",
    "made_on",
    "note",
    "addressee",
    "signed_by",
    "closing",
    "in_short",
)


class TemplateError(Exception):
    """A template with a placeholder there is not; names it, and the nearest right one."""


def fill(
    document: Document, path: Path, memo: Memo, material: Material, place: str, look: Look
) -> None:
    """Replaces every placeholder of a document. Raises TemplateError for an unknown one."""
    paragraphs = list(_paragraphs(document))
    for paragraph in paragraphs:
        for name in PLACEHOLDER.findall(paragraph.text):
            _refuse_unknown(path, name, material.catalog.metrics)
    parts = [*memo.sections, *memo.tables, *([memo.appendix] if memo.appendix else [])]
    blocks: dict[str, tuple[Block, ...]] = dict.fromkeys(BLOCKS, ())
    blocks |= {"lead": memo.lead, **{part.id: part.blocks for part in parts}}
    texts = {**memo.words, "in_short": in_short(material, place)}
    for paragraph in paragraphs:
        alone = PLACEHOLDER.fullmatch(paragraph.text.strip())
        put_in = _blocks(alone[1], blocks, material, place) if alone else None
        if put_in is not None:
            _put_blocks(document, paragraph, put_in, look)
        else:
            _put_words(paragraph, lambda name: _word(name, texts, material, place, path))


def names() -> list[str]:
    """Every placeholder there is; of metrics with the first one's name."""
    metric = next(iter(catalog.program().metrics))
    return [*WORDS, *BLOCKS, *(f"{what} {metric}" for what in OF_METRIC)]


def _paragraphs(document: Document) -> Iterator[DocxParagraph]:
    """Every paragraph: of the body, of tables and text boxes, of headers and footers."""
    roots = [document.element.body]
    roots += [
        part._element
        for section in document.sections
        for part in (
            section.header,
            section.footer,
            section.even_page_header,
            section.even_page_footer,
            section.first_page_header,
            section.first_page_footer,
        )
        if not part.is_linked_to_previous
    ]
    for root in roots:
        for element in root.iter(qn("w:p")):
            yield DocxParagraph(element, document._body)


def _refuse_unknown(path: Path, name: str, metrics: Collection[str]) -> None:
    what, _blank, metric = name.partition(" ")
    if what in OF_METRIC and metric.strip() in metrics:
        return
    if name in (*WORDS, *BLOCKS):
        return
    if what in OF_METRIC and metric:
        near = get_close_matches(metric.strip(), list(metrics), 1, 0)
        right = f"{what} {near[0]}"
    else:
        right = get_close_matches(name, [*WORDS, *BLOCKS, *OF_METRIC], 1, 0)[0]
        right += " volunteer_hours" if right not in (*WORDS, *BLOCKS) else ""
    raise TemplateError(
        _("{file}: there is no placeholder {wrong}. Did you mean {right}?").format(
            file=path.name, wrong=f"{{{{{name}}}}}", right=f"{{{{{right}}}}}"
        )
    )


def _blocks(
    name: str, blocks: dict[str, tuple[Block, ...]], material: Material, place: str
) -> tuple[Block, ...] | None:
    if name in blocks:
        return blocks[name]
    what, _blank, metric = name.partition(" ")
    if what != "chart":
        return None
    drawn = picture(material, material.catalog.metrics[metric.strip()], place)
    return (drawn,) if drawn else ()


def _word(name: str, texts: dict[str, str], material: Material, place: str, path: Path) -> str:
    """The text of a placeholder within a line."""
    if name in texts:
        return texts[name]
    what, _blank, of = name.partition(" ")
    if name in BLOCKS or what == "chart":
        raise TemplateError(
            _("{file}: {name} needs a paragraph of its own.").format(
                file=path.name, name=f"{{{{{name}}}}}"
            )
        )
    metric = material.catalog.metrics[of.strip()]
    row = material.totals[metric.name, place]
    writers: dict[str, Callable[[], str]] = {
        "title": metric.title.pick,
        "unit": metric.unit.pick,
        "definition": metric.definition.pick,
        "value": lambda: exact_numbers.cell(row, metric),
        "previous": lambda: exact_numbers.previous_cell(row, metric),
        "change": lambda: exact_numbers.change_cell(row, metric),
        "sentence": lambda: clerk.findings(material, metric, place),
    }
    return writers[what]()


def _put_blocks(
    document: Document, paragraph: DocxParagraph, blocks: tuple[Block, ...], look: Look
) -> None:
    """Puts blocks in the place of a paragraph; a cell keeps the paragraph it must end with."""
    Writer(document, paragraph._p, look, CHART_PT).write(blocks)
    parent = paragraph._p.getparent()
    if parent.tag == qn("w:tc") and paragraph._p.getnext() is None:
        for run in list(paragraph.runs):
            run._r.getparent().remove(run._r)
    else:
        parent.remove(paragraph._p)


def _put_words(paragraph: DocxParagraph, word: Callable[[str], str]) -> None:
    """Replaces placeholders; each takes the look of the run it begins in."""
    while match := PLACEHOLDER.search("".join(run.text for run in paragraph.runs)):
        start = 0
        text: str | None = word(match[1])
        for run in paragraph.runs:
            end = start + len(run.text)
            if end > match.start() and start < match.end():
                before = run.text[: max(0, match.start() - start)]
                after = run.text[max(0, match.end() - start) :]
                run.text = before + (text or "") + after
                text = None
            start = end
