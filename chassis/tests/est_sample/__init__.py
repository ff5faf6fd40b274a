"""A service that only has pages; the tests of the frame show its."""
