"""Doors without an account, and what came in through them."""
