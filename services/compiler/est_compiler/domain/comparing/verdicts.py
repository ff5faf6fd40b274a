"""What a difference between two pictures is worth: named clauses, and their words."""

from enum import StrEnum

from est_compiler.domain.chance import beyond_chance, much_alike
from est_compiler.domain.picture import Count, Picture
from est_contracts.vocabulary import Words


class ComparisonKind(StrEnum):
    """What is different about the two pictures."""

    PERIODS = "periods"
    SCOPES = "scopes"
    VERSIONS = "versions"


class Verdict(StrEnum):
    """What a difference is worth (omdöme)."""

    CLEARLY_MORE = "clearly_more"
    SOMEWHAT_MORE = "somewhat_more"
    MUCH_ALIKE = "much_alike"
    SOMEWHAT_FEWER = "somewhat_fewer"
    CLEARLY_FEWER = "clearly_fewer"
    #: Two versions: what was known has changed, and chance has nothing to do with it.
    CHANGED = "changed"
    SAME = "same"
    NOT_COMPARABLE = "not_comparable"


VERDICT_WORDS: dict[Verdict, Words] = {
    Verdict.CLEARLY_MORE: Words(sv="tydligt fler", en="clearly more"),
    Verdict.SOMEWHAT_MORE: Words(sv="något fler", en="somewhat more"),
    Verdict.MUCH_ALIKE: Words(sv="ungefär lika många", en="much the same"),
    Verdict.SOMEWHAT_FEWER: Words(sv="något färre", en="somewhat fewer"),
    Verdict.CLEARLY_FEWER: Words(sv="tydligt färre", en="clearly fewer"),
    Verdict.CHANGED: Words(sv="ändrat", en="changed"),
    Verdict.SAME: Words(sv="oförändrat", en="unchanged"),
    Verdict.NOT_COMPARABLE: Words(sv="kan inte jämföras", en="cannot be compared"),
}


def what_differs(one: Picture, other: Picture) -> ComparisonKind:
    """The period, the scope, or only what was known."""
    if one.period != other.period:
        return ComparisonKind.PERIODS
    return ComparisonKind.VERSIONS if one.scope == other.scope else ComparisonKind.SCOPES


def by_chance(one: Count, other: Count) -> Verdict:
    """What a difference between two counts of different reports is worth."""
    if much_alike(one, other):
        return Verdict.MUCH_ALIKE
    clearly, more = beyond_chance(one, other), one.reports > other.reports
    if more:
        return Verdict.CLEARLY_MORE if clearly else Verdict.SOMEWHAT_MORE
    return Verdict.CLEARLY_FEWER if clearly else Verdict.SOMEWHAT_FEWER


def are_of_unlike_length(one: Picture, other: Picture) -> bool:
    """A week against a month; a month against one of the same kind is the same for people."""
    return one.kind is not other.kind


def share_days(one: Picture, other: Picture) -> bool:
    return one.first_day <= other.last_day and other.first_day <= one.last_day


def share_areas(one: Picture, other: Picture) -> bool:
    """One of them is the whole municipality, or they have an area in common."""
    if not one.scope_areas or not other.scope_areas:
        return True
    return not set(one.scope_areas).isdisjoint(other.scope_areas)
