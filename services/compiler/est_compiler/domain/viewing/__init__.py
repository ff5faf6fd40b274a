"""What one edition of a picture shows, and what it hides."""
