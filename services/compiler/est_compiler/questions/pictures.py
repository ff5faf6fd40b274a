"""Pictures drawn from what is known, as it was known at any positions of the two logs."""

from dataclasses import dataclass
from datetime import datetime

from est_chassis.event_store import Cursor
from est_compiler.domain.drawing.draw import draw
from est_compiler.domain.drawn_picture import DrawnPicture, LateReports
from est_compiler.domain.knowledge import Knowledge
from est_compiler.domain.picture import Known
from est_compiler.domain.publishing.situation_picture import PublishedVersion
from est_compiler.questions import counts
from est_compiler.questions.knowledge import knowledge_at
from est_compiler.questions.known import AsOf, known_from, latest_known, seen_as_of
from est_compiler.read_models import published_pictures
from est_compiler.read_models.facts import FactSelection
from est_contracts.vocabulary import PicturePeriod, PictureScope

WHOLE = PictureScope()


@dataclass(frozen=True, slots=True)
class PictureNow:
    """A picture as it can be drawn, beside what has been published of it."""

    drawn: DrawnPicture
    as_of: AsOf
    published: tuple[PublishedVersion, ...]
    #: What the latest published version does not know of: new reports, and changes of what it counts.
    came_in_since: int
    changed_since: int

    @property
    def latest(self) -> PublishedVersion | None:
        return self.published[-1] if self.published else None

    def until(self, now: datetime) -> datetime | None:
        """The moment it was, while the period was still going on; None when it was over."""
        moment = min(now, self.as_of.moment or now)
        return moment if moment < self.drawn.picture.picture_period.ends_at else None


def picture_now(
    cursor: Cursor,
    *,
    municipality: str,
    period: PicturePeriod,
    scope: PictureScope = WHOLE,
    as_of: str | None = None,
) -> PictureNow:
    """Everything to be shown of a period, as it is known now or was known at a moment or position."""
    seen = seen_as_of(cursor, as_of)
    drawn = _drawn(cursor, municipality=municipality, period=period, scope=scope, known=seen.known)
    published = published_pictures.versions(
        cursor, municipality=municipality, period=str(period), scope=str(scope)
    )
    came_in, changed = _since(cursor, published, drawn)
    return PictureNow(drawn, seen, tuple(published), came_in, changed)


def picture_at(
    cursor: Cursor,
    *,
    municipality: str,
    period: PicturePeriod,
    scope: PictureScope = WHOLE,
    position: int | None = None,
    analysis: int | None = None,
) -> DrawnPicture:
    """Draw a period as it was known at positions of intake's log and analysis'; without any, as it is now.

    Without a position of analysis' log it is as analysis was known when intake's was reached.
    """
    known = latest_known(cursor)
    if position is not None:
        known = known_from(cursor, position, analysis=analysis, field="made_from")
    return _drawn(cursor, municipality=municipality, period=period, scope=scope, known=known)


def _drawn(
    cursor: Cursor, *, municipality: str, period: PicturePeriod, scope: PictureScope, known: Known
) -> DrawnPicture:
    knowledge = knowledge_at(cursor, municipality=municipality, period=period, scope=scope, known=known)
    set_up = knowledge.collaboration
    return DrawnPicture(
        picture=draw(knowledge),
        known=known,
        late=_late(cursor, knowledge),
        template=set_up.template(period.kind).template_id if set_up else None,
    )


def _late(cursor: Cursor, knowledge: Knowledge) -> tuple[LateReports, ...]:
    """What came in for earlier periods after their pictures were published, and has not been told yet."""
    municipality, period, position = knowledge.municipality, knowledge.period, knowledge.known.intake
    earlier = published_pictures.first_made_from(
        cursor, municipality=municipality, before=period, scope=str(knowledge.scope), position=position
    )
    if not earlier:
        return ()
    told_until = earlier[max(earlier)]
    unheard_of = {each: max(made_from, told_until) for each, made_from in earlier.items()}
    return counts.late_reports(
        cursor, FactSelection(municipality, position, knowledge.areas), known_from=unheard_of
    )


def _since(cursor: Cursor, published: list[PublishedVersion], drawn: DrawnPicture) -> tuple[int, int]:
    """How many reports have come in, and how many have changed or gone, since the latest version was made."""
    if not published:
        return 0, 0
    latest, picture = published[-1].frozen, drawn.picture
    period = picture.picture_period
    areas = None if picture.picture_scope.is_whole else frozenset(picture.scope_areas)
    asked = FactSelection(latest.municipality, drawn.made_from, areas)
    came_in = counts.late_reports(cursor, asked, known_from={period: latest.made_from})
    changed = counts.changed_reports(cursor, asked, period=period, known_from=latest.made_from)
    return sum(each.reports for each in came_in), changed
