"""What is true and what is forbidden in intake."""
