"""Who has signed a picture: party, function and when; of a draft, which parties are to."""

from collections.abc import Iterator, Sequence

from est_compiler.domain.viewing.brief import Brief, SignedBy
from est_compiler.domain.viewing.view import (
    Block,
    Column,
    Heading,
    Paragraph,
    ParagraphKind,
    Row,
    Table,
    Unit,
    named,
)
from est_compiler.domain.wording.phrases import all_listed, moment_said
from est_contracts.vocabulary import PARTY_WORDS, THE_PARTY_WORDS, Party, Words

SIGNATURES = Words(sv="Underskrifter", en="Signatures")
FUNCTION = Words(sv="Funktion", en="Function")
WHEN = Words(sv="När", en="When")
IN_MEETING = Words(sv="vid mötet", en="at the meeting")


def signature_blocks(brief: Brief) -> Iterator[Block]:
    """For those who take part: each party's function, and when it signed."""
    if brief.signed:
        yield Heading("signatures", 2, SIGNATURES)
        yield Table(
            name="signatures_table",
            caption=Words(sv="Vilka som har skrivit under", en="Who has signed"),
            corner=Words(sv="Part", en="Party"),
            columns=(Column("function", FUNCTION, Unit.WORDS), Column("signed_at", WHEN, Unit.WORDS)),
            rows=tuple(_row(each) for each in brief.signed),
        )
    elif brief.unsigned:
        yield Heading("signatures", 2, SIGNATURES)
        yield Paragraph(_waiting_for(brief.unsigned), ParagraphKind.NOTE)


def signature_line(brief: Brief) -> Iterator[Block]:
    """For everyone else: which parties stand behind it."""
    if brief.signed:
        yield Paragraph(_signed_by([each.party for each in brief.signed]), ParagraphKind.NOTE)
    elif brief.unsigned:
        yield Paragraph(_waiting_for(brief.unsigned), ParagraphKind.NOTE)


def _row(signed: SignedBy) -> Row:
    at = moment_said(signed.signed_at)
    if signed.in_meeting:
        at = Words(sv=f"{at.sv}, {IN_MEETING.sv}", en=f"{at.en}, {IN_MEETING.en}")
    return Row(str(signed.party), PARTY_WORDS[signed.party], (named(signed.title), at))


def _signed_by(parties: Sequence[Party]) -> Words:
    names = _names(parties)
    if set(parties) == set(Party):
        return Words(
            sv=f"Underskriven av de tre parterna: {names.sv}.",
            en=f"Signed by the three parties: {names.en}.",
        )
    return Words(sv=f"Underskriven av {names.sv}.", en=f"Signed by {names.en}.")


def _waiting_for(parties: Sequence[Party]) -> Words:
    """What has been signed at the desk is signed with its words; what is drawn here nobody has signed."""
    names = _names(parties)
    return Words(
        sv=f"Inte underskriven. Innan den publiceras ska den skrivas under av {names.sv}.",
        en=f"Not signed. Before it is published it is to be signed by {names.en}.",
    )


def _names(parties: Sequence[Party]) -> Words:
    return all_listed([THE_PARTY_WORDS[each] for each in parties])
