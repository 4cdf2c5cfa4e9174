"""What to call a new kind of export: its title or file name, without whose it is and of when."""

from __future__ import annotations

import re

from lingti.district import District
from lingti.ingest.mapping.match_source import Piece
from lingti.personal_data import without_signers
from lingti.ui.import_page.dropped import Dropped

_SHORTEST_NAME = 2
# Of when a sheet is: in brackets with a figure, or as a year, quarter, half or month.
_PERIOD_WORDS = re.compile(
    r"[（(][^（）()]*\d[^（）()]*[)）]"
    r"|\d{4}\s*年?度?\s*(第?[一二三四1-4]季度|[上下]半年|\d{1,2}(\s*[-—~至]\s*\d{1,2})?\s*月份?)?"
    r"|\d{1,2}(\s*[-—~至]\s*\d{1,2})?\s*月份?|第?[一二三四]季度|[上下]半年"
)


def of(district: District, file: Dropped, piece: Piece) -> str:
    """What to call this kind of export: by its title, its sheet if there are several, its file.

    Whose it is, and of when, goes without saying.
    """
    table = piece.table
    sheet = table.sheet if len(file.pieces) > 1 else ""
    name = without_signers(table.title) or sheet or file.name.rsplit(".", 1)[0]
    places = [
        word
        for community in district.communities
        for word in (community.name.zh, community.short.zh, *community.formerly)
        if word
    ]
    bare = name
    for word in sorted(places, key=len, reverse=True):
        bare = bare.replace(word, "")
    bare = _PERIOD_WORDS.sub("", bare).strip(" -_·—")
    return bare if len(bare) >= _SHORTEST_NAME else name
