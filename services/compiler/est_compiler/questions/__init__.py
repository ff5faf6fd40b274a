"""What no single read model answers: what is asked of several, and what is drawn from the answers."""
