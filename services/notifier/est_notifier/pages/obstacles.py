"""What stood in a letter's way, in words."""

from est_contracts.vocabulary import Words
from est_notifier.domain.distributions import Obstacle

OBSTACLES = {
    Obstacle.NO_MAIL_SERVER: Words(sv="Ingen e-postserver är inställd.", en="No mail server is set."),
    Obstacle.NO_ADDRESS: Words(
        sv="Funktionen har ingen e-postadress i samverkan.",
        en="The function has no e-mail address in the collaboration.",
    ),
    Obstacle.UNUSABLE_ADDRESS: Words(
        sv="E-postadressen i samverkan går inte att använda. Rätta den och skicka om.",
        en="The e-mail address in the collaboration cannot be used. Correct it and send again.",
    ),
    Obstacle.UNWRITABLE: Words(
        sv="Brevet gick inte att sätta ihop. Felet är tjänstens eget: be driften läsa loggen.",
        en="The letter could not be put together. The fault is the service's own: ask operations to read"
        " the log.",
    ),
    Obstacle.REFUSED: Words(
        sv="Mottagarens e-postserver tar inte emot brevet.",
        en="The recipient's mail server does not accept the letter.",
    ),
    Obstacle.NOT_NOW: Words(
        sv="Mottagarens e-postserver tar inte emot just nu.",
        en="The recipient's mail server does not accept it at the moment.",
    ),
    Obstacle.UNREACHABLE: Words(sv="E-postservern svarar inte.", en="The mail server does not answer."),
    Obstacle.GAVE_UP: Words(
        sv="Inget försök lyckades på tre dygn.", en="No attempt succeeded in three days."
    ),
}
