"""A function fits on a screen, a module in one's head."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from house import shown, syntax_nodes, texts

LONGEST_FUNCTION = 50
LONGEST_MODULE = 400

Function = ast.FunctionDef | ast.AsyncFunctionDef


def test_no_function_is_over_50_lines() -> None:
    assert [
        f"{where}: {lines} lines"
        for where, function in functions()
        if (lines := (function.end_lineno or 0) - function.lineno + 1) > LONGEST_FUNCTION
    ] == []


def test_no_module_is_over_400_lines() -> None:
    assert [
        f"{shown(path)}: {lines} lines"
        for path, text in texts()
        if path.suffix == ".py" and (lines := len(text.splitlines())) > LONGEST_MODULE
    ] == []


def functions() -> Iterator[tuple[str, Function]]:
    for path, node in syntax_nodes():
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield place(path, node), node


def place(path: Path, function: Function) -> str:
    return f"{shown(path)}:{function.lineno} {function.name}"
