"""How the notifier reaches people: the live stream and e-mail."""
