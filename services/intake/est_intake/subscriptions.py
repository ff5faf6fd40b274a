"""What intake hears: nothing. Facts begin here."""

from est_chassis.subscriptions import Subscriptions

subscriptions = Subscriptions("intake")
