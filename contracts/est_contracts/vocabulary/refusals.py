"""How a rule says no: a fact that stands in the way, told in Swedish and English."""

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from est_contracts.vocabulary.wording import Words


class FieldError(NamedTuple):
    """What is wrong with one field, and what to do about it; never what was written in it."""

    field: str
    words: Words


class Rejected(Exception):
    """A rule says no. Each refusal is a class of its own, named after the fact that stands in the way."""

    code: ClassVar[str] = "rejected"
    http_status: ClassVar[int] = 409
    words: Words = Words(sv="Det går inte.", en="That is not possible.")
    errors: Sequence[FieldError] = ()

    def __init__(self, words: Words | None = None, *, errors: Sequence[FieldError] = ()) -> None:
        super().__init__(self.code)
        if words is not None:
            self.words = words
        if errors:
            self.errors = tuple(errors)
