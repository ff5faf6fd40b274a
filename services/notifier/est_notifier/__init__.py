"""Notifier: alerts the duty officer, shows what happens live, and sends out the pictures."""
