"""The phone page and what follows it: the receipt, a reporter's own reports, and what works without a net."""
