#!/bin/sh
# Secrets come as files, settings are read from the environment:
# /run/secrets/est_session_secret becomes EST_SESSION_SECRET.
set -eu
secrets="${EST_SECRETS_DIRECTORY:-/run/secrets}"
for file in "$secrets"/est_*; do
  [ -f "$file" ] || continue
  name=$(basename "$file" | tr '[:lower:]' '[:upper:]')
  export "$name=$(cat "$file")"
done
exec "$@"
