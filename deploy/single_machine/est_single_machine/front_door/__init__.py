"""One address in front of the four services: it forwards, streams, and says when a service is away."""
