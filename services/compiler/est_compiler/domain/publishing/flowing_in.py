"""What flows from a local group's published picture into the strategic one (organisation model B)."""

from est_compiler.domain.compiling.local_groups import LocalPicture
from est_compiler.domain.publishing.frozen_picture import PublishedVersion
from est_contracts.vocabulary import LocalGroup


def as_local_picture(group: LocalGroup, published: PublishedVersion | None) -> LocalPicture:
    """The level, the headline and the chosen sentences of a version; a group may have published none."""
    if published is None:
        return LocalPicture(group.group_id, group.name)
    frozen = published.frozen
    return LocalPicture(
        group=group.group_id,
        name=group.name,
        version=published.version,
        level=frozen.level,
        headline=frozen.headline,
        sentences=frozen.sentences,
        reports=frozen.reports,
        fingerprint=frozen.fingerprint,
    )
