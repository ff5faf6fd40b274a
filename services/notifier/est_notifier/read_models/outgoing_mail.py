"""Who is to get which letter, when it is tried, and what became of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from est_chassis.event_store import Cursor, RecordedEvent
from est_chassis.read_models import ReadModel
from est_contracts.vocabulary import Edition, Words
from est_notifier.domain.distributions import Distribution, LetterState, Obstacle
from est_notifier.domain.pictures import Depicted


class OutgoingMail(ReadModel):
    """Every distribution (utskick), and every recipient's letter."""

    name: ClassVar[str] = "outgoing_mail_v2"
    tables: ClassVar[str] = """
        CREATE TABLE outgoing_mail_v2_distributions (
            distribution_id uuid PRIMARY KEY,
            municipality text NOT NULL,
            edition text NOT NULL,
            period text NOT NULL,
            version integer NOT NULL,
            reports integer NOT NULL,
            sentences jsonb NOT NULL,
            correction text,
            prepared_at timestamptz NOT NULL,
            picture jsonb
        );
        CREATE INDEX outgoing_mail_v2_by_municipality
            ON outgoing_mail_v2_distributions (municipality, prepared_at);
        CREATE TABLE outgoing_mail_v2 (
            distribution_id uuid NOT NULL,
            recipient text NOT NULL,
            state text NOT NULL,
            attempts integer NOT NULL,
            due_at timestamptz,
            sent_at timestamptz,
            obstacle text,
            smtp_code integer,
            PRIMARY KEY (distribution_id, recipient)
        );
        CREATE INDEX outgoing_mail_v2_due ON outgoing_mail_v2 (due_at) WHERE state = 'due'
    """

    def feed(self, cursor: Cursor, facts: Sequence[Any]) -> None:
        for fact in facts:
            if isinstance(fact, RecordedEvent) and type(fact.event) in _CHANGES:
                _CHANGES[type(fact.event)](cursor, fact.event)


@dataclass(frozen=True, kw_only=True)
class LetterView:
    """One recipient's letter, and where it stands."""

    recipient: str
    state: LetterState
    attempts: int
    due_at: datetime | None
    sent_at: datetime | None
    obstacle: Obstacle | None
    smtp_code: int | None


@dataclass(frozen=True, kw_only=True)
class DistributionView:
    """One distribution: an edition of a picture, and its letters."""

    distribution_id: UUID
    municipality: str
    edition: Edition
    depicted: Depicted
    version: int
    reports: int
    sentences: tuple[Words, ...]
    correction: str | None
    prepared_at: datetime
    letters: tuple[LetterView, ...]

    @property
    def period(self) -> str:
        return str(self.depicted.period)

    @property
    def scope(self) -> str:
        return str(self.depicted.scope)


def due_letters(cursor: Cursor, *, now: datetime, limit: int) -> list[tuple[UUID, str]]:
    """The letters to try now: distribution and recipient, those that have waited longest first."""
    rows = cursor.execute(
        """
        SELECT distribution_id, recipient FROM outgoing_mail_v2
        WHERE state = 'due' AND due_at <= %s ORDER BY due_at, distribution_id, recipient LIMIT %s
        """,
        (now, limit),
    ).fetchall()
    return [(row["distribution_id"], row["recipient"]) for row in rows]


def distributions_of(cursor: Cursor, municipality: str, *, limit: int = 60) -> list[DistributionView]:
    """The municipality's distributions, the latest first."""
    rows = cursor.execute(
        """
        SELECT * FROM outgoing_mail_v2_distributions WHERE municipality = %s
        ORDER BY prepared_at DESC, period DESC, version DESC, edition LIMIT %s
        """,
        (municipality, limit),
    ).fetchall()
    letters = _letters_of(cursor, [row["distribution_id"] for row in rows])
    return [_view(row, letters.get(row["distribution_id"], [])) for row in rows]


def distribution_by_id(cursor: Cursor, distribution_id: UUID) -> DistributionView | None:
    row = cursor.execute(
        "SELECT * FROM outgoing_mail_v2_distributions WHERE distribution_id = %s", (distribution_id,)
    ).fetchone()
    if row is None:
        return None
    return _view(row, _letters_of(cursor, [distribution_id])[distribution_id])


def _letters_of(cursor: Cursor, distribution_ids: Sequence[UUID]) -> dict[UUID, list[LetterView]]:
    rows = cursor.execute(
        "SELECT * FROM outgoing_mail_v2 WHERE distribution_id = ANY(%s) ORDER BY recipient",
        (list(distribution_ids),),
    ).fetchall()
    letters: dict[UUID, list[LetterView]] = {each: [] for each in distribution_ids}
    for row in rows:
        letters[row["distribution_id"]].append(
            LetterView(
                recipient=row["recipient"],
                state=LetterState(row["state"]),
                attempts=row["attempts"],
                due_at=row["due_at"],
                sent_at=row["sent_at"],
                obstacle=Obstacle(row["obstacle"]) if row["obstacle"] else None,
                smtp_code=row["smtp_code"],
            )
        )
    return letters


def _view(row: Mapping[str, Any], letters: Sequence[LetterView]) -> DistributionView:
    told = dict(row)
    told |= {
        "depicted": Depicted.read(told.pop("picture"), period=told.pop("period")),
        "edition": Edition(row["edition"]),
        "sentences": tuple(Words.model_validate(sentence) for sentence in row["sentences"]),
        "letters": tuple(letters),
    }
    return DistributionView(**told)


def _prepare(cursor: Cursor, event: Distribution.Prepared) -> None:
    from psycopg.types.json import Jsonb

    cursor.execute(
        """
        INSERT INTO outgoing_mail_v2_distributions
        VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
        """,
        (
            event.originator_id,
            event.municipality,
            event.edition,
            event.period,
            event.picture_version,
            event.reports,
            Jsonb(list(event.sentences)),
            event.correction,
            event.prepared_at,
            Jsonb(event.picture) if event.picture else None,
        ),
    )
    cursor.executemany(
        """
        INSERT INTO outgoing_mail_v2 (distribution_id, recipient, state, attempts, due_at)
        VALUES (%s, %s, 'due', 0, %s)
        """,
        [(event.originator_id, recipient, event.prepared_at) for recipient in event.recipients],
    )


def _now_stands(statement: str) -> Callable[[Cursor, Any], None]:
    def change(cursor: Cursor, event: Any) -> None:
        told = vars(event) | {"distribution_id": event.originator_id}
        cursor.execute(
            f"UPDATE outgoing_mail_v2 SET {statement}"  # noqa: S608 - nothing in it comes from outside
            " WHERE distribution_id = %(distribution_id)s AND recipient = %(recipient)s",
            told,
        )

    return change


_CHANGES: Mapping[Callable[..., object], Callable[[Cursor, Any], None]] = {
    Distribution.Prepared: _prepare,
    Distribution.Sent: _now_stands(
        "state = 'sent', attempts = %(attempt)s, sent_at = %(sent_at)s, obstacle = NULL, smtp_code = NULL,"
        " due_at = NULL"
    ),
    Distribution.Postponed: _now_stands(
        "attempts = %(attempt)s, due_at = %(due_at)s, obstacle = %(obstacle)s, smtp_code = %(smtp_code)s"
    ),
    Distribution.Failed: _now_stands(
        "state = 'failed', attempts = %(attempt)s, due_at = NULL, obstacle = %(obstacle)s,"
        " smtp_code = %(smtp_code)s"
    ),
    Distribution.Held: _now_stands("state = 'held', due_at = NULL, obstacle = %(obstacle)s"),
    Distribution.Resent: _now_stands(
        "state = 'due', attempts = 0, due_at = %(due_at)s, obstacle = NULL, smtp_code = NULL"
    ),
}
