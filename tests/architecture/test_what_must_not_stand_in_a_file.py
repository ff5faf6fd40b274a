"""What must not stand in any file, and words that say nothing."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from house import files, shown, syntax_nodes, syntax_trees, texts

# Written in pieces, so that this file does not name them either.
REGISTRY_HOSTS = re.compile(
    "|".join(
        re.escape(".".join(pieces))
        for pieces in (
            ("pypi", "org"),
            ("pythonhosted", "org"),
            ("registry", "npmjs"),
            ("deb", "debian", "org"),
            ("security", "debian", "org"),
            ("crates", "io"),
            ("registry", "yarnpkg"),
        )
    )
)

# Somebody's home, a working copy, a temporary folder: true on one machine only.
MACHINE_PATHS = re.compile(r"(?<![\w.$}-])/(?:work|farm|root|home|Users|tmp)/[\w.-]+")

EMPTY_WORDS = frozenset(
    {"manager", "helper", "helpers", "util", "utils", "common", "base", "data", "info", "item", "items"}
)

# Names that a library has chosen and we have to answer to.
GIVEN_NAMES = frozenset({"handle_data", "data_received", "feed_data", "handle_DATA"})

UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX)\b")

# uv.lock is ignored by git; these would be kept.
LOCK_FILES = frozenset({"package-lock.json", "poetry.lock", "yarn.lock"})


def test_no_file_names_a_registry_host() -> None:
    assert list(lines_with(REGISTRY_HOSTS)) == []


def test_no_file_names_a_path_of_one_machine() -> None:
    assert list(lines_with(MACHINE_PATHS)) == []


def test_no_lock_file_is_kept() -> None:
    assert [shown(path) for path in files() if path.name in LOCK_FILES] == []


def test_no_page_writes_a_dot_that_could_be_left_last_on_a_line() -> None:
    """A comma stands well there; between facts of the class `dotted` the style sheet draws the dot."""
    assert list(lines_with(re.compile("·"), suffixes=(".html",))) == []


def test_nothing_is_left_to_be_done_later() -> None:
    assert (
        list(lines_with(UNFINISHED, suffixes=(".py", ".html", ".css", ".js", ".sql", ".toml", ".yaml"))) == []
    )


def test_no_name_says_nothing() -> None:
    assert [f"{where}: {name}" for where, name in names_we_gave() if EMPTY_WORDS & set(words_of(name))] == []


def test_code_is_written_in_ascii() -> None:
    assert [f"{where}: {name}" for where, name in names_we_gave() if not name.isascii()] == []


def test_every_test_is_a_sentence() -> None:
    assert [
        f"{where}: {name}"
        for where, name in names_we_gave()
        if name.startswith("test_") and not where.endswith(".py") and len(words_of(name)) < 4
    ] == []


Named = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def lines_with(pattern: re.Pattern[str], suffixes: tuple[str, ...] = ()) -> Iterator[str]:
    for path, text in texts():
        if path == Path(__file__).resolve() or (suffixes and path.suffix not in suffixes):
            continue
        for number, line in enumerate(text.splitlines(), start=1):
            if found := pattern.search(line):
                yield f"{shown(path)}:{number} {found.group()}"


def names_we_gave() -> Iterator[tuple[str, str]]:
    """Modules, classes and functions, each with its place."""
    for path, _ in syntax_trees():
        yield shown(path), path.stem
    for path, node in syntax_nodes():
        if isinstance(node, Named) and node.name not in GIVEN_NAMES:
            yield f"{shown(path)}:{node.lineno}", node.name


def words_of(name: str) -> list[str]:
    """IncidentReport and incident_report both are two words."""
    return [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[^\W_A-Z]+", name)]
