"""Reads a form that carries files (multipart/form-data), as strictly as other forms."""

from collections.abc import Sequence
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP
from typing import Final

from starlette.requests import Request

from est_chassis.web.bodies import BATCH_LIMIT, FormValues, read_bytes
from est_chassis.web.problems import Problem, unreadable
from est_contracts.vocabulary import Words

MOST_PARTS: Final = 50


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


async def read_upload(request: Request, *, limit: int = BATCH_LIMIT) -> Upload:
    """A form as browsers send it with `enctype="multipart/form-data"`. A field without a file has none."""
    media_type = request.headers.get("content-type", "")
    if media_type.partition(";")[0].strip().lower() != "multipart/form-data":
        raise _other_format()
    body = await read_bytes(request, limit=limit)
    # The parser of letters reads forms too: they are the same format.
    head = f"Content-Type: {media_type}\r\nMIME-Version: 1.0\r\n\r\n".encode("latin-1", "replace")
    told = BytesParser(policy=HTTP).parsebytes(head + body)
    parts = [part for part in told.walk() if part is not told]
    if not told.is_multipart() or len(parts) > MOST_PARTS:
        raise _broken()
    return _sorted(parts)


def _sorted(parts: Sequence[Message]) -> Upload:
    pairs: list[tuple[str, str]] = []
    files: dict[str, UploadedFile] = {}
    for part in parts:
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        if not isinstance(name, str) or not isinstance(content, bytes):
            raise _broken()
        file_name = part.get_filename()
        if file_name is None:
            pairs.append((name, _text(content)))
        elif file_name or content:
            files[name] = UploadedFile(file_name, content)
    return Upload(FormValues(pairs), files)


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


def _other_format() -> Problem:
    words = Words(
        sv="Skicka formuläret med Content-Type: multipart/form-data",
        en="Send the form with Content-Type: multipart/form-data",
    )
    return Problem(415, "unsupported_format", words)
