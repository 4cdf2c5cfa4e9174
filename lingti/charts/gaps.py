"""What a picture says of the numbers it has not: gaps, what is withheld, who is not drawn."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from lingti.charts import parts
from lingti.charts.looks import Look
from lingti.judging import number_text
from lingti.judging.sentences import joined
from lingti.language import gettext as _
from lingti.warehouse.frames import rows as rows_of

STAR = "*"


def mark_gaps(
    figure: go.Figure, frame: pd.DataFrame, look: Look, shown: list[str], *, named: bool = True
) -> None:
    """Says at the top of the picture whose number was not reported in a period.

    What is withheld has a star at the bottom, in the colour of whose it is.
    """
    hidden = frame[frame["community"].isin(shown) & (frame["state"] == "withheld")]
    below: dict[str, int] = {}
    for row in rows_of(hidden):
        below[row.period] = below.get(row.period, -1) + 1
        figure.add_annotation(
            x=row.period,
            y=0,
            yanchor="bottom",
            yshift=below[row.period] * 12,  # those of several places one above the other
            text=STAR,
            showarrow=False,
            font={"color": look.words(str(row.community)), "size": 20},
        )
    gaps = frame[frame["community"].isin(shown) & (frame["state"] == "not_reported")]
    all_periods = list(dict.fromkeys(frame["period"]))
    if named and len(gaps):
        # Room above the lines for the words, so that they do not lie on a marker.
        low, high = figure.layout.yaxis.range
        lines = 1 + gaps.groupby("period").size().max()
        figure.update_yaxes(range=[low, high * (1 + 0.06 * min(lines, 4))])
    for period, rows in gaps.groupby("period", sort=False):
        names = "<br>".join(parts.broken(look.name(str(one))) for one in rows["community"])
        figure.add_annotation(
            x=period,
            y=1,
            yref="paper",
            yanchor="top",
            xanchor=_inwards(all_periods.index(period), len(all_periods)),
            text=(f"{names}<br>" if named else "") + number_text.state("not_reported"),
            showarrow=False,
            bgcolor=look.paper,  # the lines of what happened must not cross the words
            font={"color": look.muted, "size": 12},
        )
        figure.add_shape(
            type="line",
            x0=period,
            x1=period,
            y0=0,
            y1=1,
            yref="paper",
            layer="below",
            line={"color": look.grid, "width": 1.5, "dash": "dot"},
        )


def _inwards(at: int, count: int) -> str:
    """Which side of a word stands at a period, so that near an edge it is not cut off."""
    share = (at + 0.5) / count
    return "left" if share < 0.17 else "right" if share > 0.83 else "center"


def words_below(frame: pd.DataFrame, look: Look, shown: list[str], idle: list[str]) -> str:
    """Who is not drawn and why, and whose numbers the stars withhold; "" where all are drawn."""
    hidden = frame[frame["community"].isin(shown) & (frame["state"] == "withheld")]
    parts_said = [idle_words(frame, look, idle)] if idle else []
    if not hidden.empty:
        names = [look.name(str(fromkey)) for fromkey in dict.fromkeys(hidden["community"])]
        withheld = _("{star} {names}: {why}").format(
            star=STAR, names=joined(names), why=number_text.withheld()
        )
        fits = parts.room([withheld]) < MOST_NOTE_ROOM
        parts_said.append(withheld if fits else parts.broken(withheld, MOST_NOTE_LETTERS))
    return "<br>".join(parts_said)


def note_below(figure: go.Figure, look: Look, words: str) -> None:
    figure.add_annotation(
        x=0,
        y=0,
        xref="paper",
        yref="paper",
        yanchor="top",
        xanchor="left",
        align="left",
        yshift=-44,  # below the marks and their year
        text=words,
        showarrow=False,
        font={"color": look.muted, "size": 13},
    )


# px; a longer note takes a line for each of its parts, and a part of more letters several.
MOST_NOTE_ROOM = 260
MOST_NOTE_LETTERS = 34


def idle_words(frame: pd.DataFrame, look: Look, idle: list[str]) -> str:
    last = frame.drop_duplicates("community", keep="last").set_index("community")["state"]
    states = [number_text.state(number_text.state_of(None, str(last[one]))) for one in idle]
    names = [look.name(one) for one in idle]
    in_line = " · ".join(f"{one} {word}" for one, word in zip(names, states, strict=True))
    if parts.room([in_line]) < MOST_NOTE_ROOM:
        return in_line
    return "<br>".join(
        f"{parts.broken(one)} {word}" for one, word in zip(names, states, strict=True)
    )
