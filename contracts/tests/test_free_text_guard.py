"""The free-text guard: what points out an individual is refused, what does not is let through."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date

import phonenumbers
import pytest
from hypothesis import given, strategies

from est_contracts.guard import FINDING_WORDS, Finding, findings, refuses, warns

TODAY = date(2026, 11, 22)


def found_in(text: str) -> tuple[Finding, ...]:
    return findings(text, today=TODAY)


IDENTITY_NUMBERS = [
    "850709-9805",
    "19850709-9805",
    "8507099805",
    "198507099805",
    "850709 9805",
    "19850709 9805",
    "850709+9805",
    "19250709+9805",
    "850709 - 9805",
    "850709–9805",
    "850709—9805",
    "850709−9805",
    "850709/9805",
    "85-07-09-9805",
    "1985-07-09-9805",
    "1985-07-09 9805",
    "85 07 09 9805",
    "1985.07.09-9805",
    "8 5 0 7 0 9 9 8 0 5",
    "8 5 0 7 0 9 - 9 8 0 5",
    "８５０７０９－９８０５",
    "８５０７０９９８０５",
    "٨٥٠٧٠٩-٩٨٠٥",
    "850709\N{NO-BREAK SPACE}9805",
    "850709\N{ZERO WIDTH SPACE}-9805",
    "850709\N{SOFT HYPHEN}9805",
    "850769-9805",
    "198507699805",
    "pnr850709-9805",
    "Pnr:8507099805.",
    "20120314-2384",
    "120314-2384",
    "850709-9804",
]


@pytest.mark.parametrize("number", IDENTITY_NUMBERS)
def test_a_personal_identity_number_is_found_in_every_notation(number: str) -> None:
    assert Finding.IDENTITY_NUMBER in found_in(f"En kille, {number}, krossade rutan")


@given(
    born=strategies.dates(date(1900, 1, 1), date(2024, 11, 1)),
    is_coordination_number=strategies.booleans(),
    last=strategies.integers(0, 9_999),
    apart=strategies.sampled_from(["", "-", " ", ".", "/"]),
    sign=strategies.sampled_from(["", "-", " ", " - ", "+", "–", "/"]),
    century=strategies.booleans(),
    around=strategies.sampled_from(["{}", "Pnr {}.", "({})", "född {}, svensk", "en kille{}"]),
)
def test_any_number_of_birth_is_found_however_it_is_written(
    *,
    born: date,
    is_coordination_number: bool,
    last: int,
    apart: str,
    sign: str,
    century: bool,
    around: str,
) -> None:
    year = f"{born.year:04d}" if century else f"{born.year % 100:02d}"
    day = born.day + 60 if is_coordination_number else born.day
    number = f"{year}{apart}{born.month:02d}{apart}{day:02d}{sign}{last:04d}"
    # A day of this very year and a clock time is what it looks like; two digits may mean a hundred years ago.
    looks_recent = not century and born.year % 100 in (24, 25, 26, 27)

    assert looks_recent or Finding.IDENTITY_NUMBER in found_in(around.format(number))


def test_the_pattern_is_enough_even_when_the_checksum_is_wrong() -> None:
    wrong_last_digits = [f"850709-980{digit}" for digit in range(10)]

    assert all(Finding.IDENTITY_NUMBER in found_in(number) for number in wrong_last_digits)


CLEAN_TEXTS = [
    "Tre rutor krossade vid skolan under natten.",
    "Ärende 5000-K123456-26 hos polisen.",
    "Dnr KS 2026-123456 gäller samma sak.",
    "Dnr 2012-123456",
    "Hände 2026-11-21 omkring 22.30.",
    "Hände 2026-11-21 2230 enligt vaktbolaget.",
    "20261121 2230 och igen 20261121-2345.",
    "261121 2230",
    "21 november 2026, 2230",
    "Mellan 2021-06-01 - 2022-06-01 och 20210601-20220601.",
    "Storgatan 3:e gången.",
    "Kostar 50 kr @ st",
    "Mellan 08.30-09.15 och 14:00-15:30.",
    "Mellan 0830-0915.",
    "Den 01-02-2026 och den 3/4 2026.",
    "05/07 2026 samt 01.02.2026",
    "Organisationsnummer 556012-5790 står på skylten.",
    "Kostnad 12 500 kr, totalt 1 250 000 kr.",
    "Buss 14 mot centrum, linje 101 och 102.",
    "På Storgatan 3 ungdomar och en moped.",
    "På Storgatan slogs fyra lampor sönder.",
    "Björkvägen 20 minuter senare.",
    "Torget 12 november klockan 19.",
    "Storgatan 22.30 samlades ett gäng.",
    "Centrumtorget 5-6 personer samlades.",
    "Fyra ungdomar i 15-16-årsåldern, vecka 47, rum 1102.",
    "Ring 112 vid pågående brott, annars 114 14.",
    "polisen:371971",
    "app:550e8400-e29b-41d4-a716-446655440000",
    "app:01234567-8901-4567-8901-234567890123",
    "Skada 12345678 anmäld, arbetsorder 20261122001.",
    "Arbetsorder 4711-2026-0042",
    "Plats 58.94043, 13.30392",
    "Temperaturen var -12 grader, 100 % av lamporna släckta.",
    "Priset sattes till 2026-2027 års nivå, 0-5 poäng.",
    "Skolan 7-9, klass 8B, sal 214.",
    "Väg 26 mot Mariestad, E18 och länsväg 201.",
    "v. 46 3 fall, v. 47 5 fall, v. 48 2 fall",
    "1 2 3 4 5 på skalan",
    "På lekplatsen 3 sönderslagna gungor, första gången 2024.",
    "Ungdomar på väg 26 och på hemväg 22.",
    "Vid hållplatsen 14 står klotter.",
    "Ingången 2 är trasig",
    "Singelolycka på landsväg 200, längs väg 903 och på europaväg 45.",
    "Den allvarliga trafikolyckan 11/1 på parkeringen 14 dagar senare.",
    "Vid brottsplatsen 3 hylsor",
    "Den 5 januari 2026 kl 0730",
]


@pytest.mark.parametrize("text", CLEAN_TEXTS)
def test_case_numbers_dates_times_and_amounts_are_let_through(text: str) -> None:
    assert found_in(text) == ()


PHONE_NUMBERS = [
    "070-123 45 67",
    "0701234567",
    "070 123 45 67",
    "070/1234567",
    "070.123.45.67",
    "(070) 123 45 67",
    "08-123 456 78",
    "08 123 456",
    "019-21 10 00",
    "0911-123 45",
    "+46 70 123 45 67",
    "+46701234567",
    "+46 (0)70 123 45 67",
    "0046 70 123 45 67",
    "46701234567",
    "+45 32 12 34 56",
    "+358 40 1234567",
    "０７０－１２３ ４５ ６７",
    "070\N{NON-BREAKING HYPHEN}123\N{NO-BREAK SPACE}45 67",
    "tel:0701234567",
    "tel0701234567",
]


@pytest.mark.parametrize("number", PHONE_NUMBERS)
def test_a_phone_number_is_found_in_every_notation(number: str) -> None:
    assert Finding.PHONE_NUMBER in found_in(f"Vittnet nås på {number} efter 17")


def test_we_find_what_a_library_of_numbering_plans_writes() -> None:
    areas = [
        "8",
        "31",
        "40",
        "19",
        "18",
        "21",
        "54",
        "54",
        "90",
        "223",
        "302",
        "470",
        "500",
        "510",
        "651",
        "911",
        "970",
        "70",
        "72",
        "73",
        "76",
        "79",
        "20",
        "10",
    ]
    numbers = [f"+46{area}{rest}" for area in areas for rest in ("123456", "1234567", "765432")]
    formats = (
        phonenumbers.PhoneNumberFormat.NATIONAL,
        phonenumbers.PhoneNumberFormat.INTERNATIONAL,
        phonenumbers.PhoneNumberFormat.E164,
        phonenumbers.PhoneNumberFormat.RFC3966,
    )
    valid = [number for number in map(phonenumbers.parse, numbers) if phonenumbers.is_valid_number(number)]
    written = [phonenumbers.format_number(number, form) for number in valid for form in formats]

    missed = [number for number in written if Finding.PHONE_NUMBER not in found_in(f"Ring {number}.")]

    assert len(written) > 100
    assert missed == []


@pytest.mark.parametrize(
    "address",
    [
        "anna.andersson@example.se",
        "anna@example.com.",
        "anna (at) example.se",
        "anna[at]example.se",
        "anna @ example.se",
        "anna＠example.se",
        "anna.andersson (snabel-a) example.se",
        "åsa@exempel.se",
    ],
)
def test_an_e_mail_address_is_found(address: str) -> None:
    assert Finding.EMAIL_ADDRESS in found_in(f"Skriv till {address}")


@pytest.mark.parametrize(
    "address",
    [
        "Storgatan 12",
        "Björkvägen 4 B",
        "Björkvägen 4B",
        "storgatan 12",
        "STORGATAN 12",
        "Storgatan nr 12",
        "Norra Strandgatan 114",
        "Kyrkogränden 3",
        "Drottning Kristinas väg 7",
        "Gamla torget 5",
        "Storgatan 12, 2 tr",
        "Storgatan 12-14",
        "Storg. 12",
        "Björkv. 4",
        "lgh 1102",
        "Lgh 1102",
        "lgh1102",
        "lgh. 1102",
        "lägenhet 1102",
        "lägenhetsnr 1201",
        "Storgatan  12",
        "Slottsplatsen 3",
        "Järnvägsringen 4",
        "Lasarettets väg 7",
        "Storgatan １２",
    ],
)
def test_a_house_or_flat_number_is_found(address: str) -> None:
    assert Finding.HOUSE_NUMBER in found_in(f"Bråk utanför {address} i går")


@pytest.mark.parametrize("plate", ["ABC 123", "ABC123", "abc123", "MLB 84A", "MLB84A"])
def test_a_registration_plate_warns_and_does_not_refuse(plate: str) -> None:
    text = f"Svart bil {plate} körde fort"

    assert warns(text, today=TODAY) == (Finding.REGISTRATION_PLATE,)
    assert refuses(text, today=TODAY) == ()


def test_several_kinds_are_all_named() -> None:
    text = "Kalle 850709-9805, 070-123 45 67, kalle@example.se, Storgatan 12"

    assert refuses(text, today=TODAY) == (
        Finding.IDENTITY_NUMBER,
        Finding.PHONE_NUMBER,
        Finding.EMAIL_ADDRESS,
        Finding.HOUSE_NUMBER,
    )


def test_every_finding_has_words_that_repeat_nothing() -> None:
    assert set(FINDING_WORDS) == set(Finding)
    assert all(
        not any(letter.isdigit() for letter in words.sv + words.en) for words in FINDING_WORDS.values()
    )


#: Texts that make a careless pattern try everything against everything.
HOSTILE = (
    "1 " * 2_000,
    "0" * 4_000,
    "a" * 4_000,
    "@" * 4_000,
    "a@" * 2_000,
    "gatan " * 666,
    "0-" * 2_000,
    "gatan 1" * 570,
    "(" * 4_000,
    "A" * 3_999 + "v",
    "_at_" * 1_000,
    "Noll " * 800,
    "Anna " * 800,
    "På Aaaaaaa Bbbbbbb 1" * 200,
)
READ_EVERY_LINE = """
import datetime, json, sys
from est_contracts.guard import findings
for line in sys.stdin:
    findings(json.loads(line), today=datetime.date.fromisoformat(sys.argv[1]))
    print("read")
"""
#: All of them take less than two seconds; one pattern that goes astray would take hours.
PATIENCE_SECONDS = 120


def test_a_text_made_to_be_slow_is_read_all_the_same() -> None:
    read = subprocess.run(
        [sys.executable, "-c", READ_EVERY_LINE, TODAY.isoformat()],
        input="".join(json.dumps(text) + "\n" for text in HOSTILE),
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=True,
    )

    assert read.stdout.split() == ["read"] * len(HOSTILE)
