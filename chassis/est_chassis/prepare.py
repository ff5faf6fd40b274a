"""Gives services their homes in the database: ``python -m est_chassis.prepare est_intake``.

Run with the owner's rights before a service is started for the first time, and after each upgrade;
safe to repeat.  The services themselves never have these rights.

    EST_OWNER_DATABASE_URL   address with the rights to create roles and schemas
    EST_ROLE_PASSWORD        password to give the service's role (left as it is when not given)
    EST_INTAKE_PASSWORD      the same for one service, when several are named
"""

import importlib
import os
import sys
from collections.abc import Sequence

from est_chassis.database import prepare


def main(packages: Sequence[str]) -> None:
    """Make the role, the schemas and the tables of the service in each package."""
    for package in packages:
        name = package.removeprefix("est_")
        service = importlib.import_module(f"{package}.service")
        prepare(
            os.environ["EST_OWNER_DATABASE_URL"],
            name,
            password=os.environ.get(f"EST_{name.upper()}_PASSWORD") or os.environ.get("EST_ROLE_PASSWORD"),
            beside_tables=getattr(service, "BESIDE_TABLES", ""),
        )


if __name__ == "__main__":
    main(sys.argv[1:])
