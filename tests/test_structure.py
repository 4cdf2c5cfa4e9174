"""The promises of the tree: which way imports point, how pages begin, what each SQL file says."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from lingti import catalog
from lingti.warehouse import temp_tables

ROOT = Path(__file__).parent.parent
FAST = "lingti.warehouse.fast"
# Each part may import those of its own and lower layers; nothing imports upwards.
LAYERS = [
    {"clock", "frozen", "language", "locale", "memo_cache", "palette", "ui.streamlit_inside"},
    {"person_names", "personal_data"},
    {"access.audit", "home", "keys", "secret_file"},
    {"entries"},
    {"access"},
    {"catalog", "district"},
    {"ingest"},
    {"warehouse"},
    {"judging"},
    {"editions"},
    {"charts"},
    {"report", "forms"},
    {"upkeep", "web.sessions", "web.open_id"},
    {"ui"},
    {"web"},
    {"commands"},
    {"app", "pages"},
]
ONLY = {
    "streamlit": {
        "lingti/ui",
        "lingti/web/server.py",
        "lingti/web/guard.py",
        "lingti/web/open_id.py",
        "pages",
        "app.py",
    },
    "plotly": {"lingti/charts", "lingti/report"},
    "duckdb": {
        "lingti/warehouse",
        "lingti/ingest/keeping/diff_to_current.py",
        "lingti/ingest/checking/merchant_twins.py",
    },
}


def sources() -> list[Path]:
    return [
        ROOT / "app.py",
        *sorted((ROOT / "pages").glob("*.py")),
        *sorted((ROOT / "lingti").rglob("*.py")),
    ]


@cache
def imports(path: Path) -> tuple[str, ...]:
    """Every module a file imports, by its full name, also inside functions."""
    return tuple(_imports(path))


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            named = [f"{node.module}.{alias.name}" for alias in node.names]
            if not all(map(is_module, named)):
                yield node.module
            yield from named


@cache
def is_module(name: str) -> bool:
    """Whether a module of the program or a package of it has that full name."""
    place = ROOT / name.replace(".", "/")
    return place.with_suffix(".py").exists() or place.is_dir()


def part_of(path: Path) -> str:
    """The module below the package, such as `compare` or `safety.audit`; else the file's place."""
    relative = path.relative_to(ROOT).with_suffix("")
    return ".".join(relative.parts[1:] if relative.parts[0] == "lingti" else relative.parts[:1])


def layer(part: str) -> int | None:
    """The number of the layer that holds a module, by itself or by the package it lies in."""
    names = {part.split(".")[0], ".".join(part.split(".")[:2])}
    return next((number for number, parts in enumerate(LAYERS) if names & parts), None)


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_one_way(path: Path) -> None:
    own = layer(part_of(path))
    assert own is not None or path.name == "__init__.py", f"{path}: in no layer"
    for name in imports(path):
        if name.startswith("lingti.") and own is not None:
            theirs = layer(name.removeprefix("lingti."))
            assert theirs is None or theirs <= own, f"{path.name} imports {name}"


@pytest.mark.parametrize("library", ONLY)
def test_only_its_place_knows_a_library(library: str) -> None:
    for path in sources():
        if any(name.split(".")[0] == library for name in imports(path)):
            place = path.relative_to(ROOT).as_posix()
            assert any(place.startswith(allowed) for allowed in ONLY[library]), place


def test_only_one_door_reaches_into_streamlit() -> None:
    door = ROOT / "lingti/ui/streamlit_inside"
    for path in sources():
        if not path.is_relative_to(door):
            assert not [name for name in imports(path) if name.startswith("streamlit.")], path


def test_only_the_door_of_fast_is_imported_from_outside() -> None:
    """Its own tests look inside."""
    folders = ("lingti", "pages", "tests", "benchmarks", "sample_data")
    inside = (ROOT / "lingti/warehouse/fast", ROOT / "tests/warehouse/fast")
    for path in (path for folder in folders for path in (ROOT / folder).rglob("*.py")):
        if not any(path.is_relative_to(folder) for folder in inside):
            behind_it = [name for name in imports(path) if name.startswith(f"{FAST}.")]
            assert not [name for name in behind_it if is_module(name)], path


def test_the_plain_build_rests_on_nothing_quick() -> None:
    to_read, read = ["lingti.warehouse.plain"], set[str]()
    while to_read:
        name = to_read.pop()
        path = (ROOT / name.replace(".", "/")).with_suffix(".py")
        if path.exists() and name not in read:
            read.add(name)
            to_read += [one for one in imports(path) if one.startswith("lingti.warehouse")]
    assert "lingti.warehouse.template" in read
    assert not [name for name in read if name.startswith(FAST)]


def test_every_temporary_table_is_named_in_one_place_under_who_makes_it() -> None:
    home = ROOT / "lingti/warehouse"
    steps = [*home.rglob("*.py"), *(ROOT / "queries/build").glob("*.sql")]
    made = re.compile(
        r"\btemp (?:table|view) ([\w{}.]+)|\bkeep\(\"(\w+)"
        r"|_(?:note|compare|measure_into)\(con, \"(\w+)"
    )
    for path in steps:
        name = path.relative_to(home).with_suffix("") if path.suffix == ".py" else None
        owner = ".".join(name.parts) if name else path.relative_to(ROOT).as_posix()
        text = path.read_text("utf-8")
        for constant, value in re.findall(r'^(\w+) = "(\w+)"$', text, re.MULTILINE):
            text = text.replace(f"{{{constant}}}", value)
        names = {"".join(groups) for groups in made.findall(text)}
        tables = {re.sub(r"{[^}]*}", "…", name) for name in names} - {"…"}
        named = set(temp_tables.MADE_BY.get(owner, {})) - {"…"}
        assert tables == named, owner


def test_every_library_imported_is_pinned() -> None:
    locks = [*ROOT.glob("requirements*.lock"), *ROOT.glob("benchmarks/requirements*.lock")]
    text = "\n".join(lock.read_text("utf-8") for lock in locks)
    pinned = set(re.findall(r"^([\w.-]+)==", text, re.MULTILINE))
    folders = ("lingti", "pages", "tests", "benchmarks", "sample_data")
    files = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    own = {path.stem for path in files} | {path.name for path in ROOT.rglob("tests/*/")}
    named = {name.split(".")[0] for path in files for name in imports(path)}
    offered = packages_distributions()
    for name in named - own - set(folders) - sys.stdlib_module_names:
        names = {re.sub(r"[._]", "-", found).lower() for found in offered.get(name, [name])}
        assert names & pinned, f"{name} is in no lock"


@pytest.mark.parametrize(
    "path", [ROOT / "app.py", *sorted((ROOT / "pages").glob("*.py"))], ids=lambda path: path.name
)
def test_the_first_statement_of_a_page_sets_it_up(path: Path) -> None:
    body = [
        node
        for node in ast.parse(path.read_text("utf-8")).body
        if not isinstance(node, ast.Import | ast.ImportFrom)
        and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
    ]
    assert re.match(r"(page = )?ui\.page\(", ast.unparse(body[0]))


@pytest.mark.parametrize(
    "path", sorted((ROOT / "queries").rglob("*.sql")), ids=lambda path: path.name
)
def test_every_query_begins_by_saying_what_it_is(path: Path) -> None:
    assert path.read_text("utf-8").startswith("-- ")


def test_every_canonical_column_has_a_title_in_both_languages() -> None:
    for table in catalog.program().tables.values():
        for column in table.columns:
            assert column.title.zh, (table.name, column.name)
            assert column.title.en, (table.name, column.name)


def test_nothing_takes_the_catalogue_of_the_program_for_that_of_a_home() -> None:
    """Who has a district, a warehouse, a view or a page has the home's; these are defaults."""
    defaults = {
        *("district/model.py", "judging/period_values.py", "warehouse/publish.py"),
        "ingest/mapping/templates.py",  # the ledger of points is the program's own
        "report/word/template.py",  # a metric's name as an example
    }
    found = {
        path.relative_to(ROOT / "lingti").as_posix()
        for path in (ROOT / "lingti").rglob("*.py")
        if "catalog.program" in path.read_text("utf-8")
    }
    assert found == defaults
