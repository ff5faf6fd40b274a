"""Gives a service its home in the database: ``python -m est_chassis.prepare est_intake``.

Run with the owner's rights before a service is started for the first time, and after each upgrade;
safe to repeat.  The services themselves never have these rights.

    EST_OWNER_DATABASE_URL   address with the rights to create roles and schemas
    EST_ROLE_PASSWORD        password to give the service's role (left as it is when not given)
"""

import importlib
import os
import sys

from est_chassis.database import prepare


def main(package: str) -> None:
    """Make the role, the schemas and the tables of the service in the package."""
    service = importlib.import_module(f"{package}.service")
    prepare(
        os.environ["EST_OWNER_DATABASE_URL"],
        package.removeprefix("est_"),
        password=os.environ.get("EST_ROLE_PASSWORD"),
        beside_tables=getattr(service, "BESIDE_TABLES", ""),
    )


if __name__ == "__main__":
    main(sys.argv[1])
