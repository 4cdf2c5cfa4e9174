"""Which home is shown: the own one, or the sample beside it while nothing is set up.

Settings and catalogue are read again when they change, and the warehouse is built anew where they
have changed since: nobody runs a command for that.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

import streamlit as st

from lingti import catalog, district, entries, warehouse
from lingti.access.roles import Person
from lingti.catalog import Catalog, CatalogError
from lingti.district import District, settings
from lingti.district.toml_reader import SettingsError
from lingti.editions import keeping
from lingti.home import HomeError
from lingti.judging import publication
from lingti.language import gettext as _
from lingti.ui.window import mending
from lingti.upkeep import setting_up
from lingti.upkeep.demo import SAMPLE

HOME = "LINGTI_HOME"


def own_home() -> Path:
    """The folder that is served: `$LINGTI_HOME`, else `home` where the server was started."""
    return Path(os.environ.get(HOME) or "home").absolute()


def home_folder() -> Path:
    """The folder that pages show: the served one, or while it is empty the sample beside it."""
    own = own_home()
    sample = setting_up.sample_beside(own)
    return sample if not settings.are_there(own) and warehouse.exists(sample) else own


def is_sample(home: Path) -> bool:
    """Whether a home is the sample's."""
    path = home / settings.FILE
    ours = SAMPLE / settings.FILE
    return path.exists() and path.stat().st_size == ours.stat().st_size and _same(path, ours)


def _same(path: Path, ours: Path) -> bool:
    return path.read_bytes() == ours.read_bytes()


def read(home: Path, person: Person) -> District:
    """The district's settings; read again when a file changed, or something was entered.

    Ends the run with what is wrong, and where, where they cannot be used; officials can undo it.
    """
    try:
        return _settings(home, _changed_at(home), entries.version(home), catalog.of(home))
    except (SettingsError, CatalogError, HomeError) as error:
        mending.stop(home, error, person)


@lru_cache(maxsize=4)
def _settings(
    home: Path, _changed_at: float, _entered: tuple[int, int], _known: Catalog
) -> District:
    return district.load(home)


def changed_at(home: Path) -> float:
    """When the settings, what people entered or the editions last changed."""
    path = home / keeping.FOLDER
    kept = [home / "entries", path, *path.glob("[!.]*")]
    times = (path.stat().st_mtime for path in kept if path.exists())
    return max(_changed_at(home), *times, 0.0)


def _changed_at(home: Path) -> float:
    files = [home / settings.FILE, *(home / "sources").glob("*.toml")]
    return max((file.stat().st_mtime for file in files if file.exists()), default=0.0)


def keep_up(home: Path, known: District) -> None:
    """Builds the warehouse where there is none, or where settings have changed since.

    Says so while it goes on; others keep reading the last one.
    """
    if _follows(home, known.cache_key, warehouse.exists(home) and warehouse.current(home).version):
        return
    with st.spinner(_("The settings have changed; the numbers are being worked out anew …")):
        publication.rebuild(home)
    _follows.cache_clear()


@lru_cache(maxsize=8)
def _follows(home: Path, _settings: str, _version: str | bool) -> bool:
    return warehouse.follows(home, district.load(home))
