"""What a service counts; Prometheus reads it at /metrics."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

SECONDS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5)


class Metrics:
    """One set per service, so that several can live in one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.use_case_seconds = Histogram(
            "est_use_case_seconds", "From asking to committed", registry=self.registry, buckets=SECONDS
        )
        self.refused = Counter("est_use_cases_refused", "Refused by a rule or failed", registry=self.registry)
        self.facts_taken_in = Counter(
            "est_facts_taken_in", "Messages and own events taken in", ["upstream"], registry=self.registry
        )
        self.position = Gauge(
            "est_position", "Last position taken in or recorded", ["upstream"], registry=self.registry
        )
        self.relay_lag = Gauge(
            "est_relay_lag", "Recorded events not yet told (at most one batch)", registry=self.registry
        )
        self.relay_stuck = Gauge(
            "est_relay_stuck", "Position of the event that cannot be told; 0 if none", registry=self.registry
        )
        self.dead_letters = Gauge(
            "est_dead_letters", "Messages given up and not yet settled", registry=self.registry
        )
        self.nats_connected = Gauge("est_nats_connected", "1 while connected to NATS", registry=self.registry)
