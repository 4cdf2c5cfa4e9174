"""Ready-made topics (领题包) that a district can take: their SQL files lie in the checkout.

What a home has taken is an entry, so it can be given back. A pack on whose tables batches stand is
archived, not removed: its tables stay, so that the batches can be read, its numbers go.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import tomli

from lingti import entries
from lingti.catalog.headers import CatalogError, header
from lingti.catalog.model import Catalog
from lingti.frozen import Frozen
from lingti.language import Text

FOLDER = Path(__file__).parent.parent.parent / "packs"
FILE = "pack.toml"
KIND = "setting/pack"
TAKEN, ARCHIVED = "taken", "archived"
OF_ARCHIVED = ("tables",)  # the kinds of files that an archived pack still has


@dataclass(frozen=True)
class Pack:
    """A ready-made topic: its title, what it is about, and the folder of its queries."""

    id: str
    title: Text
    about: Text
    folder: Path

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of its canonical tables."""
        return tuple(sorted(path.stem for path in (self.folder / "tables").glob("*.sql")))


@cache
def known() -> Mapping[str, Pack]:
    """The packs of the program by id. Raises CatalogError for one whose names are not its own."""
    return Frozen({pack.id: pack for pack in _read()})


def _read() -> Iterator[Pack]:
    for path in sorted(FOLDER.glob(f"*/{FILE}")):
        pack_file = tomli.loads(path.read_text("utf-8"))
        title, about = (
            Text(pack_file[key]["zh"], pack_file[key]["en"]) for key in ("title", "about")
        )
        pack = Pack(path.parent.name, title, about, path.parent)
        for file in path.parent.rglob("*.sql"):
            if not file.stem.startswith(f"pack_{pack.id}_"):
                raise CatalogError(f"{file.name}: begin its name with pack_{pack.id}_")
        yield pack


def states(home: Path) -> dict[str, str]:
    """Id → whether the home has taken a pack, or archived it; others are left out."""
    held = entries.current(home, KIND)
    return {name: str(state) for name, state in sorted(held.items()) if name in known()}


def called_alike(pack: Pack, known: Catalog) -> list[str]:
    """The Chinese titles of a pack's tables and metrics that others of a catalogue have already."""
    theirs = {
        **{name: table.title for name, table in known.tables.items()},
        **{name: metric.title for name, metric in known.metrics.items()},
    }
    own = f"pack_{pack.id}_"
    taken = {title.zh for name, title in theirs.items() if not name.startswith(own)}
    heads = [
        header(path.read_text("utf-8"))
        for kind in ("tables", "metrics")
        for path in sorted((pack.folder / kind).glob("*.sql"))
    ]
    titles = [head["title"].split("|")[0].strip() for head in heads]
    return [title for title in titles if title in taken]


def take(home: Path, pack: str, by: str) -> None:
    """Takes a pack, also one that was archived. Raises KeyError for one there is not."""
    entries.add(home, KIND, known()[pack].id, TAKEN, by)


def give_back(home: Path, pack: str, by: str, *, has_batches: bool) -> None:
    """Removes a pack; archives it where batches stand on its tables."""
    entries.add(home, KIND, known()[pack].id, ARCHIVED if has_batches else None, by)


def undo(home: Path, changed: entries.Entry, by: str, *, has_batches: bool) -> None:
    """Enters what held before a pack was taken or given back; archives it below batches."""
    earlier = [
        entry.value
        for entry in entries.history(home, KIND)
        if entry.key == changed.key and entry.number < changed.number
    ]
    before = earlier[-1] if earlier else None
    entries.add(home, KIND, changed.key, before or (ARCHIVED if has_batches else None), by)
