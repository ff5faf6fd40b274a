"""The page of counts for a period."""
