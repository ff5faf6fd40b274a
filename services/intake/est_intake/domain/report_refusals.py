"""What stands in the way of changing a report."""

from est_contracts.vocabulary import Rejected, Words


class ReportIsWithdrawn(Rejected):
    """The report has been withdrawn already, and for another reason."""

    code = "report_is_withdrawn"
    words = Words(
        sv="Rapporten är redan återtagen av ett annat skäl.",
        en="The report has already been withdrawn for another reason.",
    )


class ReportCountsNoMore(Rejected):
    """The report is withdrawn: it can count again, but not be changed."""

    code = "report_counts_no_more"
    words = Words(
        sv="Rapporten är återtagen. Låt den räknas igen först.",
        en="The report is withdrawn. Let it count again first.",
    )


class ReportHasChanged(Rejected):
    """Somebody has corrected the report since the caller read it."""

    code = "report_has_changed"
    http_status = 412
    words = Words(
        sv="Rapporten har rättats sedan du hämtade den. Hämta den igen och gör om din ändring.",
        en="The report has been corrected since you fetched it. Fetch it again and redo your change.",
    )


class ReportIsItsOwnDuplicate(Rejected):
    """A report cannot tell of the same incident as itself."""

    code = "report_is_its_own_duplicate"
    words = Words(
        sv="En rapport kan inte vara en dubblett av sig själv.",
        en="A report cannot be a duplicate of itself.",
    )


class OriginalIsADuplicate(Rejected):
    """The report that is to stay is a duplicate itself."""

    code = "original_is_a_duplicate"
    words = Words(
        sv="Den andra rapporten är själv en dubblett. Välj den som räknas.",
        en="The other report is a duplicate itself. Choose the one that counts.",
    )


class OriginalIsWithdrawn(Rejected):
    """The report that is to stay does not count."""

    code = "original_is_withdrawn"
    words = Words(
        sv="Den andra rapporten är återtagen. Då skulle händelsen inte räknas alls.",
        en="The other report is withdrawn. The incident would not count at all.",
    )


class ReportIsADuplicateOfAnother(Rejected):
    """The report has been marked a duplicate already, of another report."""

    code = "report_is_a_duplicate_of_another"
    words = Words(
        sv="Rapporten är redan markerad som dubblett av en annan rapport.",
        en="The report is already marked as a duplicate of another report.",
    )


class WordsAreErased(Rejected):
    """The words of the report are erased for good; the facts can still be corrected."""

    code = "words_are_erased"
    words = Words(
        sv="Rapportens text är gallrad och tar inte emot ny text. Uppgifterna kan fortfarande rättas.",
        en="The report's text is erased and takes no new text. The facts can still be corrected.",
    )


class ReportSaysSomethingElse(Rejected):
    """Another report has been recorded under the same report_id."""

    code = "report_says_something_else"
    words = Words(
        sv="Det finns redan en rapport med detta report_id och annat innehåll. Ge den nya ett nytt id.",
        en="There is already a report with this report_id and other content. Give the new report a new id.",
    )
