"""What a comparison says: what the two pictures are called, what differs, and why one should doubt it."""

from collections.abc import Iterator

from est_compiler.domain.comparing.verdicts import (
    VERDICT_WORDS,
    ComparisonKind,
    Verdict,
    are_of_unlike_length,
    share_areas,
    share_days,
    what_differs,
)
from est_compiler.domain.picture import Count, Picture
from est_compiler.domain.wording.around import only_so_many_in_words
from est_compiler.domain.wording.phrases import capital, in_en, in_sv
from est_contracts.vocabulary import PeriodKind, Words, change_in_words, place_sv

WHOLE_MUNICIPALITY = Words(sv="hela kommunen", en="the whole municipality")


def headline_of(
    one: Count | None,
    other: Count | None,
    *,
    kind: ComparisonKind,
    verdict: Verdict,
    names: tuple[Words, Words],
) -> Words:
    """The one thing to know about two pictures."""
    mine, theirs = names
    if one is None or other is None:
        unknown = mine if one is None else theirs
        return Words(sv=f"Inga uppgifter om {unknown.sv}", en=f"Nothing is known of {unknown.en}")
    if kind is ComparisonKind.VERSIONS:
        return _headline_of_versions(one, other, names=names)
    numbers = Words(
        sv=f"{in_sv(one.reports)} mot {in_sv(other.reports)}",
        en=f"{in_en(one.reports)} against {in_en(other.reports)}",
    )
    if verdict is Verdict.NOT_COMPARABLE:
        return Words(
            sv=f"{capital(mine).sv} och {theirs.sv} kan inte jämföras rakt av: {numbers.sv}",
            en=f"{capital(mine).en} and {theirs.en} cannot simply be compared: {numbers.en}",
        )
    here, there = _in_words(mine, kind), _in_words(theirs, kind)
    if verdict is Verdict.MUCH_ALIKE:
        return Words(
            sv=f"Ungefär lika många rapporter {here.sv} som {there.sv}: {numbers.sv}",
            en=f"Much the same number of reports {here.en} and {there.en}: {numbers.en}",
        )
    words = capital(VERDICT_WORDS[verdict])
    return Words(
        sv=f"{words.sv} rapporter {here.sv} än {there.sv}: {numbers.sv}",
        en=f"{words.en} reports {here.en} than {there.en}: {numbers.en}",
    )


def _in_words(name: Words, kind: ComparisonKind) -> Words:
    """Under vecka 47, i Norrängen, på Torget."""
    sv = place_sv(name.sv) if kind is ComparisonKind.SCOPES else f"under {name.sv}"
    return Words(sv=sv, en=f"in {name.en}")


def _headline_of_versions(one: Count, other: Count, *, names: tuple[Words, Words]) -> Words:
    mine, theirs = names
    if one.reports == other.reports:
        return Words(
            sv=f"Lika många rapporter i {mine.sv} som i {theirs.sv}: {in_sv(one.reports)}",
            en=f"As many reports in {mine.en} as in {theirs.en}: {in_en(one.reports)}",
        )
    difference = change_in_words(one.reports - other.reports)
    return Words(
        sv=f"{in_sv(one.reports)} rapporter i {mine.sv}, {difference.sv} mot {theirs.sv}",
        en=f"{in_en(one.reports)} reports in {mine.en}, {difference.en} on {theirs.en}",
    )


def reasons_for_doubt(one: Picture, other: Picture, *, kind: ComparisonKind) -> Iterator[Words]:
    """Why differences should not be believed; two versions of the same picture have no such reasons."""
    if kind is ComparisonKind.VERSIONS:
        return
    if are_of_unlike_length(one, other):
        days = (one.picture_period.day_count, other.picture_period.day_count)
        yield Words(
            sv=f"Perioderna är olika långa: {days[0]} och {days[1]} dagar.",
            en=f"The periods are of different lengths: {days[0]} and {days[1]} days.",
        )
    if share_days(one, other) and share_areas(one, other):
        yield Words(
            sv="Det ena ligger helt eller delvis i det andra: samma rapporter räknas på båda sidor.",
            en="One lies wholly or partly within the other: the same reports count on both sides.",
        )
    for each, beside in ((one, other), (other, one)):
        if each.coverage.now.is_thin:
            name, heard = name_of(each, beside=beside), capital(only_so_many_in_words(each.coverage.now))
            yield Words(sv=f"{heard.sv} för {name.sv}.", en=f"{heard.en} for {name.en}.")


def name_of(picture: Picture, *, beside: Picture) -> Words:
    """What one of two pictures is called: by what differs, and with its year where that differs too."""
    if what_differs(picture, beside) is ComparisonKind.SCOPES:
        name = picture.scope_name
        return Words(sv=name, en=name) if name else WHOLE_MUNICIPALITY
    period = picture.picture_period
    name_says_year = period.kind not in (PeriodKind.WEEK, PeriodKind.FORTNIGHT)
    if name_says_year or period.year == beside.picture_period.year:
        return period.name
    return Words(sv=f"{period.name.sv} {period.year}", en=f"{period.name.en} {period.year}")
