#!/bin/sh
# Runs once, in a new database: the owner of everything of ours.  Not a superuser: it makes the services'
# roles and schemas (est_chassis.prepare) and owns their events, so that no service can change what happened.
set -eu
owner="${EST_OWNER:-est_owner}"
secret="${EST_OWNER_PASSWORD_FILE:-/run/secrets/owner_password}"
psql --set ON_ERROR_STOP=1 --no-psqlrc --quiet \
     --username "${POSTGRES_USER:-postgres}" --dbname "${POSTGRES_DB:-est}" \
     --set owner="$owner" --set password="$(cat "$secret")" --set database="${POSTGRES_DB:-est}" <<'SQL'
CREATE ROLE :"owner" LOGIN CREATEROLE PASSWORD :'password';
ALTER DATABASE :"database" OWNER TO :"owner";
-- Only who is named may connect: PostgreSQL's default is everybody.
REVOKE CONNECT, TEMPORARY ON DATABASE :"database" FROM PUBLIC;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
SQL
