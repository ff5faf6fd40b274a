"""The names that a municipality's own set-up uses: they are no individual's, whatever they look like."""

from __future__ import annotations

from est_contracts.vocabulary import CollaborationDocument


def known_names(document: CollaborationDocument) -> frozenset[str]:
    """Of areas, places and organisations: Mariaparken, Fastighets AB Anna Larsson."""
    return frozenset(
        [
            *(area.name for area in document.areas),
            *(place.name for place in document.places),
            *(organisation.name for organisation in document.organisations),
        ]
    )
