"""The three checklists, carried over entry by entry, and the one of ours."""

import pytest
from pydantic import ValidationError

from est_contracts.vocabulary import (
    CHECKLISTS,
    Checklist,
    ChecklistEntry,
    Party,
    Polarity,
    Scope,
    Tense,
    Theme,
    UnknownChecklist,
    UnknownChecklistEntry,
    checklist,
    entry,
)

EVERY_ENTRY = [listed for each in CHECKLISTS.values() for listed in each.entries]


LENGTHS = [("orebro", 8), ("boras", 16), ("malmo", 32), ("gemensam", 4)]


@pytest.mark.parametrize(("checklist_id", "entries"), LENGTHS)
def test_a_checklist_has_all_its_entries_in_order(checklist_id: str, entries: int) -> None:
    listed = checklist(checklist_id).entries

    assert [each.entry_id for each in listed] == [
        f"{checklist_id}.{number}" for number in range(1, entries + 1)
    ]


def test_the_wording_is_that_of_the_source() -> None:
    assert entry("orebro.7").words.sv == "Otrygg plats"
    assert entry("boras.8").words.sv == "Trapphäng som påverkar de boende negativt"
    assert entry("malmo.10").words.sv == "Personrån"


def test_every_checklist_says_where_it_is_printed() -> None:
    printed = {name: each for name, each in CHECKLISTS.items() if name != "gemensam"}

    assert {name: each.source_lines for name, each in printed.items()} == {
        "orebro": (1592, 1648),
        "boras": (1659, 1704),
        "malmo": (1705, 1915),
    }
    assert all("exempelsamling" in each.source for each in printed.values())


def test_what_lies_beside_incidents_can_be_told_with_the_list_of_ours() -> None:
    told = {(each.tense, each.scope, each.polarity) for each in checklist("gemensam").entries}

    assert told == {
        (Tense.EXPECTED, Scope.AREA, Polarity.NEGATIVE),
        (Tense.OCCURRED, Scope.ELSEWHERE, Polarity.NEGATIVE),
        (Tense.OCCURRED, Scope.AREA, Polarity.POSITIVE),
    }


@pytest.mark.parametrize("listed", EVERY_ENTRY, ids=lambda listed: listed.entry_id)
def test_every_entry_is_said_in_two_languages(listed: ChecklistEntry) -> None:
    assert listed.words.sv == listed.words.sv.strip()
    assert listed.words.en == listed.words.en.strip()
    assert not set("åäöÅÄÖ") & set(listed.words.en.replace("Malmö", ""))


@pytest.mark.parametrize("listed", EVERY_ENTRY, ids=lambda listed: listed.entry_id)
def test_only_what_is_good_news_maps_to_the_positive_theme(listed: ChecklistEntry) -> None:
    assert (listed.polarity is Polarity.POSITIVE) == (listed.theme is Theme.POSITIVE)


@pytest.mark.parametrize("listed", EVERY_ENTRY, ids=lambda listed: listed.entry_id)
def test_what_is_elsewhere_or_expected_maps_to_the_surroundings(listed: ChecklistEntry) -> None:
    if listed.scope is Scope.ELSEWHERE or listed.tense is Tense.EXPECTED:
        assert listed.theme is Theme.SURROUNDINGS


def test_the_same_words_map_to_the_same_theme_in_every_checklist() -> None:
    themes: dict[str, set[Theme]] = {}
    for listed in EVERY_ENTRY:
        themes.setdefault(listed.words.sv, set()).add(listed.theme)

    assert {words for words, found in themes.items() if len(found) > 1} == set()


def test_every_theme_is_reported_by_some_entry() -> None:
    assert {listed.theme for listed in EVERY_ENTRY} == set(Theme)


def test_malmo_has_four_groups_and_each_is_one_partys() -> None:
    malmo = checklist("malmo")

    sizes = {group.group_id: 0 for group in malmo.groups}
    for listed in malmo.entries:
        assert listed.group is not None
        sizes[listed.group] += 1
    assert list(sizes.values()) == [18, 4, 8, 2]
    assert [group.party for group in malmo.groups] == [
        Party.POLICE,
        Party.HOUSING,
        Party.MUNICIPALITY,
        Party.MUNICIPALITY,
    ]


def test_the_entries_of_a_group_are_its_partys() -> None:
    malmo = checklist("malmo")

    parties = {group.group_id: group.party for group in malmo.groups}
    assert all(listed.party is parties[listed.group or ""] for listed in malmo.entries)


def test_malmo_weighs_on_a_scale_of_five_steps() -> None:
    malmo = checklist("malmo")

    assert [step.step for step in malmo.scale_steps] == [1, 2, 3, 4, 5]
    assert malmo.scale_steps[4].problem.sv == "Mycket stort problem"
    assert malmo.scale_steps[0].influence.sv == "Ingen påverkan"
    assert {listed.scale for listed in malmo.entries} == {"one_to_five"}


def test_an_unknown_checklist_is_said_to_be_unknown() -> None:
    with pytest.raises(UnknownChecklist, match="vaxjo"):
        checklist("vaxjo")


def test_an_unknown_entry_is_said_to_be_unknown() -> None:
    with pytest.raises(UnknownChecklistEntry, match=r"orebro\.9"):
        entry("orebro.9")


def test_an_entry_of_another_checklist_is_refused() -> None:
    orebro = checklist("orebro")

    with pytest.raises(ValidationError, match="does not belong"):
        Checklist.model_validate(orebro.model_dump() | {"entries": (entry("boras.1"),)})


def test_an_entry_in_an_unknown_group_is_refused() -> None:
    malmo = checklist("malmo")

    with pytest.raises(ValidationError, match="unknown group"):
        Checklist.model_validate(malmo.model_dump() | {"groups": ()})
