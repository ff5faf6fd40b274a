"""Lägesbild: what all the reports of a week say together."""
