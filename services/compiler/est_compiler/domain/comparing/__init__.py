"""Two pictures side by side, and what has changed between them."""
