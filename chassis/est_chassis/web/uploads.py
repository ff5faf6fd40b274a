"""Reads a form that carries files (multipart/form-data), as strictly as other forms."""

from dataclasses import dataclass, field
from typing import Final

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from est_chassis.web.bodies import (
    BATCH_LIMIT,
    FORM_FIELD_LIMIT,
    SINGLE_LIMIT,
    FormValues,
    must_come_as,
    read_bytes,
)
from est_chassis.web.problems import Problem, unreadable

MULTIPART: Final = "multipart/form-data"


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """A file as it came; its name says nothing about what is in it."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Upload:
    """A form's texts, and its files by the names of their fields."""

    values: FormValues
    files: dict[str, UploadedFile]


async def read_upload(
    request: Request, *, limit: int = BATCH_LIMIT, fields: int = FORM_FIELD_LIMIT
) -> Upload:
    """A form as browsers send it with `enctype="multipart/form-data"`. A field without a file has none."""
    must_come_as(request, MULTIPART)
    body = await read_bytes(request, limit=limit)
    _, options = parse_options_header(request.headers["content-type"])
    boundary = options.get(b"boundary", b"")
    if len(body) > SINGLE_LIMIT:
        # Long work leaves the event loop to others.
        return await run_in_threadpool(_upload, body, boundary=boundary, fields=fields)
    return _upload(body, boundary=boundary, fields=fields)


def _upload(body: bytes, *, boundary: bytes, fields: int) -> Upload:
    pairs: list[tuple[str, str]] = []
    files: dict[str, UploadedFile] = {}
    for part in _parts(body, boundary=boundary, most=fields):
        _, told = parse_options_header(part.disposition)
        if b"name" not in told:
            raise _broken()
        name, content = _text(told[b"name"]), b"".join(part.pieces)
        if b"filename" not in told:
            pairs.append((name, _text(content)))
        elif told[b"filename"] or content:
            files[name] = UploadedFile(_text(told[b"filename"]), content)
    return Upload(FormValues(pairs), files)


def _parts(body: bytes, *, boundary: bytes, most: int) -> "list[_Part]":
    found = _Found(most)
    try:
        found.look_through(body, boundary)
    except FormParserError:
        raise _broken() from None
    if not boundary or not found.is_whole:
        raise _broken()
    return found.parts


@dataclass(slots=True)
class _Part:
    """One field of the form: what is said of it, and its content in pieces."""

    header: bytes = b""
    disposition: bytes = b""
    pieces: list[bytes] = field(default_factory=list)


class _Found:
    """What the parser comes upon, in this order."""

    def __init__(self, most: int) -> None:
        self.parts: list[_Part] = []
        self.is_whole = False
        self._most = most

    def look_through(self, body: bytes, boundary: bytes) -> None:
        parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._begin,
                "on_header_field": self._header,
                "on_header_value": self._header_says,
                "on_part_data": self._content,
                "on_end": self._end,
            },
        )
        # All of it at once: so a header comes whole.
        parser.write(body)

    def _begin(self) -> None:
        if len(self.parts) == self._most:
            raise _broken()
        self.parts.append(_Part())

    def _header(self, body: bytes, start: int, end: int) -> None:
        self.parts[-1].header = body[start:end].lower()

    def _header_says(self, body: bytes, start: int, end: int) -> None:
        if self.parts[-1].header == b"content-disposition":
            self.parts[-1].disposition = body[start:end]

    def _content(self, body: bytes, start: int, end: int) -> None:
        self.parts[-1].pieces.append(body[start:end])

    def _end(self) -> None:
        self.is_whole = True


def _text(content: bytes) -> str:
    try:
        text = content.decode()
    except UnicodeDecodeError:
        raise _broken() from None
    if "\0" in text:
        raise _broken()
    return text


def _broken() -> Problem:
    return unreadable("body", sv="Formuläret går inte att läsa.", en="The form cannot be read.")
