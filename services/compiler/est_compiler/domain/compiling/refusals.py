"""The facts that stand in the way of compiling and signing."""

from collections.abc import Iterable, Sequence

from est_compiler.domain.compiling.wishes import Contested
from est_contracts.guard import FINDING_WORDS, Finding
from est_contracts.vocabulary import THE_PARTY_WORDS, FieldError, Party, Rejected, Words


class CompilingIsForCoordinators(Rejected):
    """Who is no coordinator of the collaboration does not compile its pictures."""

    code = "compiling_is_for_coordinators"
    http_status = 403
    words = Words(
        sv="Bara samverkans samordnare sammanställer lägesbilden.",
        en="Only the collaboration's coordinators compile the picture.",
    )


class PictureIsAnotherGroups(Rejected):
    """Organisation model B: a local coordinator works on its own group's pictures."""

    code = "picture_is_another_groups"
    http_status = 403
    words = Words(
        sv="Den här lägesbilden sammanställs av andra. Du sammanställer och signerar bilder av dina egna "
        "områden, och läser de andras när de är publicerade.",
        en="This picture is compiled by others. You compile and sign pictures of your own areas, "
        "and read those of others when they are published.",
    )


class SetUpIsMissing(Rejected):
    """Nobody knows which parties and areas there are."""

    code = "set_up_is_missing"
    words = Words(
        sv="Kommunen har ingen samverkan inrättad än. Inrätta den först.",
        en="The municipality has set up no collaboration yet. Set it up first.",
    )


class CompilationIsNotOpened(Rejected):
    """Nobody has begun to compile the picture."""

    code = "compilation_is_not_opened"
    words = Words(
        sv="Sammanställningen är inte påbörjad. Öppna den först.",
        en="The compilation has not been begun. Open it first.",
    )


class SectionHasChanged(Rejected):
    """Somebody else has written there meanwhile. Both texts are at hand; nothing is overwritten."""

    code = "section_has_changed"
    words = Words(
        sv="Någon annan har skrivit här sedan du läste. Båda texterna visas; inget är överskrivet.",
        en="Somebody else has written here since you read it. Both texts are shown; nothing is overwritten.",
    )

    def __init__(
        self,
        *,
        revision: int,
        stands: str | None = None,
        sent: str | None = None,
        choices: Iterable[Contested] = (),
    ) -> None:
        super().__init__()
        self.revision = revision
        self.stands = stands
        self.sent = sent
        #: What is chosen beside the words, where the two differ: the level, who is responsible.
        self.choices = tuple(each for each in choices if each.stands != each.sent)

    def between(
        self, *, stands: str | None, sent: str | None, choices: Iterable[Contested] = ()
    ) -> "SectionHasChanged":
        """With the two texts: what stands, and what was sent; and with what is chosen beside them."""
        return SectionHasChanged(revision=self.revision, stands=stands, sent=sent, choices=choices)


class PlaceTakesNoWords(Rejected):
    """The template has no such section, or it takes no words there."""

    code = "place_takes_no_words"
    http_status = 422

    def __init__(self) -> None:
        words = Words(
            sv="Mallen har ingen sådan rubrik att skriva under, eller inte för det området.",
            en="The template has no such heading to write under, or not for that area.",
        )
        super().__init__(words, errors=(FieldError("section", words),))


class AreaIsNotInThePicture(Rejected):
    """The picture is about other areas."""

    code = "area_is_not_in_the_picture"
    http_status = 422

    def __init__(self) -> None:
        words = Words(
            sv="Lägesbilden handlar inte om det området. Välj ett av bildens områden.",
            en="The picture is not about that area. Choose one of the picture's areas.",
        )
        super().__init__(words, errors=(FieldError("area", words),))


class PartIsAnotherPartys(Rejected):
    """A party's own part, its assessment and its signature are its own."""

    code = "part_is_another_partys"
    http_status = 403
    words = Words(
        sv="Bara partens egna samordnare skriver, bedömer och signerar för parten.",
        en="Only the party's own coordinators write, assess and sign for the party.",
    )


class PartyDoesNotSign(Rejected):
    """The set-up does not ask for this party's signature."""

    code = "party_does_not_sign"
    words = Words(
        sv="Parten signerar inte lägesbilden enligt samverkans inställningar.",
        en="By the set-up of the collaboration this party does not sign the picture.",
    )


class ValueIsOffTheScale(Rejected):
    """The scale has no such step."""

    code = "value_is_off_the_scale"
    http_status = 422

    def __init__(self, *, lowest: int, highest: int) -> None:
        words = Words(
            sv=f"Ange ett heltal från {lowest} till {highest}.",
            en=f"Give a whole number from {lowest} to {highest}.",
        )
        super().__init__(words, errors=(FieldError("value", words),))


class TemplateHasNoScale(Rejected):
    """The template gives priority areas no value."""

    code = "template_has_no_scale"
    words = Words(
        sv="Mallen har ingen skala för prioriterade områden.",
        en="The template has no scale for priority areas.",
    )


class RiskIsNotValued(Rejected):
    """No risk value is given here."""

    code = "risk_is_not_valued"
    words = Words(
        sv="Mallen visar inget riskvärde, eller så har samverkan ingen skala för det.",
        en="The template shows no risk value, or the collaboration has no scale for it.",
    )


class NothingFlowsIn(Rejected):
    """Only into the strategic picture of organisation model B."""

    code = "nothing_flows_in"
    words = Words(
        sv="Lokala gruppers lägesbilder flödar bara in i hela kommunens bild, i modell B.",
        en="Local groups' pictures flow only into the picture of the whole municipality, in model B.",
    )


class RowIsNotThere(Rejected):
    """There is no such row, or it has been removed."""

    code = "row_is_not_there"
    words = Words(
        sv="Raden finns inte. Den kan ha tagits bort av någon annan.",
        en="There is no such row. Somebody else may have removed it.",
    )


class ResponsibleIsUnknown(Rejected):
    """Only a function of the collaboration can be responsible."""

    code = "responsible_is_unknown"
    http_status = 422

    def __init__(self) -> None:
        words = Words(
            sv="Välj en funktion i samverkan som ansvarig.",
            en="Choose a function of the collaboration as responsible.",
        )
        super().__init__(words, errors=(FieldError("responsible", words),))


class TooManyRows(Rejected):
    """Nobody reads so long a table."""

    code = "too_many_rows"
    words = Words(sv="Tabellen rymmer inte fler rader.", en="The table holds no more rows.")


class TextIsRefused(Rejected):
    """The words point out somebody. What they are is never repeated."""

    code = "text_is_refused"
    http_status = 422

    def __init__(self, found: Iterable[tuple[str, Finding]]) -> None:
        words = Words(
            sv="Texten är inte sparad. Rätta det som står nedan och spara igen.",
            en="The text is not saved. Correct what is said below and save it again.",
        )
        super().__init__(
            words, errors=[FieldError(field, FINDING_WORDS[finding]) for field, finding in found]
        )


class TextIsQuestioned(Rejected):
    """The words may point out somebody; whoever stands by them says so (`confirmed`)."""

    code = "text_is_questioned"
    http_status = 422

    def __init__(self, found: Iterable[tuple[str, Finding]]) -> None:
        words = Words(
            sv="Texten är inte sparad än. Titta på det som står nedan; stå för texten eller ändra den.",
            en="The text is not saved yet. Look at what is said below; stand by the text or change it.",
        )
        super().__init__(
            words, errors=[FieldError(field, FINDING_WORDS[finding]) for field, finding in found]
        )


class TextIsTooLong(Rejected):
    """Nobody reads so much under one heading."""

    code = "text_is_too_long"
    http_status = 422

    def __init__(self, field: str, *, most: int) -> None:
        words = Words(sv=f"Skriv högst {most} tecken.", en=f"Write at most {most} characters.")
        super().__init__(words, errors=(FieldError(field, words),))


class TextIsErased(Rejected):
    """There is no such text here, or its words are gone already."""

    code = "text_is_not_there"
    http_status = 404
    words = Words(sv="Texten finns inte i lägesbilden.", en="There is no such text in the picture.")


class SignaturesAreMissing(Rejected):
    """Every party that is to sign has signed exactly this content, or nothing is published."""

    code = "signatures_are_missing"

    def __init__(self, parties: Sequence[Party], *, is_opened: bool = True) -> None:
        names_sv = ", ".join(THE_PARTY_WORDS[party].sv for party in parties)
        names_en = ", ".join(THE_PARTY_WORDS[party].en for party in parties)
        words = Words(
            sv=f"Lägesbilden är inte publicerad. Signatur saknas från: {names_sv}."
            + ("" if is_opened else " Öppna sammanställningen, så kan alla skriva under."),
            en=f"The picture is not published. Signatures are missing from: {names_en}."
            + ("" if is_opened else " Open the compilation, and all of them can sign."),
        )
        super().__init__(words, errors=[FieldError(str(party), words) for party in parties])
        self.parties = tuple(parties)


class PrivacyCheckFailed(Rejected):
    """Words that are to be published point out somebody. The places are named, never the words."""

    code = "privacy_check_failed"

    def __init__(self, found: Iterable[tuple[str, Finding]]) -> None:
        words = Words(
            sv="Lägesbilden är inte publicerad: texter pekar ut enskilda. Rätta dem som står nedan.",
            en="The picture is not published: texts point out individuals. Correct those named below.",
        )
        super().__init__(
            words, errors=[FieldError(place, FINDING_WORDS[finding]) for place, finding in found]
        )


class SentenceIsOutdated(Rejected):
    """An adopted sentence says other numbers than the picture does."""

    code = "sentence_is_outdated"

    def __init__(self, keys: Sequence[str]) -> None:
        words = Words(
            sv="En vald mening säger inte längre samma sak som siffrorna. Välj meningarna på nytt.",
            en="A chosen sentence no longer says what the numbers say. Choose the sentences again.",
        )
        super().__init__(words, errors=[FieldError(f"sentences/{key}", words) for key in keys])
