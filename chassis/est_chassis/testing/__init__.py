"""What tests of services stand on: real servers, a service that hears and tells."""

from est_chassis.testing.databases import FreshDatabase
from est_chassis.testing.hosted import HostedService, host, recorded

__all__ = ["FreshDatabase", "HostedService", "host", "recorded"]
