"""Briefings, decks and workbooks of a district and its communities.

`memo` says what a briefing says and `slides` what a deck does, as plain data; `docx`, `pptx`,
`xlsx` and `html` write it. Everything is read by `material` from the warehouse, so that documents
and pages have the same numbers.

| call | makes |
|---|---|
| `render(home, community, period, format)` | one document |
| `render_all(home, period, out_dir, progress)` | every community's and the district's |
| `zipped(home, period, progress)` | the same in one zip |
| `gather(home, period)` → `Material` | what they are made of, to make several or to preview |
| `slides(material, community, wish)` | the slides as plain data, for the projector |
"""

from lingti.report.documents import (
    FORMATS,
    MIME,
    RATIOS,
    Wish,
    accent,
    file_name,
    make,
    render,
    render_all,
    slides,
    zipped,
)
from lingti.report.gathering import ReportError, gather, place_of
from lingti.report.inputs import Material
from lingti.report.word.template import TemplateError

__all__ = [
    "FORMATS",
    "MIME",
    "RATIOS",
    "Material",
    "ReportError",
    "TemplateError",
    "Wish",
    "accent",
    "file_name",
    "gather",
    "make",
    "place_of",
    "render",
    "render_all",
    "slides",
    "zipped",
]
