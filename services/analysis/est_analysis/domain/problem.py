"""A recurring problem: proposed by the rules, decided by people."""

from enum import StrEnum
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from eventsourcing.domain import Aggregate, event

from est_analysis.domain.evidence import Evidence
from est_analysis.domain.history import WINDOW_WEEKS, Series, weeks_between
from est_contracts.vocabulary import Theme, Week, Words
from est_contracts.vocabulary.refusals import Rejected


class ProblemState(StrEnum):
    """Where a problem stands: proposed by the rules, or decided by people."""

    FLAGGED = "flagged"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


class ConfirmationReason(StrEnum):
    """Why a problem was confirmed (bekräftat)."""

    SEEN_BY_US = "seen_by_us"
    ALREADY_WORKED_ON = "already_worked_on"
    OTHER = "other"


class DismissalReason(StrEnum):
    """Why a flag was dismissed (avfärdat)."""

    CHANCE = "chance"
    ONE_INCIDENT = "one_incident"
    MORE_REPORTING = "more_reporting"
    OTHER = "other"


Reason = ConfirmationReason | DismissalReason


class EvidenceHasChanged(Rejected):
    """Whoever decides must have seen what the decision rests on."""

    code = "evidence_has_changed"
    http_status = 412
    words = Words(
        sv="Underlaget har ändrats sedan du såg det. Läs det nya och bestäm sedan.",
        en="The evidence has changed since you saw it. Read the new evidence, then decide.",
    )


class Problem(Aggregate):
    """A recurring problem (återkommande problem): one theme that stays in one area."""

    TOPIC = "analysis.problem"

    class Event(Aggregate.Event):
        """Something that has happened to a problem."""

    class Flagged(Event, Aggregate.Created):
        TOPIC = "analysis.problem.flagged"
        municipality: str
        area: str
        theme: str
        period: str
        rules: list[str]
        evidence: dict[str, Any]

    # The library wants this name as soon as TOPIC is set.
    Created = Flagged

    class FlaggedAgain(Event):
        TOPIC = "analysis.problem.flagged_again"
        municipality: str
        area: str
        theme: str
        period: str
        rules: list[str]
        evidence: dict[str, Any]

    class EvidenceRenewed(Event):
        TOPIC = "analysis.problem.evidence_renewed"
        period: str
        evidence: dict[str, Any]

    class Confirmed(Event):
        TOPIC = "analysis.problem.confirmed"
        municipality: str
        function: str
        reason: str

    class Dismissed(Event):
        TOPIC = "analysis.problem.dismissed"
        municipality: str
        function: str
        reason: str

    class WordsErased(Event):
        """The words of its decisions are gone; they lay beside the log."""

        TOPIC = "analysis.problem.words_erased"
        municipality: str
        function: str

    @staticmethod
    def create_id(municipality: str, area: str, theme: str) -> UUID:
        """The same theme in the same area is the same problem, also when it comes back."""
        return uuid5(NAMESPACE_URL, f"est:problem:{municipality}:{area}:{theme}")

    @event(Flagged)
    def __init__(
        self,
        municipality: str,
        area: str,
        theme: str,
        period: str,
        rules: list[str],
        evidence: dict[str, Any],
    ) -> None:
        self.municipality = municipality
        self.area = area
        self.theme = Theme(theme)
        self._begin(period=period, rules=rules, evidence=evidence)

    @property
    def series(self) -> Series:
        return Series(self.municipality, area=self.area, theme=self.theme)

    @classmethod
    def flagged(cls, series: Series, *, week: Week, rules: tuple[str, ...], evidence: Evidence) -> "Problem":
        """The rules propose a problem that nobody has seen before."""
        return cls(**_flag(series, week=week, rules=rules, evidence=evidence))

    def flag_again_or_renew(self, *, week: Week, rules: tuple[str, ...], evidence: Evidence) -> None:
        """The rules hold once more: a new flag when the run was broken, else newer evidence for the old."""
        if self.run_is_broken_at(week):
            self._flagged_again(**_flag(self.series, week=week, rules=rules, evidence=evidence))
        else:
            self.renew_evidence(week=week, evidence=evidence)

    def renew_evidence(self, *, week: Week, evidence: Evidence) -> None:
        """What is known has changed; weeks before the last one seen stay as they were told."""
        is_news = week > self.last_seen or (week == self.last_seen and evidence.is_news_after(self.evidence))
        if is_news:
            self._evidence_renewed(period=str(week), evidence=evidence.stored())

    def run_is_broken_at(self, week: Week) -> bool:
        """A run (svit) is broken when the rules have not held for a whole window of four weeks."""
        return weeks_between(self.last_seen, week) > WINDOW_WEEKS

    def confirm(self, *, function: str, reason: ConfirmationReason, seen_version: int) -> None:
        if self._is_decided(ProblemState.CONFIRMED, reason):
            return
        self._refuse_unseen(seen_version)
        self._confirmed(municipality=self.municipality, function=function, reason=str(reason))

    def dismiss(self, *, function: str, reason: DismissalReason, seen_version: int) -> None:
        if self._is_decided(ProblemState.DISMISSED, reason):
            return
        self._refuse_unseen(seen_version)
        self._dismissed(municipality=self.municipality, function=function, reason=str(reason))

    def erase_words(self, *, function: str) -> None:
        """Let what people have written about it be gone for good; the decisions stand."""
        self._words_erased(municipality=self.municipality, function=function)

    def _is_decided(self, state: ProblemState, reason: str) -> bool:
        """A repeat of the same decision is harmless."""
        return (self.state, self.reason) == (state, reason)

    def _refuse_unseen(self, seen_version: int) -> None:
        if seen_version != self.version:
            raise EvidenceHasChanged

    @event(FlaggedAgain)
    def _flagged_again(
        self,
        municipality: str,
        area: str,
        theme: str,
        period: str,
        rules: list[str],
        evidence: dict[str, Any],
    ) -> None:
        self._begin(period=period, rules=rules, evidence=evidence)

    @event(EvidenceRenewed)
    def _evidence_renewed(self, period: str, evidence: dict[str, Any]) -> None:
        self.last_seen = Week.parse(period)
        self.evidence = Evidence.from_stored(evidence)

    @event(Confirmed)
    def _confirmed(self, municipality: str, function: str, reason: str) -> None:
        self.state = ProblemState.CONFIRMED
        self.reason: Reason | None = ConfirmationReason(reason)

    @event(Dismissed)
    def _dismissed(self, municipality: str, function: str, reason: str) -> None:
        self.state = ProblemState.DISMISSED
        self.reason = DismissalReason(reason)

    @event(WordsErased)
    def _words_erased(self, municipality: str, function: str) -> None:
        """Nothing of the problem itself changes."""

    def _begin(self, *, period: str, rules: list[str], evidence: dict[str, Any]) -> None:
        week = Week.parse(period)
        self.began = week.before(WINDOW_WEEKS - 1)
        self.last_seen = week
        self.rules = tuple(rules)
        self.evidence = Evidence.from_stored(evidence)
        self.state = ProblemState.FLAGGED
        self.reason = None


def _flag(series: Series, *, week: Week, rules: tuple[str, ...], evidence: Evidence) -> dict[str, Any]:
    """What is recorded when a problem is flagged, the first time and again."""
    return {
        "municipality": series.municipality,
        "area": series.area,
        "theme": str(series.theme),
        "period": str(week),
        "rules": list(rules),
        "evidence": evidence.stored(),
    }
