"""Registers of people who hold a post or are on a staff: a line a person, nothing that they did."""

from __future__ import annotations

import re

from lingti.ingest.mapping.match_source import Piece, plain
from lingti.ingest.mapping.proposal import POSSIBLE, Proposal

_STAFF = re.compile("工号|部门|离职|职务|职级|转正|试用期|司龄|合同(类型|公司|期限)")
_POST = re.compile("岗位(类型|类别|性质)|公益|人员(类型|类别|性质)")


def are_holders(piece: Piece, proposal: Proposal) -> bool:
    """Whether what looks like placements may be the holders of public-welfare posts, or a staff."""
    columns = list(map(plain, piece.table.columns))
    texts = [*columns, piece.table.title, piece.table.sheet]
    of_post = any(_POST.search(text) for text in texts)
    of_staff = any(_STAFF.search(name) for name in columns)
    likely = proposal.table == "placements" and proposal.sureness >= POSSIBLE
    return likely and (of_post or of_staff)
