"""Seats: whose they are, how a device is bound to one, and those that the demo lends."""
