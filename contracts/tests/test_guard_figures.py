"""The guard is as good as we say: measured on sentences of our own, which belong to nobody."""

from __future__ import annotations

import re

import phonenumbers
import pytest

from est_contracts.guard import Finding, Passage
from est_contracts.guard.figures import HELD_BACK, SENTENCES, Sentence, measure, sentences

EVERY_FILE = (SENTENCES, HELD_BACK)

#: What the Swedish regulator keeps free for books and films, and numbers abroad that nobody can have.
FOR_FICTION = re.compile(
    r"(?:\+46|0046|46|0)?(?:70174(?:06(?:0[5-9]|[1-9]\d))|31390(?:06[0-4]\d)|40628(?:04[0-4]\d)"
    r"|8465004\d\d|980319(?:2[0-4]\d))|(?:\+|00)447700900\d{3}|\+120255501\d\d|\+4500\d{6}|1740\d{3}"
)
#: Never given out in Sweden, for what they say.
NEVER_GIVEN_OUT = "DUM PAJ ORM APA TOK FAN SUP OND RAS ASS GUD UFO LSD LAM WAR PUB HOT SUG TRE ARG LUS TYP"


def passages_of(finding: Finding) -> list[str]:
    return [
        sentence.text[mark.begin : mark.end]
        for name in EVERY_FILE
        for sentence in sentences(name)
        for mark in sentence.marked
        if mark.finding is finding
    ]


def test_numbers_and_addresses_are_found_99_times_of_100() -> None:
    assert measure().recall(refused=True) >= 0.99


def test_at_most_two_clean_sentences_of_100_are_refused() -> None:
    assert measure().false_alarms <= 0.02


def test_of_sentences_held_back_most_are_read_right_too() -> None:
    figures = measure(HELD_BACK)

    assert figures.recall(refused=True) >= 0.85
    assert figures.false_alarms <= 0.02


def test_plates_and_names_are_mostly_found_and_clean_sentences_seldom_questioned() -> None:
    figures = measure()

    assert figures.recall(refused=False) >= 0.9
    assert figures.questioned_clean / figures.clean <= 0.02


def test_there_are_over_400_sentences_and_half_of_them_are_clean() -> None:
    read = list(sentences())
    clean = [sentence for sentence in read if not sentence.marked]

    assert len({sentence.text for sentence in read}) == len(read) >= 400
    assert 0.45 < len(clean) / len(read) < 0.55


def test_every_kind_of_finding_has_sentences_of_its_own() -> None:
    assert min(kind.sentences for kind in measure().kinds) >= 20


def test_a_sentence_of_which_nothing_is_found_counts_as_missed() -> None:
    assert Sentence("Inget här.", tuple(sentences_marked("Inget <här>."))).missed()


def sentences_marked(written: str) -> list[Passage]:
    begin = written.index("<")
    return [Passage(Finding.PERSON_NAME, begin, written.index(">") - 1)]


def test_no_identity_number_of_ours_can_be_anybodys() -> None:
    digits = [re.sub(r"\D", "", number)[-10:] for number in passages_of(Finding.IDENTITY_NUMBER)]

    assert [number for number in digits if len(number) == 10 and has_right_check_digit(number)] == []


def has_right_check_digit(number: str) -> bool:
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(number)]
    return sum(product // 10 + product % 10 for product in doubled) % 10 == 0


@pytest.mark.parametrize("number", passages_of(Finding.PHONE_NUMBER))
def test_no_telephone_number_of_ours_can_be_rung(number: str) -> None:
    digits = re.sub(r"[^\d+]", "", number.replace("(0)", ""))

    assert FOR_FICTION.fullmatch(digits) or not is_in_use(digits)


def is_in_use(digits: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(digits, "SE"))
    except phonenumbers.NumberParseException:
        return False


def test_every_e_mail_address_of_ours_goes_nowhere() -> None:
    assert [
        address
        for address in passages_of(Finding.EMAIL_ADDRESS)
        if not re.search(r"example", address, re.IGNORECASE)
    ] == []


def test_no_swedish_plate_of_ours_is_on_a_car() -> None:
    plates = [re.sub(r"[ .-]", "", plate).upper() for plate in passages_of(Finding.REGISTRATION_PLATE)]
    swedish = [plate for plate in plates if re.fullmatch(r"[A-Z]{3}\d\d[A-Z\d]", plate)]

    assert [plate for plate in swedish if plate[:3] not in NEVER_GIVEN_OUT] == []
