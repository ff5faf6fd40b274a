"""The import rule that import-linter has no contract type for: nothing but a short list."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

_IMPORTED = re.compile(r"^\s*(?:from|import)\s+([\w.]+)")


class Breach(NamedTuple):
    """One line that imports what it must not."""

    importer: str
    line_number: int
    imported: str


class OnlyAllowedImports(Contract):
    """Modules that may import one another, the standard library and what is named, and nothing else.

    import-linter's graph knows of an outside library's top package only.
    The line itself tells which of its modules is meant.
    """

    type_name = "only_allowed"

    source_modules = fields.ListField(subfield=fields.StringField())
    allowed_modules = fields.ListField(subfield=fields.StringField())
    forbidden_standard_modules = fields.ListField(subfield=fields.StringField(), required=False, default=[])

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        breaches = sorted(self._breaches(graph))
        output.verbose_print(verbose, f"{len(breaches)} breaches found.")
        return ContractCheck(kept=not breaches, metadata={"breaches": breaches})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for breach in check.metadata["breaches"]:
            output.print_error(
                f"{breach.importer} may not import {breach.imported} (l.{breach.line_number})", bold=False
            )
        output.new_line()

    def _breaches(self, graph: ImportGraph) -> Iterator[Breach]:
        sources: Any = self.source_modules
        for source in sources:
            for importer in {source, *graph.find_descendants(source)}:
                for imported in graph.find_modules_directly_imported_by(importer):
                    yield from self._breaches_of(graph, source, importer, imported)

    def _breaches_of(self, graph: ImportGraph, source: str, importer: str, imported: str) -> Iterator[Breach]:
        for details in graph.get_import_details(importer=importer, imported=imported):
            named = _named_in(details["line_contents"]) if graph.is_module_squashed(imported) else imported
            if not self._allows(named, source):
                yield Breach(importer, details["line_number"], named)

    def _allows(self, imported: str, source: str) -> bool:
        allowed_modules: Any = self.allowed_modules
        forbidden: Any = self.forbidden_standard_modules
        if imported.partition(".")[0] in sys.stdlib_module_names:
            return imported.partition(".")[0] not in forbidden
        return any(_lies_in(imported, allowed) for allowed in (source, *allowed_modules))


def _named_in(line: str) -> str:
    found = _IMPORTED.match(line)
    return found.group(1) if found else line


def _lies_in(module: str, package: str) -> bool:
    return module == package or module.startswith(package + ".")
