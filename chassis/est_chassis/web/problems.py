"""What an answer looks like when something did not happen (RFC 9457), in Swedish and English."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from est_chassis.failures import FieldError
from est_contracts.vocabulary import Words

__all__ = [
    "OUR_FAULT",
    "PROBLEM_MEDIA_TYPE",
    "PROBLEM_SCHEMA",
    "FieldError",
    "Problem",
    "not_found",
    "unreadable",
]

PROBLEM_MEDIA_TYPE: Final = "application/problem+json"
OUR_FAULT: Final = "our_fault"

TITLES: Final[Mapping[int, Words]] = {
    400: Words(sv="Det som skickades går inte att läsa.", en="What was sent cannot be read."),
    401: Words(sv="Inloggning krävs.", en="Sign-in is required."),
    403: Words(sv="Behörighet saknas.", en="Permission is missing."),
    404: Words(sv="Det du söker finns inte.", en="There is nothing here."),
    405: Words(sv="Det går inte att göra så här.", en="This cannot be done here."),
    409: Words(sv="Det går inte ihop med det som redan gäller.", en="It conflicts with what already holds."),
    412: Words(sv="Någon har ändrat sedan du läste.", en="Somebody has changed it since you read it."),
    413: Words(sv="Det som skickades är för stort.", en="What was sent is too large."),
    415: Words(sv="Formatet går inte att läsa.", en="The format cannot be read."),
    422: Words(sv="Något behöver rättas.", en="Something needs to be corrected."),
    428: Words(sv="Ange vilken version du ändrar.", en="Say which version you are changing."),
    429: Words(sv="För många försök på kort tid.", en="Too many attempts in a short time."),
    500: Words(sv="Något gick fel hos oss.", en="Something went wrong on our side."),
    503: Words(sv="Tjänsten är upptagen just nu.", en="The service is busy right now."),
}


class Problem(Exception):
    """An answer that says why something did not happen. Doors raise it; it is logged by nobody."""

    def __init__(
        self,
        status: int,
        code: str,
        words: Words | None = None,
        *,
        errors: Sequence[FieldError] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.words = words
        self.errors = tuple(errors)
        self.headers = dict(headers or {})

    @property
    def title(self) -> Words:
        return TITLES.get(self.status) or TITLES[400 if self.status < 500 else 500]

    def document(self) -> dict[str, Any]:
        """The body of the answer."""
        document: dict[str, Any] = {
            "type": f"urn:est:problem:{self.code}",
            "title": self.title.sv,
            "title_en": self.title.en,
            "status": self.status,
        }
        if self.words:
            document |= {"detail": self.words.sv, "detail_en": self.words.en}
        if self.errors:
            document["errors"] = [
                {"field": error.field, "message_sv": error.words.sv, "message_en": error.words.en}
                for error in self.errors
            ]
        return document


def unreadable(field: str, *, sv: str, en: str) -> Problem:
    """The bytes cannot be read at all, and this is the place where it shows."""
    return Problem(400, "unreadable", errors=(FieldError(field, Words(sv=sv, en=en)),))


def not_found() -> Problem:
    """Says the same whether the thing is missing or belongs to somebody else."""
    return Problem(404, "not_found")


def _text(example: str) -> dict[str, Any]:
    return {"type": "string", "examples": [example]}


PROBLEM_SCHEMA: Final[dict[str, Any]] = {
    "title": "Problem",
    "type": "object",
    "required": ["type", "title", "title_en", "status"],
    "properties": {
        "type": _text("urn:est:problem:unknown_area"),
        "title": _text(TITLES[422].sv),
        "title_en": _text(TITLES[422].en),
        "status": {"type": "integer", "examples": [422]},
        "detail": _text("Området finns inte i samverkan."),
        "detail_en": _text("The area is not part of the collaboration."),
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "message_sv", "message_en"],
                "properties": {
                    "field": _text("area"),
                    "message_sv": _text("Välj ett av kommunens områden."),
                    "message_en": _text("Choose one of the municipality's areas."),
                },
            },
        },
    },
}
