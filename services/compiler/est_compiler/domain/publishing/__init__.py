"""Freezing what was signed, and correcting it by a new version."""
