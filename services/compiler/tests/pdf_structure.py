"""A PDF as one who cannot see it meets it: its tags in order, read by another library than wrote them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from typing import Any

from pypdf import PdfReader


@dataclass(frozen=True)
class Tag:
    """An element of the structure: what it is, what it says instead of a picture, what is in it."""

    name: str
    alternative: str | None
    title: str | None
    scope: str | None
    box: tuple[float, ...] | None
    within: tuple["Tag", ...] = field(default=())

    def all(self, *names: str) -> list["Tag"]:
        """Every one by these names, in the order in which they are read."""
        return [tag for tag in self._walk() if tag.name in names]

    def _walk(self) -> Iterator["Tag"]:
        yield self
        for each in self.within:
            yield from each._walk()


class Printed:
    """A PDF, opened."""

    def __init__(self, document: bytes) -> None:
        self.reader = PdfReader(BytesIO(document))
        self.root: Any = self.reader.trailer["/Root"]

    @property
    def title(self) -> str:
        return str(self.reader.metadata.title) if self.reader.metadata else ""

    @property
    def language(self) -> str:
        return str(self.root["/Lang"])

    @property
    def promises(self) -> str:
        """The packet of metadata that says which standards the document keeps."""
        return bytes(self.root["/Metadata"].get_data()).decode()

    @cached_property
    def pages(self) -> list[str]:
        """The text of each page, with single spaces."""
        return [" ".join(page.extract_text().split()) for page in self.reader.pages]

    @property
    def text(self) -> str:
        return " ".join(self.pages)

    @cached_property
    def structure(self) -> Tag:
        (document,) = _tags(self.root["/StructTreeRoot"]["/K"])
        return document


def _tags(node: Any) -> Iterator[Tag]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for each in node:
            yield from _tags(each)
    elif isinstance(node, dict) and "/S" in node:
        attributes = _attributes(node.get("/A"))
        box = attributes.get("/BBox")
        yield Tag(
            name=str(node["/S"]).removeprefix("/"),
            alternative=node.get("/Alt"),
            title=node.get("/T"),
            scope=attributes.get("/Scope"),
            box=tuple(map(float, box)) if box else None,
            within=tuple(_tags(node["/K"])) if "/K" in node else (),
        )


def _attributes(written: Any) -> dict[str, Any]:
    if written is None:
        return {}
    written = written.get_object()
    parts = [part.get_object() for part in written] if isinstance(written, list) else [written]
    return {name: each for part in parts for name, each in part.items()}
