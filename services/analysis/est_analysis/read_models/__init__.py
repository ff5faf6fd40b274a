"""What one can ask of analysis."""
