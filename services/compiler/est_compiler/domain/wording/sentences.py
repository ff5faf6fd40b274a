"""What the numbers suggest one might say: a headline and some sentences, in Swedish and English.

Sentences come from numbers alone and wait for a person; none of them says why something happened.
"""

from collections.abc import Iterator
from datetime import datetime

from est_compiler.domain.chance import (
    beyond_chance,
    clearly_more_than_both_before,
    much_alike,
)
from est_compiler.domain.drawn_picture import LateReports
from est_compiler.domain.picture import Picture
from est_compiler.domain.wording.around import (
    ahead_sentence,
    changes_sentence,
    comparison_is_fair,
    coverage_is_thin,
    coverage_sentence,
    only_so_many_in_words,
    problems_sentence,
)
from est_compiler.domain.wording.counts import (
    others_low_sentence,
    place_sentence,
    problem_themes,
    severe_sentence,
    theme_sentence,
    time_sentence,
    total_sentence,
)
from est_compiler.domain.wording.parts import Behind, BehindKind, Sentence, SentenceKey
from est_compiler.domain.wording.phrases import (
    THE_ONE_BEFORE,
    THE_ONES_BEFORE,
    capital,
    in_a_sentence,
    in_en,
    in_sv,
    reports_in_words,
    written_period_name,
)
from est_contracts.vocabulary import THEME_WORDS, PicturePeriod, Theme, Words, number_in_words

__all__ = [
    "MOST_SENTENCES",
    "Behind",
    "BehindKind",
    "Sentence",
    "SentenceKey",
    "beyond_chance",
    "headline",
    "late_words",
    "sentence_candidates",
    "suggested_sentences",
]

#: So many stand in a picture until somebody chooses; so many there are to choose among.
MOST_SENTENCES = 3
MOST_CANDIDATES = 10


def headline(picture: Picture, *, until: datetime | None) -> Words:
    """The one thing to know. `until` is the moment it is, while the period is still going on."""
    name = picture.picture_period.name
    if not picture.is_known:
        return Words(sv=f"Inga uppgifter om {name.sv}", en=f"Nothing is known of {name.en}")
    told = reports_in_words(picture.reports)
    if picture.reports and until is not None:
        name = capital(name)
        return Words(sv=f"{name.sv} hittills: {told.sv}", en=f"{name.en} so far: {told.en}")
    if picture.reports == 0:
        plain = Words(sv=f"Inget inrapporterat under {name.sv}", en=f"Nothing reported in {name.en}")
    else:
        plain = Words(sv=f"{told.sv} under {name.sv}", en=f"{told.en} in {name.en}")
    if until is None and coverage_is_thin(picture):
        heard = only_so_many_in_words(picture.coverage.now)
        return Words(sv=f"{plain.sv}, men {heard.sv}", en=f"{plain.en}, but {heard.en}")
    if picture.reports == 0 or picture.total.previous is None or not comparison_is_fair(picture):
        return plain
    return _standing_out(picture) or _total_headline(picture)


def suggested_sentences(picture: Picture, *, until: datetime | None) -> tuple[Sentence, ...]:
    """The three that stand in a picture until somebody chooses others."""
    return sentence_candidates(picture, until=until)[:MOST_SENTENCES]


def sentence_candidates(picture: Picture, *, until: datetime | None) -> tuple[Sentence, ...]:
    """Every sentence that one may choose, the most important first."""
    if not picture.is_known:
        return ()
    candidates = _candidates(picture, until) if picture.reports else _of_a_quiet_period(picture, until)
    return tuple(each for each in candidates if each is not None)[:MOST_CANDIDATES]


def late_words(late: tuple[LateReports, ...], *, of: PicturePeriod) -> Words | None:
    """What a picture says of reports that came after an earlier period's picture was published."""
    if not late:
        return None
    reports = reports_in_words(sum(each.reports for each in late))
    periods = [written_period_name(each.period, seen_from=of) for each in late]
    return Words(
        sv=f"{reports.sv} kom in efter att lägesbilden för sin period hade publicerats "
        f"({', '.join(each.sv for each in periods)}) och räknas där.",
        en=f"{reports.en} came in after the picture of their period had been published "
        f"({', '.join(each.en for each in periods)}) and count there.",
    )


def _standing_out(picture: Picture) -> Words | None:
    """A theme, if any, that is clearly more than in each of the two periods before."""
    ones = THE_ONES_BEFORE[picture.kind]
    for theme in problem_themes(picture):
        if clearly_more_than_both_before(theme):
            assert theme.previous is not None and theme.before_previous is not None
            name, now = in_a_sentence(THEME_WORDS[theme.theme]), theme.now.reports
            then, before = (number_in_words(each.reports) for each in (theme.previous, theme.before_previous))
            return Words(
                sv=f"Fler rapporter om {name.sv}: {in_sv(now)} mot {before.sv} och {then.sv} {ones.sv}",
                en=f"More reports of {name.en}: {in_en(now)} after {before.en} and {then.en} in {ones.en}",
            )
    return None


def _total_headline(picture: Picture) -> Words:
    now, before = picture.total.now, picture.total.previous
    assert before is not None
    one = THE_ONE_BEFORE[picture.kind]
    if much_alike(now, before):
        told = reports_in_words(now.reports)
        return Words(sv=f"Ungefär som {one.sv}: {told.sv}", en=f"Much like {one.en}: {told.en}")
    clearly = beyond_chance(now, before)
    more = now.reports > before.reports
    sv = f"{'Tydligt' if clearly else 'Något'} {'fler' if more else 'färre'} rapporter än {one.sv}"
    en = f"{'Clearly' if clearly else 'Somewhat'} {'more' if more else 'fewer'} reports than {one.en}"
    return Words(
        sv=f"{sv}: {in_sv(now.reports)} mot {in_sv(before.reports)}",
        en=f"{en}: {in_en(now.reports)} against {in_en(before.reports)}",
    )


def _candidates(picture: Picture, until: datetime | None) -> Iterator[Sentence | None]:
    themes, is_running = problem_themes(picture), until is not None
    is_fair = is_running or comparison_is_fair(picture)
    positive = next(each for each in picture.themes if each.theme is Theme.POSITIVE)
    yield total_sentence(picture, until)
    if not is_fair:
        yield coverage_sentence(picture, is_running=False)
    if themes:
        yield theme_sentence(picture, themes[0], key=SentenceKey.THEME, until=until)
    if not is_running:
        yield severe_sentence(picture)
    yield time_sentence(picture)
    if positive.now.reports:
        yield theme_sentence(picture, positive, key=SentenceKey.POSITIVE, until=until)
    yield problems_sentence(picture)
    if is_fair and not is_running:
        yield others_low_sentence(picture)
    yield ahead_sentence(picture)
    yield changes_sentence(picture)
    if len(themes) > 1:
        yield theme_sentence(picture, themes[1], key=SentenceKey.SECOND_THEME, until=until)
    yield place_sentence(picture)
    if is_fair:
        yield coverage_sentence(picture, is_running=is_running)


def _of_a_quiet_period(picture: Picture, until: datetime | None) -> Iterator[Sentence | None]:
    """Nothing was reported: whether that is calm or silence, and what else there is to know."""
    yield coverage_sentence(picture, is_running=until is not None)
    yield problems_sentence(picture)
    yield ahead_sentence(picture)
    yield changes_sentence(picture)
