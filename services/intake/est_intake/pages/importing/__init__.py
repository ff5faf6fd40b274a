"""The pages of an import, from a file to its outcome."""
