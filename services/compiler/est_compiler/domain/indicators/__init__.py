"""The structural indicators, year by year."""
