"""Reads a collaboration from a municipality's YAML document, and says on which line it is wrong."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml
from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from est_chassis.web.field_words import words_about
from est_contracts.vocabulary import Area, CollaborationDocument, roles_of_no_seat

if TYPE_CHECKING:
    from est_intake.application.area_file import AreaFile

IN_A_FILE = {
    "model_type": "Write fields with their values.",
    "dict_type": "Write fields with their values.",
    "list_type": "Write a list.",
    "tuple_type": "Write a list.",
}


@dataclass(frozen=True)
class Fault:
    """What is wrong, and where."""

    line: int
    what: str


class DocumentIsWrong(ValueError):
    """The document cannot be used; every fault names its line."""

    def __init__(self, path: Path, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(f"{path.name}, line {fault.line}: {fault.what}" for fault in faults))


class Written(NamedTuple):
    """A municipality's document as it was read, and what is worth a look in it without being wrong."""

    collaboration: CollaborationDocument
    remarks: tuple[str, ...]


def read_collaboration(path: Path) -> CollaborationDocument:
    """The document in a YAML file."""
    return read_document(path).collaboration


def read_document(path: Path) -> Written:
    """The document in a YAML file; its areas, or the rest of them, may stand in a GeoJSON file (areas_in)."""
    root = _composed(path)
    if not isinstance(root, yaml.MappingNode):
        raise DocumentIsWrong(path, [Fault(1, "the document is not a list of names and values")])
    wrong_in_yaml = [*_keys_told_twice(root), *_dates_that_do_not_exist(root)]
    if wrong_in_yaml:
        raise DocumentIsWrong(path, wrong_in_yaml)
    told = yaml.safe_load(path.read_text("utf-8"))
    remarks: tuple[str, ...] = ()
    if "areas_in" in told:
        found = _areas(path, root, told)
        told["areas"] = (*told.get("areas", ()), *found.areas)
        remarks = tuple(f"{each.area}: {each.words.en}" for each in found.troubles)
    try:
        collaboration = CollaborationDocument.model_validate(told)
    except ValidationError as wrong:
        raise DocumentIsWrong(path, list(_faults(root, wrong))) from None
    no_seats = [f"{each.field}: {each.words.en}" for each in roles_of_no_seat(collaboration.functions)]
    if no_seats:
        raise DocumentIsWrong(path, [Fault(_line_of(root, _path(what)), what) for what in no_seats])
    return Written(collaboration, remarks)


def _composed(path: Path) -> yaml.Node | None:
    try:
        return yaml.compose(path.read_text("utf-8"), Loader=yaml.SafeLoader)
    except (UnicodeDecodeError, yaml.reader.ReaderError):
        raise DocumentIsWrong(path, [Fault(1, "this is not text in UTF-8")]) from None
    except yaml.MarkedYAMLError as wrong:
        line = wrong.problem_mark.line + 1 if wrong.problem_mark else 1
        raise DocumentIsWrong(path, [Fault(line, wrong.problem or "this is not YAML")]) from None


def _areas(path: Path, root: yaml.MappingNode, told: dict[str, Any]) -> "AreaFile":
    """The areas of a GeoJSON file; what is wrong with them is told at the line that names the file."""
    # Reading maps takes half of intake with it, and few commands read one.
    from est_intake.application.area_file import FileIsNotAreas, read_areas

    line, file_name = _line_of(root, ["areas_in"]), str(told.pop("areas_in"))
    try:
        content = (path.parent / file_name).read_bytes()
        known = _told_areas(told.get("areas"))
        found = read_areas(content, municipality=str(told.get("municipality")), known=known)
    except OSError:
        raise DocumentIsWrong(path, [Fault(line, f"{file_name} cannot be read")]) from None
    except FileIsNotAreas as wrong:
        raise DocumentIsWrong(path, [Fault(line, f"{file_name}: {wrong.words.en}")]) from None
    if found.faults:
        faults = [Fault(line, f"{file_name}, {each.area}: {each.words.en}") for each in found.faults]
        raise DocumentIsWrong(path, faults)
    return found


def _told_areas(told: object) -> tuple[Area, ...]:
    """The areas of the document itself, as districts; what is wrong with them is told with all the rest."""
    try:
        return TypeAdapter(tuple[Area, ...]).validate_python(told or ())
    except ValidationError:
        return ()


def _keys_told_twice(node: yaml.Node) -> Iterator[Fault]:
    """YAML lets the last one win in silence; here it is a fault."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                yield Fault(key.start_mark.line + 1, f"{key.value} is said twice")
            seen.add(key.value)
            yield from _keys_told_twice(value)
    elif isinstance(node, yaml.SequenceNode):
        for member in node.value:
            yield from _keys_told_twice(member)


def _dates_that_do_not_exist(node: yaml.Node) -> Iterator[Fault]:
    """As 2027-02-30, which YAML takes for a date."""
    if isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:timestamp":
        try:
            date.fromisoformat(node.value[:10])
        except ValueError:
            yield Fault(node.start_mark.line + 1, f"{node.value} is no day of the calendar")
    children = [pair[1] for pair in node.value] if isinstance(node, yaml.MappingNode) else ()
    for child in node.value if isinstance(node, yaml.SequenceNode) else children:
        yield from _dates_that_do_not_exist(child)


def _faults(root: yaml.Node, wrong: ValidationError) -> Iterator[Fault]:
    for error in wrong.errors(include_url=False, include_input=False):
        place = list(error["loc"])
        if place:
            yield Fault(_line_of(root, place), f"{'.'.join(map(str, place))}: {_words_about(error)}")
        else:
            # The references are checked together: each is told as "path: what", one after the other.
            for told in error["msg"].removeprefix("Value error, ").split("; "):
                yield Fault(_line_of(root, _path(told)), told)


def _words_about(error: ErrorDetails) -> str:
    """What to do. Our own validators bring their words; a file has no brackets as a program's JSON has."""
    if error["type"] == "value_error":
        return error["msg"].removeprefix("Value error, ")
    return IN_A_FILE.get(error["type"]) or words_about(error).en


def _path(told: str) -> list[str | int]:
    return [int(part) if part.isdigit() else part for part in told.split(":", maxsplit=1)[0].split(".")]


def _line_of(root: yaml.Node, place: Sequence[str | int]) -> int:
    """The line of the innermost part of the document that exists on the way to the place."""
    node, line = root, root.start_mark.line
    for part in place:
        found = _child(node, part)
        if found is None:
            break
        node, line = found
    return line + 1


def _child(node: yaml.Node, part: str | int) -> tuple[yaml.Node, int] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == part:
                return value, key.start_mark.line
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part], node.value[part].start_mark.line
    return None
