#!/bin/sh
# Makes the roles and the database; run by the image of PostgreSQL when it creates its data. Passwords are passed as
# variables of psql, which quotes them.
#   sluice            owns the tables; for migrations only
#   sluice_service    the nodes'; has the rights that migrations grant it, and can't rewrite history
#   sluice_collector  reads statistics
set -eu
psql --username "$POSTGRES_USER" --dbname postgres --set ON_ERROR_STOP=1 \
  --set owner="$POSTGRES_OWNER_PASSWORD" --set service="$POSTGRES_SERVICE_PASSWORD" \
  --set collector="$POSTGRES_COLLECTOR_PASSWORD" <<'EOF'
create role sluice login password :'owner';
create role sluice_service login password :'service';
create role sluice_collector login password :'collector' in role pg_monitor;
create database sluice owner sluice;
revoke all on database sluice from public;
grant connect on database sluice to sluice_service, sluice_collector;
EOF
