"""Drawing: from what is known to what a picture says."""
