"""What is true of alerts and distributions, and what is forbidden."""
