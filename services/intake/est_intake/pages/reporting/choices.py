"""What one can choose among on the phone page, in the reader's language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from est_chassis.web.languages import Language, said
from est_chassis.web.parts import Choice
from est_contracts.vocabulary import SEVERITY_WORDS, STOCKHOLM, Words
from est_intake.domain.submission import FORESEEABLE
from est_intake.pages.reporting import told_times
from est_intake.pages.reporting.checklist_parts import MANY_ENTRIES, ChecklistPart, parts_for
from est_intake.pages.surroundings import Surroundings

WHEN = (
    (told_times.JUST_NOW, Words(sv="Nyss", en="Just now")),
    (told_times.LAST_NIGHT, Words(sv="I natt", en="Last night")),
    (told_times.YESTERDAY_EVENING, Words(sv="I går kväll", en="Yesterday evening")),
    (told_times.CHOSEN, Words(sv="Välj tid", en="Choose a time")),
)
WHOLE_MUNICIPALITY = Words(sv="Hela kommunen", en="The whole municipality")
NO_PLACE = Words(sv="Ingen särskild plats", en="No place in particular")


@dataclass(frozen=True)
class ReportChoices:
    """All that the form offers."""

    parts: Sequence[ChecklistPart]
    own_areas: Sequence[Choice]
    all_areas: Sequence[Choice]
    places: Sequence[Choice]
    when: Sequence[Choice]
    severities: Sequence[Choice]
    has_map: bool
    latest_moment: str
    today: str
    last_foreseeable_day: str

    @property
    def can_be_searched(self) -> bool:
        return sum(len(part.entries) for part in self.parts) > MANY_ENTRIES


def choices_for(around: Surroundings, language: Language) -> ReportChoices:
    own = around.function.area_ids if around.function else ()
    document, now = around.set_up.document, around.now.astimezone(STOCKHOLM)
    areas = [Choice(each.area_id, each.name) for each in document.areas]
    places = [
        Choice(each.place_id, f"{each.name} ({around.area_name(each.area_id)})") for each in document.places
    ]
    return ReportChoices(
        parts=parts_for(around.set_up, around.caller.party),
        own_areas=[each for each in areas if each.value in own],
        all_areas=[Choice("", said(WHOLE_MUNICIPALITY, language)), *areas],
        places=[Choice("", said(NO_PLACE, language)), *places] if places else [],
        when=[Choice(value, said(words, language)) for value, words in WHEN],
        severities=[
            Choice(str(step), str(step), said(words, language)) for step, words in SEVERITY_WORDS.items()
        ],
        has_map=any(area.polygon for area in document.areas),
        latest_moment=now.strftime("%Y-%m-%dT%H:%M"),
        today=now.date().isoformat(),
        last_foreseeable_day=(now + FORESEEABLE - timedelta(days=1)).date().isoformat(),
    )
