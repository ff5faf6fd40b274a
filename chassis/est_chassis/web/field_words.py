"""Says what is wrong with a field, in Swedish and English, without repeating what stood in it."""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

from est_chassis.failures import FieldError
from est_contracts.vocabulary import Words

# A name that looks like one of ours may be repeated; anything else that stood where a name should be may not,
# nor a long number hidden in a name.
_PLAIN_NAME: Final = re.compile(r"[a-z](?:[a-z_]|\d(?!\d{3})){0,39}")
_WHERE_IT_STOOD: Final = frozenset({"body", "query", "path", "header", "cookie"})
WHOLE_BODY: Final = "body"
UNNAMED: Final = "?"

_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "missing": ("Fältet saknas.", "The field is missing."),
    "extra_forbidden": (
        "Fältet är okänt. Ta bort det eller rätta stavningen.",
        "The field is unknown. Remove it or correct its spelling.",
    ),
    "string_type": ("Skriv text inom citattecken.", "Write text in quotation marks."),
    "string_too_short": ("Skriv minst {min_length} tecken.", "Write at least {min_length} characters."),
    "string_too_long": ("Skriv högst {max_length} tecken.", "Write at most {max_length} characters."),
    "string_pattern_mismatch": ("Formen stämmer inte: {pattern}", "The form does not fit: {pattern}"),
    "enum": ("Välj ett av: {expected}.", "Choose one of: {expected}."),
    "literal_error": ("Välj ett av: {expected}.", "Choose one of: {expected}."),
    "int_type": ("Skriv ett heltal.", "Write a whole number."),
    "int_parsing": ("Skriv ett heltal.", "Write a whole number."),
    "int_from_float": ("Skriv ett heltal.", "Write a whole number."),
    "int_parsing_size": ("Talet är för stort.", "The number is too large."),
    "float_type": ("Skriv ett tal.", "Write a number."),
    "float_parsing": ("Skriv ett tal.", "Write a number."),
    "finite_number": ("Skriv ett vanligt tal.", "Write an ordinary number."),
    "bool_type": ("Skriv true eller false.", "Write true or false."),
    "bool_parsing": ("Skriv true eller false.", "Write true or false."),
    "greater_than": ("Skriv ett tal större än {gt}.", "Write a number above {gt}."),
    "greater_than_equal": ("Skriv ett tal från {ge} och uppåt.", "Write a number from {ge} upwards."),
    "less_than": ("Skriv ett tal mindre än {lt}.", "Write a number below {lt}."),
    "less_than_equal": ("Skriv ett tal som är högst {le}.", "Write a number of at most {le}."),
    "uuid_type": ("Skriv ett UUID, 36 tecken.", "Write a UUID, 36 characters."),
    "uuid_parsing": ("Skriv ett UUID, 36 tecken.", "Write a UUID, 36 characters."),
    "timezone_aware": (
        "Ange tidszon, som i 2026-11-18T21:40:00+01:00.",
        "Give a time zone, as in 2026-11-18T21:40:00+01:00.",
    ),
    "model_type": ("Skicka ett JSON-objekt: {{...}}.", "Send a JSON object: {{...}}."),
    "dict_type": ("Skicka ett JSON-objekt: {{...}}.", "Send a JSON object: {{...}}."),
    "list_type": ("Skicka en lista: [...].", "Send a list: [...]."),
    "tuple_type": ("Skicka en lista: [...].", "Send a list: [...]."),
    "too_long": ("Skicka högst {max_length}.", "Send at most {max_length}."),
    "too_short": ("Skicka minst {min_length}.", "Send at least {min_length}."),
}
_ANY_MOMENT: Final = (
    "Skriv datum och tid med tidszon, som i 2026-11-18T21:40:00+01:00.",
    "Write date and time with a time zone, as in 2026-11-18T21:40:00+01:00.",
)
_ANY_DATE: Final = ("Skriv ett datum som i 2026-11-18.", "Write a date as in 2026-11-18.")
_OUT_OF_REACH: Final = (
    "Tidpunkten ligger för långt bort. Rätta årtalet.",
    "The moment is too far away. Correct the year.",
)
_ANYTHING: Final = ("Värdet går inte att använda.", "The value cannot be used.")


def field_errors(errors: Iterable[Mapping[str, Any]]) -> tuple[FieldError, ...]:
    """From pydantic's list of errors: every field named once, in the order given."""
    found: dict[str, FieldError] = {}
    for error in errors:
        for told in _told_by_validator(error) or (FieldError(field_name(error["loc"]), words_about(error)),):
            found.setdefault(told.field, told)
    return tuple(found.values())


def _told_by_validator(error: Mapping[str, Any]) -> tuple[FieldError, ...]:
    """A validator of ours that looks at a whole document may bring several field errors at once."""
    raised = (error.get("ctx") or {}).get("error")
    return tuple(told for told in getattr(raised, "errors", ()) if isinstance(told, FieldError))


def field_name(location: Iterable[str | int]) -> str:
    """`("body", "reports", 3, "severity")` is `reports.3.severity`."""
    steps = list(location)
    if steps and steps[0] in _WHERE_IT_STOOD:
        steps = steps[1:]
    return ".".join(_safe(step) for step in steps) or WHOLE_BODY


def _safe(step: str | int) -> str:
    if isinstance(step, int):
        return str(step)
    return step if _PLAIN_NAME.fullmatch(step) else UNNAMED


def words_about(error: Mapping[str, Any]) -> Words:
    """What to do. A validator of ours may bring its own words: raise a ValueError that has `words`."""
    context = dict(error.get("ctx") or {})
    own = getattr(context.get("error"), "words", None)
    if isinstance(own, Words):
        return own
    if error["type"] == "value_error" and str(error["loc"][-1:]).endswith("_at',)"):
        return _words(_ANY_MOMENT)
    if "expected" in context:
        context["expected"] = str(context["expected"]).replace("'", "").replace(" or ", ", ")
    return _words(_template(str(error["type"]), context), context)


def _words(template: tuple[str, str], context: Mapping[str, Any] = MappingProxyType({})) -> Words:
    swedish, english = template
    return Words(sv=swedish.format_map(context), en=english.format_map(context))


def _template(kind: str, context: Mapping[str, Any]) -> tuple[str, str]:
    if kind.startswith(("greater_than", "less_than")) and not _compares_numbers(context):
        return _OUT_OF_REACH
    if kind in _WORDS:
        return _WORDS[kind]
    if kind.startswith(("datetime_", "timezone_")):
        return _ANY_MOMENT
    return _ANY_DATE if kind.startswith("date_") else _ANYTHING


def _compares_numbers(context: Mapping[str, Any]) -> bool:
    return all(isinstance(limit, int | float) for limit in context.values())
