"""Registers of people who hold a post: one line a person, and nothing that they did."""

from __future__ import annotations

import re

from lingti.ingest.mapping.match_source import Piece, plain
from lingti.ingest.mapping.proposal import Proposal

_POST = re.compile("岗位(类型|类别|性质)|公益|人员(类型|类别|性质)")


def are_holders(piece: Piece, found: Proposal) -> bool:
    """Whether what looks like placements may be the holders of public-welfare posts."""
    texts = [*map(plain, piece.table.columns), piece.table.title, piece.table.sheet]
    return found.table == "placements" and any(_POST.search(text) for text in texts)
