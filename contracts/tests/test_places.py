"""Places are named as people in the municipality would."""

import pytest

from est_contracts.vocabulary import place_sv


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Norrängen", "i Norrängen"),
        ("Valboås centrum", "i Valboås centrum"),
        ("Hamnen", "i Hamnen"),
        ("Torget", "på Torget"),
        ("Ringvägen", "på Ringvägen"),
        ("Valboåsskolan", "på Valboåsskolan"),
        ("Västerhöjden", "på Västerhöjden"),
    ],
)
def test_a_place_is_said_with_its_own_preposition(name: str, said: str) -> None:
    assert place_sv(name) == said
