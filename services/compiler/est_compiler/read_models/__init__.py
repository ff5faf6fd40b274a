"""What one can ask: facts, set-ups and published pictures, and the pictures drawn from them."""
