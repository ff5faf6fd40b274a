"""The words by which names are recognised, as they stand in names.txt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files

Words = frozenset[str]


@dataclass(frozen=True)
class NameLists:
    """All in small letters, but for the names of firms."""

    given: Words
    words_too: Words
    surnames: Words
    nobodys: tuple[str, ...]
    people: Words
    asked: Words
    titles: Words
    called: Words
    between: Words
    places: Words
    firms: Words
    place_endings: tuple[str, ...]
    things: Words


def read_name_lists() -> NameLists:
    written = files(__package__).joinpath("names.txt").read_text(encoding="utf-8")
    sections = dict(_sections(written.splitlines()))
    small = {name: frozenset(" ".join(lines).casefold().split()) for name, lines in sections.items()}
    return NameLists(
        given=small["given"],
        words_too=small["words too"],
        surnames=small["surnames"],
        nobodys=tuple(sections["nobody's"]),
        people=small["people"],
        asked=small["asked"],
        titles=small["titles"],
        called=small["called"],
        between=small["between"],
        places=small["places"],
        firms=frozenset(" ".join(sections["firms"]).split()),
        place_endings=tuple(small["place endings"]),
        things=small["things"],
    )


def _sections(lines: Iterable[str]) -> Iterable[tuple[str, list[str]]]:
    """Each heading in brackets with the lines under it."""
    name, under = "", list[str]()
    for line in lines:
        if line.startswith("["):
            yield name, under
            name, under = line.strip("[]"), []
        elif line and not line.startswith("#"):
            under.append(line)
    yield name, under


NAMES = read_name_lists()
