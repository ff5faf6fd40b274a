"""What the services say to each other, and the words they share."""
