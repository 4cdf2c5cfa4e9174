"""Slides as they are kept with an edition, for the projector to show them as they were.

Everything that a slide says is kept, and what its picture draws; how it is drawn is the program's.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from lingti import entries
from lingti.catalog import Metric
from lingti.report.content import Bar, Grid, Marked, Picture
from lingti.report.slides.slide import Slide

ENDING = "slides.json"
DECK = "deck"  # the kind of entries that remember which slides a place has
METRIC = "metric-"


def remembered(home: Path, place: str) -> list[str]:
    """The ids of the slides that are remembered for a place; none where the usual ones are."""
    value = entries.current(home, DECK).get(place) or {}
    return [str(slide_id) for slide_id in value.get("slides", [])]


def metrics_of(ids: Iterable[str], known: Mapping[str, Metric]) -> tuple[str, ...]:
    """The metrics that slides of those ids are about."""
    names = [slide_id.removeprefix(METRIC) for slide_id in ids if slide_id.startswith(METRIC)]
    return tuple(name for name in names if name in known)


def packed(slides: Sequence[Slide]) -> bytes:
    """Slides as bytes, without what speakers are told."""
    rows = [_as_kept(slide) for slide in slides]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()


def unpacked(kept: bytes, known: Mapping[str, Metric]) -> list[Slide]:
    """The slides of `packed`; a metric that is known no more leaves its slide without picture."""
    return [_slide(load, known) for load in json.loads(kept)]


def _as_kept(slide: Slide) -> dict[str, Any]:
    fields: dict[str, Any] = {
        name: getattr(slide, name) for name in ("id", "title", "under", "source")
    }
    if (grid := slide.grid) is not None:
        fields["grid"] = {
            "caption": grid.caption,
            "head": [_cell(text) for text in grid.head],
            "rows": [[_cell(text) for text in row] for row in grid.rows],
            "widths": grid.widths,
            "right": sorted(grid.right),
        }
    if (picture := slide.picture) is not None:
        fields["picture"] = {
            **{name: getattr(picture, name) for name in ("kind", "caption", "missing")},
            "metric": picture.metric.name,
            "frame": picture.frame.to_json(
                orient="table", index=False, date_format="iso", double_precision=15
            ),
        }
    return fields


def _cell(text: str) -> Any:
    if isinstance(text, Marked):
        return {"text": str(text), "mark": text.mark, "code": text.code}
    if isinstance(text, Bar):
        return {"text": str(text), "share": text.share, "status": text.status}
    return text


def _text(kept: Any) -> str:
    if isinstance(kept, str):
        return kept
    if "mark" in kept:
        return Marked(kept["text"], kept["mark"], kept["code"])
    return Bar(kept["text"], kept["share"], kept["status"])


def _slide(kept: Mapping[str, Any], known: Mapping[str, Metric]) -> Slide:
    grid, picture = kept.get("grid"), kept.get("picture")
    return Slide(
        *(kept["id"], kept["title"], kept["under"]),
        picture=_picture(picture, known) if picture and picture["metric"] in known else None,
        grid=_grid(grid) if grid else None,
        source=kept["source"],
    )


def _grid(kept: Mapping[str, Any]) -> Grid:
    return Grid(
        kept["caption"],
        tuple(_text(text) for text in kept["head"]),
        tuple(tuple(_text(text) for text in row) for row in kept["rows"]),
        tuple(kept["widths"]),
        frozenset(kept["right"]),
    )


def _picture(kept: Mapping[str, Any], known: Mapping[str, Metric]) -> Picture:
    frame = pd.read_json(io.StringIO(kept["frame"]), orient="table")
    metric = known[kept["metric"]]
    return Picture(kept["kind"], metric, kept["caption"], frame, kept["missing"])
