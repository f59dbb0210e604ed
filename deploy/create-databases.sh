#!/bin/sh
# Makes one role and one database per service, each closed to the others; run again, it sets the
# passwords anew. Roles are ordinary ones, so that row-level security holds them.
# Reads <SERVICE>_DATABASE_PASSWORD; psql connects as its own variables say (PGHOST, PGUSER...), as
# a superuser. Arguments are names of services; without any, all that have a database.
set -eu
if [ $# -eq 0 ]; then set -- identity intake review opinions notifications audit; fi

for service in "$@"; do
    variable="$(echo "$service" | tr '[:lower:]' '[:upper:]')_DATABASE_PASSWORD"
    password=$(printenv "$variable") || { echo "create-databases: $variable is not set" >&2; exit 1; }
    case $password in
        '' | *[!A-Za-z0-9_-]*)
            echo "create-databases: $variable may hold letters, digits, _ and - only" >&2; exit 1 ;;
    esac
    # psql puts the values in, quoted; the password never stands on a command line.
    psql -v ON_ERROR_STOP=1 --no-psqlrc --quiet --username "${PGUSER:-${POSTGRES_USER:-postgres}}" \
        --dbname "${PGDATABASE:-postgres}" <<SQL
\set service $service
\set password $password
SELECT format('CREATE ROLE %I LOGIN', :'service')
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'service') \gexec
ALTER ROLE :"service" LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD :'password';
SELECT format('CREATE DATABASE %I OWNER %I', :'service', :'service')
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'service') \gexec
REVOKE ALL ON DATABASE :"service" FROM PUBLIC;
SQL
done
