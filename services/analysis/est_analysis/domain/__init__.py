"""What is true of problems, and what is forbidden."""
