"""How a view is written: every format from the same view, and from nothing else."""
