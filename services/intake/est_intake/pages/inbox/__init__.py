"""The coordinators' inbox: the list, a report's own page, and what is done with it."""
