"""Reads what was sent, strictly: limited in size and depth, nothing twice or unknown, no broken text."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final, NoReturn, TypeVar
from urllib.parse import parse_qsl

from pydantic import BaseModel, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from est_chassis.web.field_words import WHOLE_BODY, field_errors, field_name
from est_chassis.web.problems import Problem, unreadable
from est_contracts.vocabulary import FieldError, Words

SINGLE_LIMIT: Final = 64 * 1024
BATCH_LIMIT: Final = 2 * 1024 * 1024
# More than this no service takes, and no door in front lets through: both ask here.
LARGEST_BODY: Final = 8 * 1024 * 1024
PASSED_OVER: Final = 4 * 1024 * 1024
DEPTH_LIMIT: Final = 20
FORM_FIELD_LIMIT: Final = 200

M = TypeVar("M", bound=BaseModel)


async def parse_body(request: Request, model: type[M], *, limit: int = SINGLE_LIMIT) -> M:
    """The JSON body as a model, or a Problem that names each field."""
    must_come_as(request, "application/json")
    body = await read_bytes(request, limit=limit)
    if len(body) > SINGLE_LIMIT:
        # Long work leaves the event loop to others.
        return await run_in_threadpool(parse_json, body, model)
    return parse_json(body, model)


def parse_json(body: bytes, model: type[M]) -> M:
    """Bytes to model. The common small body costs two parses in C and nothing else."""
    _inspect(body)
    try:
        return model.model_validate_json(body, strict=True)
    except ValidationError as refused:
        errors = field_errors(refused.errors(include_url=False, include_input=False))
        # A `from` would carry what was sent along in the traceback.
        raise Problem(422, "invalid", errors=errors) from None


async def read_bytes(request: Request, *, limit: int) -> bytes:
    """The whole body, if it is no longer than allowed.

    Whoever sends too much is heard out, within limits: cut off in the middle they would never see the answer.
    """
    if limit > LARGEST_BODY:
        raise ValueError("no front door lets so much through")
    body, size, has_more = bytearray(), 0, True
    while has_more and size <= limit + PASSED_OVER:
        message = await request.receive()
        if message["type"] == "http.disconnect":
            raise unreadable(WHOLE_BODY, sv="Sändningen avbröts.", en="The transfer was cut short.")
        chunk, has_more = message.get("body", b""), message.get("more_body", False)
        size += len(chunk)
        if size <= limit:
            body += chunk
    if size > limit:
        raise _too_large(limit)
    return bytes(body)


class FormValues:
    """What a page's form sent: names, and one or more texts for each."""

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        self._texts: dict[str, list[str]] = {}
        for name, text in pairs:
            self._texts.setdefault(name, []).append(text)

    def text(self, name: str) -> str:
        """The text without surrounding blanks; empty when the field was left out."""
        return self._texts.get(name, [""])[-1].strip()

    @property
    def as_sent(self) -> dict[str, str]:
        """The text of every name, to be shown again when it could not be saved."""
        return {name: self.text(name) for name in self._texts}

    def texts(self, name: str) -> list[str]:
        """Every text under that name, as from a group of check boxes."""
        return [text.strip() for text in self._texts.get(name, [])]


async def read_form(
    request: Request, *, limit: int = SINGLE_LIMIT, fields: int = FORM_FIELD_LIMIT
) -> FormValues:
    """A form as browsers send it by default (application/x-www-form-urlencoded)."""
    must_come_as(request, "application/x-www-form-urlencoded")
    body = await read_bytes(request, limit=limit)
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=fields)
    except ValueError:
        raise unreadable(
            WHOLE_BODY, sv="Formuläret går inte att läsa.", en="The form cannot be read."
        ) from None
    for name, text in pairs:
        if "\0" in name or "\0" in text:
            raise _broken_text(field_name([name]))
    return FormValues(pairs)


def accepts(model: type[BaseModel]) -> dict[str, Any]:
    """The model's schema for OpenAPI: `@router.post(..., openapi_extra=accepts(SubmitReport))`."""
    schema = model.model_json_schema()
    definitions = schema.pop("$defs", {})
    written_out = _written_out(schema, definitions)
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": written_out}}}}


def _written_out(schema: Any, definitions: dict[str, Any]) -> Any:
    """References replaced by what they refer to: OpenAPI looks for them elsewhere than JSON Schema does."""
    if isinstance(schema, list):
        return [_written_out(part, definitions) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        referred = definitions[schema["$ref"].removeprefix("#/$defs/")]
        schema = {**referred, **{key: part for key, part in schema.items() if key != "$ref"}}
    return {key: _written_out(part, definitions) for key, part in schema.items()}


def must_come_as(request: Request, media_type: str) -> None:
    """Refuses another format, and what is compressed: nobody could tell how large it becomes."""
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if given != media_type or "content-encoding" in request.headers:
        raise Problem(
            415,
            "unsupported_format",
            Words(
                sv=f"Skicka okomprimerat, med Content-Type: {media_type}",
                en=f"Send it uncompressed, with Content-Type: {media_type}",
            ),
        )


def _too_large(limit: int) -> Problem:
    kibibytes = limit // 1024
    words = Words(
        sv=f"Skicka högst {kibibytes} KiB åt gången.", en=f"Send at most {kibibytes} KiB at a time."
    )
    errors = (FieldError(WHOLE_BODY, words),)
    return Problem(413, "too_large", words, errors=errors, headers={"Connection": "close"})


class _Twice(ValueError):
    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


def _each_name_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    unique = dict(pairs)
    if len(unique) != len(pairs):
        times = Counter(name for name, _ in pairs)
        raise _Twice(times.most_common(1)[0][0])
    return unique


def _not_json(_constant: str) -> NoReturn:
    raise ValueError


_DECODER: Final = json.JSONDecoder(object_pairs_hook=_each_name_once, parse_constant=_not_json)


def _inspect(body: bytes) -> None:
    """What the model cannot see: keys given twice, depth, text that cannot be stored."""
    # As few brackets as levels are allowed cannot be too deep, wherever they stand.
    if body.count(b"{") + body.count(b"[") > DEPTH_LIMIT:
        _refuse_depth(body)
    try:
        document = _DECODER.decode(body.decode())
    except UnicodeDecodeError:
        raise unreadable(WHOLE_BODY, sv="Texten är inte UTF-8.", en="The text is not UTF-8.") from None
    except _Twice as twice:
        raise unreadable(
            field_name([twice.name]), sv="Fältet finns två gånger.", en="The field stands there twice."
        ) from None
    except json.JSONDecodeError as broken:
        raise unreadable(
            WHOLE_BODY,
            sv=f"Ogiltig JSON på rad {broken.lineno}, tecken {broken.colno}.",
            en=f"Invalid JSON in line {broken.lineno}, column {broken.colno}.",
        ) from None
    except ValueError:
        raise unreadable(WHOLE_BODY, sv="Ett tal går inte att läsa.", en="A number cannot be read.") from None
    # Broken characters can only come from escapes: raw ones are neither JSON nor UTF-8.
    if b"\\u" in body:
        for path in _broken_texts(document, ()):
            raise _broken_text(field_name(path))


_STRING: Final = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_BRACKET: Final = re.compile(rb"[][{}]")


def _refuse_depth(body: bytes) -> None:
    depth = 0
    for bracket in _BRACKET.findall(_STRING.sub(b"", body)):
        depth += 1 if bracket in b"[{" else -1
        if depth > DEPTH_LIMIT:
            raise unreadable(
                WHOLE_BODY,
                sv=f"Högst {DEPTH_LIMIT} nivåer i varandra.",
                en=f"At most {DEPTH_LIMIT} levels inside each other.",
            )


def _broken_texts(part: Any, path: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    if isinstance(part, str):
        if _is_broken(part):
            yield path
    elif isinstance(part, dict):
        for name, inner in part.items():
            if _is_broken(name):
                yield (*path, name)
            yield from _broken_texts(inner, (*path, name))
    elif isinstance(part, list):
        for index, inner in enumerate(part):
            yield from _broken_texts(inner, (*path, index))


def _is_broken(text: str) -> bool:
    return "\0" in text or any("\ud800" <= character <= "\udfff" for character in text)


def _broken_text(field: str) -> Problem:
    return unreadable(
        field,
        sv="Texten innehåller tecken som inte går att spara.",
        en="The text holds characters that cannot be stored.",
    )
