"""The page of a return: what is filled in, and what is answered."""
