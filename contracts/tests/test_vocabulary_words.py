"""Every word that programs use can be read by people."""

from collections.abc import Mapping

import pytest
from pydantic import TypeAdapter, ValidationError

from est_contracts import vocabulary
from est_contracts.vocabulary import Severity, Words

EVERY_WORDING: dict[str, Mapping[object, Words]] = {
    name: getattr(vocabulary, name) for name in vocabulary.__all__ if name.endswith("_WORDS")
}


@pytest.mark.parametrize("name", sorted(set(EVERY_WORDING) - {"SEVERITY_WORDS"}))
def test_every_value_of_an_enumeration_has_words(name: str) -> None:
    wording = EVERY_WORDING[name]

    enumeration = type(next(iter(wording)))
    assert set(wording) == set(enumeration)  # type: ignore[call-overload]


def test_every_step_of_severity_has_words() -> None:
    assert list(vocabulary.SEVERITY_WORDS) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("given", [0, 6, True, "3", 2.0, None])
def test_severity_is_a_whole_number_from_one_to_five(given: object) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Severity).validate_python(given)


def test_words_are_never_empty() -> None:
    with pytest.raises(ValidationError):
        Words(sv="", en="Fire")
