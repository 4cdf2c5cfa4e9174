"""Random steps of reporting in homes of ten rows; see `interleavings`."""

from __future__ import annotations

import tempfile
from pathlib import Path

from edition_kit import edition_home, few_metrics
from interleavings import Walk, interleaved

from lingti import catalog

STEPS = 50  # in a home


def reported(steps: int) -> Walk:
    """Takes so many steps of import, undo, submit, accept, finalise, forget and kills: how often
    each was done, and what did not hold after one."""
    whole, few, both = catalog.of, few_metrics(), Walk()
    setattr(catalog, "of", lambda _home: few)  # noqa: B010 - as tests patch it
    try:
        for seed in range(0, steps, STEPS):
            with tempfile.TemporaryDirectory() as folder:
                home = edition_home(Path(folder) / "home")
                walk = interleaved(home, min(STEPS, steps - seed), seed)
            both.done += walk.done
            both.wrong += [f"seed {seed}: {line}" for line in walk.wrong]
    finally:
        catalog.of = whole
    return both
