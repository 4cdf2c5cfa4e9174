"""The documents say all there is to set and to type, and name only what is there.

What there is comes from the code: the parsers of the commands, the keys that settings and headers
are asked for, the variables that are read.
"""

from __future__ import annotations

import argparse
import ast
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lingti import catalog, district
from lingti.commands import cli
from lingti.district import settings, sources, toml_reader
from lingti.web import open_id

ROOT = Path(__file__).parent.parent
REFERENCE = ROOT / "docs" / "reference"
DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "sample_data").glob("*.md")]
)
FOLDERS = "app|lingti|pages|queries|sample_data|tests|docs|benchmarks|deploy|static"

every_document = pytest.mark.parametrize(
    "path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix()
)


def sections(text: str) -> dict[str, str]:
    """Heading → what stands below it, up to the next one."""
    parts = re.split(r"^#+ (.+)$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def documented(page: str, heading: str) -> set[str]:
    """What the first cells of a section's tables name in backticks."""
    section = sections((REFERENCE / page).read_text("utf-8"))[heading]
    cells = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    return {name for cell in cells for name in re.findall(r"`([^`]+)`", cell)}


# Commands


def commands() -> dict[str, argparse.ArgumentParser]:
    (found,) = [
        action
        for action in cli._parser("en", "./home")._actions
        if isinstance(action, argparse._SubParsersAction)
    ]
    return dict(found.choices)


def test_the_reference_has_a_section_for_every_command_and_no_other() -> None:
    found = sections((REFERENCE / "commands.md").read_text("utf-8"))
    assert sorted(set(found) - {"Commands"}) == sorted(commands())


@pytest.mark.parametrize("name", commands())
def test_the_reference_has_every_option(name: str) -> None:
    options = {
        option
        for action in commands()[name]._actions
        for option in action.option_strings
        if option not in ("-h", "--help", "--home")
    }
    named = {one for one in documented("commands.md", name) if one.startswith("-")}
    assert named == options


# Settings


class Asked(dict[str, Any]):
    """A table of settings that notes for which keys it is asked, with the place it lies in."""

    def __init__(self, table: dict[str, Any], place: str, keys: set[tuple[str, str]]) -> None:
        super().__init__(table)
        self.place, self.keys_asked = place, keys

    def _noted(self, key: str, value: Any) -> Any:
        self.keys_asked.add((self.place, key))
        below = f"{self.place}.{key}".strip(".")
        if isinstance(value, dict):
            return Asked(value, below, self.keys_asked)
        if isinstance(value, list) and all(isinstance(one, dict) for one in value):
            return [Asked(one, below, self.keys_asked) for one in value]
        return value

    def __contains__(self, key: object) -> bool:
        self._noted(str(key), None)
        return super().__contains__(key)

    def __getitem__(self, key: str) -> Any:
        return self._noted(key, super().__getitem__(key))

    def get(self, key: str, default: Any = None) -> Any:
        return self._noted(key, super().get(key, default))

    def items(self) -> Any:
        # The columns of a feed, whose names are not ours.
        return [
            (name, Asked(one, f"{self.place}.*", self.keys_asked) if isinstance(one, dict) else one)
            for name, one in super().items()
        ]


def place_of(where: str) -> str:
    """The place in the settings that a reader's `where` names."""
    file, *blocks = where.split(": ")
    names = [block.split()[0] for block in blocks]
    return ".".join(["source" if file.startswith("sources/") else "district", *names])


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """Place → keys that the program asks the sample's settings for."""
    home = tmp_path_factory.mktemp("asked")
    shutil.copy(ROOT / "sample_data" / "district.toml", home)
    with (home / "district.toml").open("a", encoding="utf-8") as file:
        file.write('[[population]]\ncommunity = "binhu"\nfrom = 2025-12-31\nresidents = 7000\n')
    shutil.copytree(ROOT / "sample_data" / "sources", home / "sources")
    keys: set[tuple[str, str]] = set()

    class Noting(toml_reader.Reader):
        """A reader that notes what it is asked for."""

        def __init__(self, where: str, table: dict[str, Any]) -> None:
            super().__init__(where, Asked(table, place_of(where), keys))

    district._of_home.cache_clear()
    sources._source_of.cache_clear()
    with pytest.MonkeyPatch.context() as patched:
        for module in (toml_reader, settings, sources, district):
            patched.setattr(module, "Reader", Noting)
        district.load(home)
    district._of_home.cache_clear()
    sources._source_of.cache_clear()
    found: dict[str, set[str]] = {}
    for place, key in keys:
        found.setdefault(place, set()).add(key)
    return found


SETTINGS = {
    "district": ("district.md", "The district"),
    "district.community": ("district.md", "[[community]]"),
    "district.population": ("district.md", "[[population]]"),
    "district.expected": ("district.md", "[[expected]]"),
    "district.target": ("district.md", "[[target]]"),
    "district.rule": ("district.md", "[[rule]]"),
    "district.ordinary": ("district.md", "[[ordinary]]"),
    "source": ("sources.md", "The source"),
    "source.feed": ("sources.md", "[[feed]]"),
    "source.feed.columns.*": ("sources.md", "[feed.columns]"),
}


@pytest.mark.parametrize("place", SETTINGS)
def test_the_reference_has_every_setting_and_no_other(
    place: str, asked: dict[str, set[str]]
) -> None:
    assert documented(*SETTINGS[place]) == asked[place]


def test_settings_are_asked_for_nowhere_else(asked: dict[str, set[str]]) -> None:
    texts = {place for place in asked if asked[place] <= {"zh", "en"}}
    conditions = {"source.feed.when", "source.feed.unless"}
    values = {place for place in asked if place.endswith(".values")}
    assert set(asked) - texts - conditions - values - {"source.feed.columns"} == set(SETTINGS)


def test_the_reference_has_every_setting_of_sign_in() -> None:
    assert documented("district.md", "signin.toml") == set(open_id.NEEDED)


# Headers


def header_keys(kind: str) -> set[str]:
    files = (catalog.QUERIES / kind).glob("*.sql")
    return {key for file in files for key in catalog.header(file.read_text("utf-8"))}


def keys_in_code() -> set[str]:
    """Every key that the catalogue asks a header for."""
    files = (ROOT / "lingti" / "catalog").rglob("*.py")
    nodes = [node for file in files for node in ast.walk(ast.parse(file.read_text("utf-8")))]
    return {key for node in nodes for key in _asked_of_keys(node)}


def _asked_of_keys(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Subscript(ast.Name("keys"), ast.Constant(str(key))):
            yield key
        case ast.Call(ast.Attribute(ast.Name("keys"), "get"), [ast.Constant(str(key)), *_]):
            yield key
        case ast.Compare(ast.Constant(str(key)), _, [ast.Name("keys")]):
            yield key
        case ast.Call(ast.Name("require"), [_, _, ast.List(names)]):
            yield from (str(one.value) for one in names if isinstance(one, ast.Constant))
        case ast.Call(ast.Name("choice"), [_, _, ast.Constant(str(key)), _]):
            yield key


@pytest.mark.parametrize("kind", ["tables", "facts", "metrics", "checks"])
def test_the_reference_has_every_key_of_a_header(kind: str) -> None:
    assert header_keys(kind) <= documented("headers.md", kind.capitalize())


def test_the_reference_has_every_key_that_the_catalogue_knows_and_no_other() -> None:
    known = keys_in_code()
    assert {"title", "unit", "grain", "severity"} <= known
    everywhere = [documented("headers.md", one) for one in ("Tables", "Facts", "Metrics", "Checks")]
    spelt = {key for one in everywhere for key in one if re.fullmatch(r"\w+", key)}
    assert spelt == known | {"changed"}


# Variables


def test_the_reference_has_every_variable_and_no_other() -> None:
    files = [
        path
        for folder in ("lingti", "pages", "tests", "benchmarks", "deploy", "sample_data", ".ci")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix not in (".pyc", ".parquet", ".png", ".xlsx", ".mo")
    ]
    read = "".join(
        path.read_text("utf-8", "ignore") for path in [*files, ROOT / "app.py", ROOT / "Makefile"]
    )
    told = (REFERENCE / "environment.md").read_text("utf-8")
    variables = re.compile(r"\bLINGTI_[A-Z]+(?:_[A-Z]+)*\b")
    assert set(variables.findall(told)) == set(variables.findall(read))


# What documents name


@every_document
def test_every_link_leads_somewhere(path: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", path.read_text("utf-8")):
        if "://" in link:
            continue
        file, _, heading = link.partition("#")
        target = path.parent / file if file else path
        assert target.exists(), link
        if heading:
            there = [_anchor(one) for one in sections(target.read_text("utf-8"))]
            assert heading in there, link


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


@every_document
def test_every_file_and_module_named_is_there(path: Path) -> None:
    """Names in capitals, as `queries/metrics/NAME.sql`, stand for what a reader chooses."""
    text = path.read_text("utf-8")
    for place in re.findall(rf"(?<![\w/.-])((?:{FOLDERS})/[\w./*-]*\w/?)", text):
        if not re.search(r"[A-Z]{3,}", place.removesuffix("README.md")):
            assert list(ROOT.glob(place)), place
    for module in re.findall(r"`(lingti(?:\.\w+)+)`", text):
        assert is_there(module), module


def is_there(module: str) -> bool:
    """Whether a module has that name, or a module has something of that name in it."""
    place = ROOT / module.replace(".", "/")
    if place.with_suffix(".py").exists() or place.is_dir():
        return True
    holder = [place.parent.with_suffix(".py"), place.parent / "__init__.py"]
    return any(
        re.search(rf"\b{place.name}\b", one.read_text("utf-8")) for one in holder if one.exists()
    )


@every_document
def test_every_command_named_is_one(path: Path) -> None:
    text = path.read_text("utf-8")
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert set(re.findall(r"\bmake (\w+)`", text)) <= set(targets)
    assert set(re.findall(r"`(?:\.venv/bin/)?lingti ([a-z]+)\b", text)) <= set(commands())
