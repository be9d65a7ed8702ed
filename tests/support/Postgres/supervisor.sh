# Owns one private PostgreSQL for a test process; run by Supervisor.cs as:
#   sh -c <this> supervisor <folder of the programs> <folder for the files>
# It takes one command a line on its stdin and answers each with one line, `ok ...` or `failed ...`. The end of its
# stdin means that the test process is gone, however it went: the server is stopped and its files are deleted. Since
# this one process both starts and ends the server, there is no instant at which a kill could leave one behind.
bin=$1 parent=$2
# A Ctrl-C in the terminal is for the test process; this one leaves when its stdin ends.
trap '' INT TERM HUP QUIT PIPE
umask 077
root=$(mktemp -d "$parent/sluice-pg.XXXXXXXX") || { echo "failed no folder in $parent"; exit 1; }
data=$root/data

answer() {
  # "$@" writes to a file, never to our stdout: a server that inherited the pipe would keep the test process waiting.
  if "$@" >>"$root/supervisor.log" 2>&1 </dev/null; then
    echo "ok $root"
  else
    echo "failed $* : $(cat "$root/supervisor.log" "$root/server.log" 2>/dev/null | tail -n 20 | tr '\n' ' ')"
  fi
}

create() {
  # Not synced: only the power supply could lose it, and then the test is lost as well.
  "$bin/initdb" -D "$data" -U postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync || return 1
  {
    echo "listen_addresses = ''"
    echo "unix_socket_directories = '$root'"
    echo "unix_socket_permissions = 0700"
    # As durable as in production: tests kill servers and count what is left.
    echo "fsync = on"
    echo "full_page_writes = on"
    echo "synchronous_commit = on"
    echo "jit = off"
    echo "max_connections = 300"
    echo "shared_buffers = 64MB"
    echo "timezone = 'UTC'"
  } >>"$data/postgresql.conf"
}

start() {
  "$bin/pg_ctl" -D "$data" -l "$root/server.log" -w -t 60 start
}

stop() {
  # Already gone (a test killed it) is as good as stopped.
  "$bin/pg_ctl" -D "$data" status || return 0
  "$bin/pg_ctl" -D "$data" -w -t 60 -m "$1" stop
}

while read -r command argument; do
  case $command in
    create) answer create ;;
    start) answer start ;;
    stop) answer stop "$argument" ;;
    *) echo "failed unknown command $command" ;;
  esac
done

stop immediate >/dev/null 2>&1 </dev/null
rm -rf "$root"
