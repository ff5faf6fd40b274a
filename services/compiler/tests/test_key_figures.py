"""The figures at the top of a picture are written as everything below them is."""

from edition_briefs import brief_of, reported, running

from est_chassis.web.languages import Language
from est_compiler.domain.knowledge import Slot
from est_compiler.domain.viewing.build import view_of
from est_compiler.pages.reading.figures import figures_of
from est_contracts.vocabulary import Edition


def test_thousands_stand_apart_in_a_figure_and_in_what_it_is_held_against() -> None:
    brief = running(brief_of(reported(reports=1634), reported(reports=2500, slot=Slot.PREVIOUS)))

    swedish, english = (
        figures_of(view_of(brief, Edition.INTERNAL), is_running=True, language=language)[0]
        for language in Language
    )

    assert (swedish.value, swedish.note) == ("1\u00a0634", "hela v.\u00a046: 2\u00a0500")
    assert (english.value, english.note) == ("1,634", "all of week\u00a046: 2,500")
