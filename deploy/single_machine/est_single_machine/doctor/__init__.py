"""Checks of the computer and of the servers, each a question with an answer and, if need be, a remedy."""
