"""What one can ask."""
