"""What the numbers suggest one might say, in Swedish and English."""
