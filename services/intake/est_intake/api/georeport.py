"""How Open311 GeoReport v2 writes its answers: the same in JSON and in XML, errors too."""

import json
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from xml.etree import ElementTree

from starlette.responses import Response

from est_chassis.failures import NotFound, Rejected, Unavailable
from est_chassis.web.answers import problem_about
from est_chassis.web.problems import Problem
from est_contracts.vocabulary import FieldError, Words

#: What the others call 422, the protocol calls a bad request.
BAD_REQUEST = 400
XML_BEGINS = '<?xml version="1.0" encoding="utf-8"?>\n'


class Format(StrEnum):
    """The end of an address says in which form the answer comes."""

    JSON = "json"
    XML = "xml"


MEDIA_TYPES = {Format.JSON: "application/json; charset=utf-8", Format.XML: "text/xml; charset=utf-8"}


@dataclass(frozen=True)
class Told:
    """An answer before it is written: in XML the list and each of its members have names."""

    content: Sequence[Mapping[str, Any]] | Mapping[str, Any]
    whole: str
    each: str = ""
    status_code: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


async def answered(form: Format, told: Awaitable[Told]) -> Response:
    """The answer, or the errors as the protocol writes them."""
    try:
        return written(form, await told)
    except (Problem, Rejected, NotFound, Unavailable) as raised:
        return written(form, _errors(problem_about(raised)))


def written(form: Format, told: Told) -> Response:
    body = json.dumps(told.content, ensure_ascii=False) if form is Format.JSON else _xml(told)
    return Response(body.encode(), told.status_code, dict(told.headers), media_type=MEDIA_TYPES[form])


def bad_request(name: str, *, sv: str, en: str) -> Problem:
    return Problem(BAD_REQUEST, "invalid", errors=(FieldError(name, Words(sv=sv, en=en)),))


def _errors(problem: Problem) -> Told:
    status = BAD_REQUEST if problem.status == 422 else problem.status
    described = [f"{error.field}: {_both(error.words)}" for error in problem.errors]
    errors = [
        {"code": status, "description": each} for each in described or [_both(problem.words or problem.title)]
    ]
    return Told(errors, "errors", "error", status_code=status, headers=problem.headers)


def _both(words: Words) -> str:
    """The protocol has one description; whoever reads it may speak either language."""
    return f"{words.sv} / {words.en}"


def _xml(told: Told) -> str:
    root = ElementTree.Element(told.whole)
    if isinstance(told.content, Mapping):
        _fill(root, told.content)
    else:
        for one in told.content:
            _fill(ElementTree.SubElement(root, told.each), one)
    return XML_BEGINS + ElementTree.tostring(root, encoding="unicode")


def _fill(element: ElementTree.Element, content: Mapping[str, Any]) -> None:
    for name, value in content.items():
        child = ElementTree.SubElement(element, name)
        if isinstance(value, list):
            # As the protocol names them: endpoints hold endpoint, formats hold format, values hold value.
            for one in value:
                inner = ElementTree.SubElement(child, name.removesuffix("s"))
                if isinstance(one, Mapping):
                    _fill(inner, one)
                else:
                    inner.text = str(one)
        elif value is not None:
            child.text = str(value).lower() if isinstance(value, bool) else str(value)
