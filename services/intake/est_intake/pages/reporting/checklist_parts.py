"""A checklist of up to several dozen entries, arranged so that a thumb finds what it looks for."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from est_contracts.vocabulary import Checklist, ChecklistEntry, Party, Words
from est_intake.domain.collaboration import SetUpInUse

#: Entries longer than this stand one below the other on a phone.
LONG_WORDS = 45
#: More entries than this can be searched.
MANY_ENTRIES = 12

OFTEN_BY_OTHERS = Words(
    sv="Fler punkter, som mest rapporteras av andra", en="More, mostly reported by others"
)


@dataclass(frozen=True)
class ChecklistPart:
    """Entries that stand together; those of one's own party stand open."""

    title: Words | None
    entries: tuple[ChecklistEntry, ...]
    is_open: bool

    @property
    def has_long_entries(self) -> bool:
        return any(len(entry.words.sv) > LONG_WORDS for entry in self.entries)


def parts_for(set_up: SetUpInUse, party: Party | None) -> tuple[ChecklistPart, ...]:
    """The checklists in use, what one's own party reports first."""
    lists = set_up.document.checklists_in_use()
    parts = [part for each in lists for part in _parts_of(each, party, is_one_of_several=len(lists) > 1)]
    if not any(part.is_open for part in parts):
        # A party that no group is meant for has to look through them all.
        return tuple(replace(part, is_open=True) for part in parts)
    return tuple(sorted(parts, key=lambda part: not part.is_open))


def _parts_of(
    checklist: Checklist, party: Party | None, *, is_one_of_several: bool
) -> Iterable[ChecklistPart]:
    outside = [entry for entry in checklist.entries if entry.group is None]
    theirs = tuple(entry for entry in outside if entry.party in (None, party))
    others = tuple(entry for entry in outside if entry not in theirs)
    if theirs:
        yield ChecklistPart(checklist.title if is_one_of_several else None, theirs, is_open=True)
    for group in checklist.groups:
        inside = tuple(entry for entry in checklist.entries if entry.group == group.group_id)
        if inside:
            yield ChecklistPart(group.words, inside, is_open=group.party == party)
    if others:
        yield ChecklistPart(OFTEN_BY_OTHERS, others, is_open=False)
