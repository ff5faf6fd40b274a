"""The house as it lies on disk: what the tests of architecture look at, found by folder."""

from __future__ import annotations

import ast
import gc
import importlib
import pkgutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

HOUSE = Path(__file__).resolve().parents[2]

NOT_OURS = frozenset({".git", ".venv", ".est", ".hypothesis", "node_modules", "vendor", "build", "dist"})

SERVICES = tuple(
    sorted(folder.name for folder in (HOUSE / "services").iterdir() if (folder / "pyproject.toml").exists())
)

# Where each package lies, by the name it is imported under.
PACKAGES = {
    "est_contracts": HOUSE / "contracts",
    "est_chassis": HOUSE / "chassis",
    **{f"est_{service}": HOUSE / "services" / service for service in SERVICES},
    "est_single_machine": HOUSE / "deploy" / "single_machine",
}


def shown(path: Path) -> str:
    """A path as a person in the repository writes it."""
    return str(path.relative_to(HOUSE))


@cache
def files() -> tuple[Path, ...]:
    """Every file of ours."""
    return tuple(sorted(_walk(HOUSE)))


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        # In a second working tree .git is a file.
        if path.name in NOT_OURS:
            continue
        if path.is_dir():
            if not path.name.endswith(("_cache", "__pycache__", ".egg-info")):
                yield from _walk(path)
        # In a worktree .git is a file.
        elif path.is_file() and path.suffix != ".log" and path.name not in NOT_OURS:
            yield path


@cache
def texts() -> tuple[tuple[Path, str], ...]:
    """Every file of ours that holds text, read once."""
    return tuple((path, text) for path in files() if (text := _text_of(path)) is not None)


def _text_of(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


@cache
def syntax_trees() -> tuple[tuple[Path, ast.Module], ...]:
    """Every Python module of ours, taken apart."""
    with nothing_is_tidied_up():
        return tuple((path, ast.parse(text)) for path, text in texts() if path.suffix == ".py")


@cache
def syntax_nodes() -> tuple[tuple[Path, ast.AST], ...]:
    """Every piece of every Python module of ours."""
    trees = syntax_trees()
    with nothing_is_tidied_up():
        return tuple((path, node) for path, tree in trees for node in ast.walk(tree))


@contextmanager
def nothing_is_tidied_up() -> Iterator[None]:
    """All of it is kept: looking through it for what could be thrown away takes longer than making it."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def is_test(path: Path) -> bool:
    return "tests" in path.relative_to(HOUSE).parts


@cache
def modules_of(package: str) -> tuple[ModuleType, ...]:
    """Every module of an installed package, imported, but for the one that starts the process."""
    root = importlib.import_module(package)
    names = [found.name for found in pkgutil.walk_packages(root.__path__, prefix=f"{package}.")]
    return (root, *(importlib.import_module(name) for name in names if not name.endswith(".__main__")))


@cache
def settings_class(service: str) -> type[Any]:
    """What differs between installations of one service."""
    from est_chassis.settings import ServiceSettings

    module = importlib.import_module(f"est_{service}.settings")
    return next(
        thing
        for thing in vars(module).values()
        if isinstance(thing, type) and issubclass(thing, ServiceSettings) and thing is not ServiceSettings
    )


@cache
def built(service: str) -> Any:
    """A service put together as in production; it connects to nothing before it is started."""
    build = importlib.import_module(f"est_{service}.service").build
    return build(
        settings_class(service)(
            database_url="postgresql://nobody@127.0.0.1:1/est", session_secret="architecture", demo=True
        )
    )


def all_subclasses(parent: type[Any]) -> Iterator[type[Any]]:
    """Every class that descends from one."""
    children: list[type[Any]] = parent.__subclasses__()
    for child in children:
        yield child
        yield from all_subclasses(child)
