"""A picture as it was published: its exact bytes, what people put to it, and who signed."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Self

from est_compiler.domain.compiling.state import Seen, Signature
from est_compiler.domain.compiling.work import CompiledWork, TextReference
from est_compiler.domain.drawn_picture import LateReports
from est_contracts.vocabulary import CorrectionReason, Level, Party, PeriodKind, PicturePeriod, Week, Words


@dataclass(frozen=True, slots=True)
class Frame:
    """Around a published picture (ram): its days and areas, how it is laid out, whether all may read it."""

    kind: PeriodKind
    first_day: date
    last_day: date
    scope: str = ""
    #: The areas that the scope meant; none is all of them.
    areas: tuple[str, ...] = ()
    template: str | None = None
    made_from_analysis: int = 0
    is_public: bool = False

    @property
    def period(self) -> PicturePeriod:
        return PicturePeriod(self.first_day, self.last_day, self.kind)

    def as_stored(self) -> dict[str, Any]:
        return asdict(self) | {
            "kind": str(self.kind),
            "first_day": self.first_day.isoformat(),
            "last_day": self.last_day.isoformat(),
            "areas": list(self.areas),
        }

    @classmethod
    def from_stored(cls, stored: Mapping[str, Any]) -> Self:
        return cls(
            kind=PeriodKind(stored["kind"]),
            first_day=date.fromisoformat(stored["first_day"]),
            last_day=date.fromisoformat(stored["last_day"]),
            scope=stored["scope"],
            areas=tuple(stored["areas"]),
            template=stored["template"],
            made_from_analysis=stored["made_from_analysis"],
            is_public=stored["is_public"],
        )

    @classmethod
    def of_week(cls, written: str) -> Self:
        """Around what was published when every picture was of a week of the whole municipality."""
        days = Week.parse(written).days
        return cls(PeriodKind.WEEK, days[0], days[-1])


@dataclass(frozen=True, slots=True)
class FrozenPicture:
    """A picture as it was published: its exact bytes, and what people chose to say about it."""

    municipality: str
    period: str
    content: str
    fingerprint: str
    made_from: int
    reports: int
    headline: Words
    sentences: tuple[Words, ...]
    late: tuple[LateReports, ...]
    late_note: Words | None
    frame: Frame
    work: CompiledWork | None = None
    signatures: tuple[Signature, ...] = ()
    #: What the version says of itself; the words lie beside the log.
    note: TextReference | None = None

    @property
    def level(self) -> Level | None:
        return self.work.level if self.work else None

    @property
    def verifies(self) -> bool:
        """Whether the fingerprint can be taken again from what was frozen; erased words do not matter."""
        return self.fingerprint == fingerprint_with(self.content, self.work)

    @property
    def references(self) -> tuple[tuple[str, TextReference], ...]:
        """Every text that it shows, and where it stands."""
        note = (("note", self.note),) if self.note else ()
        return (*(self.work.references if self.work else ()), *note)

    def as_stored(self) -> dict[str, Any]:
        return {
            "municipality": self.municipality,
            "period": self.period,
            "content": self.content,
            "fingerprint": self.fingerprint,
            "made_from": self.made_from,
            "reports": self.reports,
            "headline": self.headline.model_dump(),
            "sentences": [words.model_dump() for words in self.sentences],
            "late": [asdict(each) for each in self.late],
            "late_note": self.late_note.model_dump() if self.late_note else None,
            "frame": self.frame.as_stored(),
            "work": self.work.as_stored() if self.work else None,
            "signatures": [_signature_as_stored(each) for each in self.signatures],
            "note": self.note.as_stored() if self.note else None,
        }

    @classmethod
    def from_stored(cls, stored: dict[str, Any]) -> Self:
        """Those of earlier versions too: they had neither frame nor work."""
        work, frame = stored.get("work"), stored.get("frame")
        return cls(
            municipality=stored["municipality"],
            period=stored["period"],
            content=stored["content"],
            fingerprint=stored["fingerprint"],
            made_from=stored["made_from"],
            reports=stored["reports"],
            headline=Words(**stored["headline"]),
            sentences=tuple(Words(**words) for words in stored["sentences"]),
            late=tuple(LateReports(**each) for each in stored["late"]),
            late_note=Words(**stored["late_note"]) if stored["late_note"] else None,
            frame=Frame.from_stored(frame) if frame else Frame.of_week(stored["period"]),
            work=CompiledWork.from_stored(work) if work else None,
            signatures=tuple(_signature(each) for each in stored.get("signatures", ())),
            note=TextReference.from_stored(stored.get("note")),
        )


@dataclass(frozen=True, slots=True)
class PublishedVersion:
    """One version of a published picture: when, by which function and why."""

    version: int
    published_at: datetime
    published_by: str
    reason: CorrectionReason | None
    frozen: FrozenPicture


def fingerprint_with(content: str, work: CompiledWork | None) -> str:
    """SHA-256 of a picture's exact bytes, and of the work's after a new line where there is any."""
    written = content if work is None else f"{content}\n{work.content}"
    return sha256(written.encode()).hexdigest()


def _signature_as_stored(signature: Signature) -> dict[str, Any]:
    return {
        "party": str(signature.party),
        "by": signature.by,
        "signed_at": signature.signed_at.isoformat(),
        "in_meeting": signature.in_meeting,
        "seen": asdict(signature.seen),
    }


def _signature(stored: Mapping[str, Any]) -> Signature:
    return Signature(
        party=Party(stored["party"]),
        by=stored["by"],
        signed_at=datetime.fromisoformat(stored["signed_at"]),
        in_meeting=stored["in_meeting"],
        seen=Seen(**stored["seen"]),
    )
