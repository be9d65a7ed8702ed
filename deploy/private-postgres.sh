#!/usr/bin/env bash
# A private PostgreSQL for one Sluice node: on a Unix socket only, in the node's data folder.
#
#   private-postgres.sh start    start it (made at first, recovered after a crash); prints the nodes' connection string
#   private-postgres.sh stop     stop it cleanly
#   private-postgres.sh status   print the nodes' connection string, or exit 3 when it is not running
#   private-postgres.sh as-owner PROGRAM [ARGS]   run psql, pg_dump or pg_restore on it as the owner of the tables
#
# The data folder is SLUICE_DATA (default: .data beside this folder). PostgreSQL refuses to run as root; for root the
# server runs as the account `postgres`, and since that account may not enter root's folders, its files then lie in
# /var/lib/sluice, with their place noted in SLUICE_DATA/postgres-home.
#
# Three roles, none of which can become another:
#   sluice_service  the nodes'. It owns nothing and has the rights that migrations grant it, so it can't rewrite
#                   history. The account that started this script is this role (peer authentication).
#   sluice          owns the database `sluice` and has no other right; for migrations, dumps and restores. It needs the
#                   password in SLUICE_DATA/postgres-owner, a connection string that only that account can read.
#   postgres        the superuser. Only the account that the server runs as.
# Each of start and stop may be killed at any point and repeated.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
# shellcheck source=deploy/prerequisites.sh
source "$here/prerequisites.sh"
umask 077

readonly start_timeout_s=600 # recovery replays at most max_wal_size
readonly stop_timeout_s=120
readonly lock_timeout_s=60
readonly database=sluice service=sluice_service owner=sluice superuser=postgres

# ---- Where things lie ---------------------------------------------------------------------------------------------

# Sets: data, caller, working_folder.
locate_data() {
  data=${SLUICE_DATA:-$here/../.data}
  mkdir -p "$data"
  data=$(cd "$data" && pwd -P)
  caller=$(id -un) || die "the user id $EUID has no name here, and PostgreSQL needs one"
  # Our folder may be closed to the server's account, which would then complain about where it was started.
  working_folder=$PWD
  cd /
}

# Sets: home (the cluster and its log), cluster, account (the server's). Fails when there is no home yet.
locate_home() {
  local note=$data/postgres-home
  home=$data/postgres
  if [[ -s $note ]]; then
    [[ $EUID -eq 0 ]] || die "$data belongs to a node that ran as root; run as root, or choose another SLUICE_DATA"
    home=$(<"$note")
    [[ -d $home ]] || die "$note points to $home, which is gone; restore it, or delete the note to begin empty"
  fi
  [[ -d $home ]] || return 1
  cluster=$home/cluster
  account=$(stat -c %U "$home")
}

# For root under a name of its own, not one made from the path: whoever deletes or moves the data folder and starts
# again must not meet the old database.
make_home() {
  if [[ $EUID -ne 0 ]]; then
    mkdir "$data/postgres"
    return
  fi
  local account=postgres new
  id -u "$account" >/dev/null 2>&1 || die "there is no account '$account' to run PostgreSQL as"
  install -d -m 0755 /var/lib/sluice
  new=$(mktemp -d /var/lib/sluice/XXXXXXXXXXXX)
  chown "$account:" "$new"
  printf '%s\n' "$new" >"$data/postgres-home.new"
  mv "$data/postgres-home.new" "$data/postgres-home"
}

digest() { printf '%s' "$1" | sha256sum | cut -c 1-12; }

# Runs a command as the server's account, with nothing of our environment but what PostgreSQL needs, and without the
# lock: a server that inherited it would hold it for as long as it runs.
as_server() {
  local identity=()
  if [[ $EUID -eq 0 ]]; then
    identity=(setpriv "--reuid=$account" "--regid=$(id -g "$account")" --init-groups --)
  fi
  "${identity[@]}" env -i "PATH=$PATH" LANG=C.UTF-8 TZ=UTC "$@" 8>&-
}

# A socket's path has 107 bytes at most, and the data folder's may be longer: hence a short folder of our own in /tmp,
# where anybody may have made one of that name before us. We take it only if it is a real folder, ours, and closed.
make_socket_folder() {
  socket=$(socket_folder)
  as_server mkdir -m 0700 "$socket" 2>/dev/null || true
  [[ $(stat -c '%F %U %a' "$socket") == "directory $account 700" ]] \
    || die "$socket is not a private folder of $account; somebody else made it. Remove it"
}

socket_folder() { printf '/tmp/sluice-%s-%s\n' "$(id -u "$account")" "$(digest "$home")"; }

find_binaries() {
  local major=
  [[ -s $cluster/PG_VERSION ]] && major=$(<"$cluster/PG_VERSION")
  bin=$(postgres_binaries "$major") \
    || die "the data in $cluster needs PostgreSQL $major, which is not installed; see docs/runbook.md, Upgrade"
}

# ---- The cluster --------------------------------------------------------------------------------------------------

# Made aside and renamed into place, so that a cluster is either whole or not there.
make_cluster() {
  [[ -s $cluster/PG_VERSION ]] && return
  local unfinished=$home/cluster.new log=$home/initdb.log
  say "sluice: creating a PostgreSQL cluster in $home"
  as_server rm -rf "$unfinished"
  # shellcheck disable=SC2016 # expanded by the inner shell
  as_server sh -c '"$1" -D "$2" -U "$3" --auth-local=peer --auth-host=reject --encoding=UTF8 --locale=C.UTF-8 \
    --data-checksums >"$4" 2>&1 && echo "include = '\''sluice.conf'\''" >>"$2/postgresql.conf"' \
    sh "$bin/initdb" "$unfinished" "$superuser" "$log" \
    || { cat "$log" >&2 || true; die "initdb failed"; }
  as_server mv "$unfinished" "$cluster"
}

# Rewritten at every start: the caller, the socket's folder and these settings may have changed. What an operator sets
# with ALTER SYSTEM comes last and wins.
configure() {
  settings | write_as_server "$cluster/sluice.conf"
  write_as_server "$cluster/pg_hba.conf" <<EOF
# Written by private-postgres.sh at every start.
local all $superuser peer map=superuser
local $database $service peer map=node
local $database $owner scram-sha-256
EOF
  write_as_server "$cluster/pg_ident.conf" <<EOF
# Written by private-postgres.sh at every start.
superuser "$account" $superuser
node "$caller" $service
EOF
}

# shellcheck disable=SC2016 # expanded by the inner shell
write_as_server() { as_server sh -c 'cat >"$1.new" && mv "$1.new" "$1"' sh "$1"; }

# An eighth of the machine's memory, from 128 MB to 4 GB: the index on ids is touched all over, and pages of it that
# don't fit are written out to be read again.
shared_buffers_mb() {
  local kb
  kb=$(awk '$1 == "MemTotal:" { print $2 }' /proc/meminfo 2>/dev/null) || kb=''
  local mb=$((${kb:-2097152} / 1024 / 8))
  ((mb >= 128)) || mb=128
  ((mb <= 4096)) || mb=4096
  echo "$mb"
}

settings() {
  cat <<EOF
# Written by private-postgres.sh at every start; change settings with ALTER SYSTEM instead.
listen_addresses = ''
unix_socket_directories = '$socket'
unix_socket_permissions = 0777            # the folder is closed; root's node connects through it
max_connections = 200             # four nodes with forty-odd each

# Usage that was acknowledged is on disk. None of these is for tuning.
fsync = on
synchronous_commit = on
full_page_writes = on

# Two cores, many small commits and COPY: few checkpoints, spread out, small WAL.
shared_buffers = $(shared_buffers_mb)MB
wal_compression = on
max_wal_size = 4GB
min_wal_size = 256MB
checkpoint_timeout = 15min
checkpoint_completion_target = 0.9
jit = off

# Hot counter rows are updated all the time and the ledger only grows: vacuum early, in small steps.
autovacuum_naptime = 15s
autovacuum_vacuum_scale_factor = 0.05
autovacuum_vacuum_insert_scale_factor = 0.1
autovacuum_max_workers = 2

# A file a day, a week of them.
logging_collector = on
log_directory = '../log'
log_filename = 'postgresql-%a.log'
log_rotation_age = 1d
log_rotation_size = 0
log_truncate_on_rotation = on
log_line_prefix = '%m [%p] %q%u@%d '
log_checkpoints = on
log_lock_waits = on
timezone = 'UTC'
EOF
}

# Prints the ids of the server processes that work in this cluster. Asked of the kernel, by the folder they are in:
# the id in postmaster.pid may since have gone to somebody else (after a reboot, in a new container).
server_processes() {
  # shellcheck disable=SC2016 # expanded by the inner shell
  as_server sh -c '
    find /proc -maxdepth 2 -path "/proc/[0-9]*/cwd" -printf "%h %l\n" 2>/dev/null | while read -r process folder; do
      [ "$folder" = "$1" ] || continue
      case $(cat "$process/comm" 2>/dev/null) in postgres*) echo "${process#/proc/}" ;; esac
    done' sh "$cluster"
}

postmaster_id() { as_server head -n 1 "$cluster/postmaster.pid" 2>/dev/null || true; }

is_running() {
  local id
  id=$(postmaster_id)
  [[ -n $id ]] && grep -qx -- "$id" <<<"$(server_processes)"
}

# Of a killed server, first waits for the processes that still finish (they notice within moments), then removes what
# names it: PostgreSQL takes those files for a living server's if any process, even a dead one that nobody has reaped
# yet, has that id now.
clear_dead_server() {
  local waited_s=0 left
  while left=$(server_processes) && [[ -n $left ]]; do
    [[ $waited_s -lt 30 ]] || die "processes of a killed PostgreSQL are still at work: ${left//$'\n'/ }"
    sleep 1
    waited_s=$((waited_s + 1))
  done
  as_server rm -f "$cluster/postmaster.pid" "$socket/.s.PGSQL.5432" "$socket/.s.PGSQL.5432.lock"
}

start_server() {
  clear_dead_server
  # A session of its own, so that Ctrl-C in the terminal reaches the node but not the database it still writes to.
  # shellcheck disable=SC2016 # expanded by the inner shell
  as_server setsid -w sh -c '
    mkdir -p "$2/log" && rm -f "$2/log/start.log" &&
    exec "$1" -D "$2/cluster" -l "$2/log/start.log" -s -w -t "$3" start' \
    sh "$bin/pg_ctl" "$home" "$start_timeout_s" </dev/null >/dev/null \
    || { show_log; die "PostgreSQL did not start; see above, or $home/log"; }
}

show_log() {
  as_server tail -q -n 15 "$home/log/start.log" "$home/log/postgresql-$(LC_ALL=C date -u +%a).log" >&2 || true
}

stop_server() {
  as_server "$bin/pg_ctl" -D "$cluster" -s -w -t "$stop_timeout_s" -m "$1" stop </dev/null >/dev/null
}

psql_as_superuser() {
  as_server "$bin/psql" -XAtq -v ON_ERROR_STOP=1 -h "$socket" -U "$superuser" -d postgres "$@" 8>&-
}

# A cluster from before there were two roles has the owner already; migrations give the other one its rights.
make_database() {
  local password
  password=$(od -An -v -tx1 -N 32 /dev/urandom | tr -d ' \n')
  psql_as_superuser >/dev/null <<EOF
select 'create role ' || name || ' login' from unnest(array['$owner', '$service']) as name
where not exists (select from pg_roles where rolname = name) \gexec
select 'create database $database owner $owner'
where not exists (select from pg_database where datname = '$database') \gexec
revoke all on database $database from public;
grant connect on database $database to $service;
set password_encryption = 'scram-sha-256';
alter role $owner password '$password';
EOF
  # A new password at every start; the file is written whole or not at all.
  printf '%s;Password=%s\n' "$(connection_string "$owner")" "$password" >"$data/postgres-owner.new"
  mv "$data/postgres-owner.new" "$data/postgres-owner"
}

# ---- Commands -----------------------------------------------------------------------------------------------------

# One start or stop at a time; and once begun, it ends: a server started by a script that was told to stop halfway
# would be nobody's.
lock() {
  trap '' INT TERM HUP
  exec 8>"$data/postgres.lock"
  flock -w "$lock_timeout_s" 8 || die "another start or stop of the database in $data does not come to an end"
}

connection_string() { printf 'Host=%s;Username=%s;Database=%s' "$socket" "$1" "$database"; }

print_connection_string() { printf '%s\n' "$(connection_string "$service")"; }

start() {
  require_postgres
  lock
  if ! locate_home; then
    make_home
    locate_home
  fi
  find_binaries
  make_socket_folder
  make_cluster
  configure
  if is_running; then
    say "sluice: PostgreSQL of an earlier run is still running; using it"
    as_server "$bin/pg_ctl" -D "$cluster" -s reload || true
    # It may be dying at this moment, or its socket may have been swept out of /tmp.
    psql_as_superuser -c 'select 1' >/dev/null 2>&1 || { stop_server fast || true; start_server; }
  else
    start_server
  fi
  make_database
  print_connection_string
}

stop() {
  # A start that is still at work is waited for, and what it started is stopped.
  lock
  locate_home || return 0
  if [[ -s $cluster/PG_VERSION ]]; then
    find_binaries
    # A session that does not end in time is cut off; the next start recovers what it had committed.
    ! is_running || stop_server fast || stop_server immediate
  fi
  rmdir "$(socket_folder)" 2>/dev/null || true
}

status() {
  locate_home && [[ -s $cluster/PG_VERSION ]] && is_running || exit 3
  socket=$(socket_folder)
  print_connection_string
}

as_owner() {
  [[ $# -gt 0 ]] || die "as-owner needs a program, such as psql"
  if ! locate_home || [[ ! -s $cluster/PG_VERSION ]] || ! is_running; then
    die "the database in $data is not running"
  fi
  socket=$(socket_folder)
  find_binaries
  local connection
  connection=$(<"$data/postgres-owner") || die "only who started the database can read $data/postgres-owner"
  cd "$working_folder"
  exec env "PATH=$bin:$PATH" "PGHOST=$socket" "PGUSER=$owner" "PGDATABASE=$database" \
    "PGPASSWORD=${connection##*;Password=}" "$@"
}

main() {
  local command=${1:-}
  case $command in
    start | stop | status)
      locate_data
      "$command"
      ;;
    as-owner)
      locate_data
      shift
      as_owner "$@"
      ;;
    *)
      say "usage: private-postgres.sh start|stop|status|as-owner PROGRAM [ARGS]"
      exit 2
      ;;
  esac
}

main "$@"
