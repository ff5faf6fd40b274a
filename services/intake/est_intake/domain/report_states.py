"""Where a report stands, as a coordinator sorts them."""

from enum import StrEnum

from est_contracts.vocabulary import Words


class ReportState(StrEnum):
    """The state of a report (läge i granskningen): one at a time, the last that holds."""

    NEW = "new"
    LOOKED_AT = "looked_at"
    DUPLICATE = "duplicate"
    WITHDRAWN = "withdrawn"


REPORT_STATE_WORDS: dict[ReportState, Words] = {
    ReportState.NEW: Words(sv="Ny", en="New"),
    ReportState.LOOKED_AT: Words(sv="Granskad", en="Looked at"),
    ReportState.DUPLICATE: Words(sv="Dubblett", en="Duplicate"),
    ReportState.WITHDRAWN: Words(sv="Återtagen", en="Withdrawn"),
}


def state_of(*, is_looked_at: bool, is_duplicate: bool, is_withdrawn: bool) -> ReportState:
    if is_withdrawn:
        return ReportState.WITHDRAWN
    if is_duplicate:
        return ReportState.DUPLICATE
    return ReportState.LOOKED_AT if is_looked_at else ReportState.NEW
