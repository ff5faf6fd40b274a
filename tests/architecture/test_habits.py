"""Habits that a reviewer would otherwise have to look for."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from house import PACKAGES, is_test, shown, syntax_nodes, syntax_trees

CLOCK = PACKAGES["est_chassis"] / "est_chassis" / "clock.py"

TIME_OF_DAY = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns"}

MOCKS = {"unittest.mock", "mock", "pytest_mock"}

SKIPS = {
    "pytest.skip",
    "pytest.xfail",
    "pytest.importorskip",
    "pytest.mark.skip",
    "pytest.mark.skipif",
    "pytest.mark.xfail",
}

SLEEPS = {"time.sleep", "asyncio.sleep", "anyio.sleep"}


def test_only_the_clock_of_the_chassis_asks_for_the_time() -> None:
    """Measuring how long something takes is another matter: that is time.monotonic and time.perf_counter."""
    services = {path for path, _ in syntax_trees() if in_a_service_or_the_chassis(path) and path != CLOCK}

    assert [found for found in uses_of(TIME_OF_DAY) if found.path in services] == []


def test_every_broker_leaves_acknowledging_to_the_handlers() -> None:
    """FastStream's default gives a message up for good when its handler raises."""
    brokers = [f"{shown(path)}:{call.lineno}" for path, call in calls_of("NatsBroker")]
    policies = [
        (f"{shown(path)}:{call.lineno}", policy)
        for path, call in [*calls_of("NatsBroker"), *calls_of("subscriber")]
        for policy in acknowledging(call)
    ]

    assert [place for place, _ in policies if place in brokers] == brokers
    assert {policy for _, policy in policies} == {"AckPolicy.MANUAL"}


def test_no_test_is_skipped() -> None:
    assert [str(found) for found in uses_of(SKIPS)] == []


def test_no_test_sleeps() -> None:
    """A test waits for a fact, not for a while; sleep(0) only lets others go first."""
    assert [
        f"{shown(path)}:{call.lineno}"
        for path, function in syntax_nodes()
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) and function.name.startswith("test_")
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and is_one_of(SLEEPS, call.func) and ast.unparse(call.args[0]) != "0"
    ] == []


def test_nothing_of_ours_is_mocked() -> None:
    imported = [
        f"{shown(path)}: {', '.join(sorted(mocks))}"
        for path, node in syntax_nodes()
        if (mocks := imported_modules(node) & MOCKS)
    ]

    assert imported == []


def test_no_failure_is_swallowed() -> None:
    assert [
        f"{shown(path)}:{node.lineno}"
        for path, node in syntax_nodes()
        if isinstance(node, ast.ExceptHandler) and is_broad(node) and swallows(node)
    ] == []


class Use(str):
    """A place where something is used, as a person reads it."""

    path: Path

    def __new__(cls, path: Path, line: int, name: str) -> Use:
        use = super().__new__(cls, f"{shown(path)}:{line} {name}")
        use.path = path
        return use


def uses_of(names: set[str]) -> Iterator[Use]:
    for path, node in syntax_nodes():
        if isinstance(node, ast.Attribute) and is_one_of(names, node):
            yield Use(path, node.lineno, name_of(node))


def calls_of(last_word: str) -> Iterator[tuple[Path, ast.Call]]:
    """Every call of something with this name, whoever it belongs to."""
    for path, node in syntax_nodes():
        if isinstance(node, ast.Call) and last_word_of(node.func) == last_word:
            yield path, node


def is_one_of(names: set[str], node: ast.expr) -> bool:
    """Putting a name together takes a while, and its last word tells most of them apart."""
    last_words = {name.rpartition(".")[2] for name in names}
    return last_word_of(node) in last_words and name_of(node) in names


def last_word_of(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def name_of(node: ast.expr) -> str:
    """`datetime.now` for datetime.now and for datetime.datetime.now: the last words, as they are written."""
    written = ast.unparse(node)
    return written.removeprefix("datetime.") if written.startswith("datetime.datetime") else written


def acknowledging(call: ast.Call) -> list[str]:
    return [ast.unparse(keyword.value) for keyword in call.keywords if keyword.arg == "ack_policy"]


def imported_modules(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Import):
        return {name.name for name in node.names}
    if isinstance(node, ast.ImportFrom):
        return {node.module or "", *(f"{node.module}.{name.name}" for name in node.names)}
    return set()


def is_broad(handler: ast.ExceptHandler) -> bool:
    return handler.type is None or ast.unparse(handler.type) in {"Exception", "BaseException"}


def swallows(handler: ast.ExceptHandler) -> bool:
    return all(isinstance(statement, ast.Pass | ast.Continue) for statement in handler.body)


def in_a_service_or_the_chassis(path: Path) -> bool:
    is_code = not is_test(path)
    return is_code and any(
        folder in path.parents for name, folder in PACKAGES.items() if name != "est_single_machine"
    )
