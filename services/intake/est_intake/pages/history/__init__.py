"""What was changed afterwards, from what to what, in words."""
