# shellcheck shell=bash
# Nodes: which ports they take, how they are started, watched and stopped. `./run` starts one, `./run cluster` several
# of the same program. Sourced by ./run, whose data folder, connection string and signal handling it uses.

readonly look_every_s=1
readonly ready_timeout_s=120
readonly restart_pause_max_s=10
readonly starts_without_success_max=3 # of a node that has never been ready
readonly stop_timeout_s=60            # a node gives itself about 30

# By number of the node: its process id, empty while it pauses; how often it ended before it was ready; when its pause
# is over; and whether it was ever ready.
nodes=() ended_early=() pause_over=() was_ready=()

# Set for a cluster, whose nodes have numbers, ports that count up, and are started again when they end. The only node
# of `./run` keeps the settings it is given, and `./run` ends with it.
numbered=''

# ---- Ports --------------------------------------------------------------------------------------------------------

# Sets: listen_host (with scheme), listen_port, silo_port, gateway_port, each those of node 0. The last two are 0 where
# no setting names them: then each node chooses free ports itself.
plan_ports() {
  local -i count=$1
  local listen=${SLUICE_LISTEN:-http://127.0.0.1:8080}
  [[ $listen =~ ^(https?://[^/;]+):([1-9][0-9]{0,4})/?$ ]] \
    || die "SLUICE_LISTEN is '$listen'; a cluster counts up from one address with a port, like http://127.0.0.1:8080"
  listen_host=${BASH_REMATCH[1]} listen_port=${BASH_REMATCH[2]}
  read_port silo_port SLUICE_SILO_PORT
  read_port gateway_port SLUICE_GATEWAY_PORT

  local -A taken=()
  local -i i
  local port
  for ((i = 0; i < count; i++)); do
    for port in $(ports_of_node "$i"); do
      [[ $port -le 65535 ]] || die "node $i would listen on port $port; the last one is 65535"
      [[ -z ${taken[$port]:-} ]] || die "two nodes or purposes would share port $port; SLUICE_LISTEN," \
        "SLUICE_SILO_PORT and SLUICE_GATEWAY_PORT count up by one for each node"
      taken[$port]=1
    done
  done
}

# Sets variable $1 to the port of setting $2, or to 0.
read_port() {
  local text=${!2:-0}
  [[ $text =~ ^[0-9]{1,5}$ && $((10#$text)) -le 65535 ]] || die "$2 is '$text'; it is a port from 0 to 65535"
  printf -v "$1" '%d' "$((10#$text))"
}

# Prints the ports that node $1 does not choose itself.
ports_of_node() {
  local port
  for port in "$listen_port" "$silo_port" "$gateway_port"; do
    [[ $port -eq 0 ]] || echo $((port + $1))
  done
}

# Something that listens on one of them would make a node fail with a message that explains much less.
check_ports_are_free() {
  local -i count=$1 i
  local port
  for ((i = 0; i < count; i++)); do
    for port in $(ports_of_node "$i"); do
      ! answers "$port" || die "port $port, which node $i needs, is in use; end what listens there, or choose another" \
        "SLUICE_LISTEN, SLUICE_SILO_PORT or SLUICE_GATEWAY_PORT (node $i adds $i to each)"
    done
  done
}

# The same for the one node of `./run`, before minutes are spent on building it. Other forms of the setting are left to
# the node.
check_port_is_free() {
  local listen=${SLUICE_LISTEN:-http://127.0.0.1:8080}
  [[ $listen =~ ^(https?://[^/;]+):([1-9][0-9]{0,4})/?$ && ${BASH_REMATCH[2]} -le 65535 ]] || return 0
  ! answers "${BASH_REMATCH[2]}" || die "SLUICE_LISTEN is $listen, which another program listens on." \
    "Stop it, or set SLUICE_LISTEN to another address"
}

# Listeners on all addresses answer here too; one on a single other address is found by the node itself.
answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# ---- Starting -----------------------------------------------------------------------------------------------------

# Takes the data folder, starts the database and then $1 nodes.
start_nodes() {
  local -i count=$1 i
  node_program=$root/silo/bin/Release/net10.0/Sluice.Silo.dll
  [[ -f $node_program ]] || die "Sluice is not built: $node_program is missing"
  take_data_folder
  [[ -z $numbered ]] || check_ports_are_free "$count"
  start_database
  migrate
  # Left by nodes that were killed; there may have been more of them.
  rm -f "$data"/node.pid "$data"/node-*.pid "$data"/node-*.ready
  for ((i = 0; i < count; i++)); do
    [[ -z $stopping ]] || exit 0
    ended_early[i]=0
    start_node "$i"
  done
}

start_node() {
  local -i i=$1
  rm -f "$data/node-$i.ready"
  node_process "$i" > >(pass_output "$i" 9>&-) &
  nodes[i]=$!
}

# Becomes node $1, in a session of its own: Ctrl-C reaches it through this script, once. If this script dies without
# having asked it to stop, the kernel does.
node_process() {
  local -i i=$1
  cd "$(dirname "$node_program")"
  export SLUICE_DATA=$data SLUICE_POSTGRES=$connection
  unset SLUICE_POSTGRES_OWNER
  if [[ -n $numbered ]]; then
    export SLUICE_NODE=$i SLUICE_LISTEN=$listen_host:$((listen_port + i))
    [[ $silo_port -eq 0 ]] || export SLUICE_SILO_PORT=$((silo_port + i))
    [[ $gateway_port -eq 0 ]] || export SLUICE_GATEWAY_PORT=$((gateway_port + i))
  fi
  exec setsid setpriv --pdeathsig TERM dotnet "$node_program"
}

# Passes the output of node $1 on, and keeps the address out of its last start-up line in a file, which says that the
# node has been ready.
pass_output() {
  trap '' INT TERM HUP
  local line
  while IFS= read -r line; do
    if [[ $line == 'Sluice is ready on '* ]]; then
      # Before the line itself, which is the last of a start.
      [[ $1 -ne 0 || ${SLUICE_ROLE:-all} == silo ]] \
        || say "sluice: the console is at ${line##* }/console; the operator's token is in $data/operator-token"
      printf '%s\n' "${line##* }" >"$data/node-$1.ready"
    fi
    printf '%s\n' "$line"
  done
}

# Sets: url, the address of node 0, once that is ready.
wait_until_ready() {
  local waited=0
  until [[ -s $data/node-0.ready ]]; do
    kill -0 "${nodes[0]}" 2>/dev/null || die "the node ended before it was ready; see above"
    [[ $waited -lt $((ready_timeout_s * 10)) ]] || die "the node is not ready after $ready_timeout_s s"
    [[ -z $stopping ]] || exit 0
    sleep 0.1
    waited=$((waited + 1))
  done
  url=$(<"$data/node-0.ready")
}

# ---- Watching -----------------------------------------------------------------------------------------------------

# Returns when a signal asks for the stop. The pause is among what is waited for, so that the end of a node, or a
# signal, that came just before `wait` is seen after it.
watch_nodes() {
  local -i i
  while [[ -z $stopping ]]; do
    sleep "$look_every_s" 9>&- &
    wait -n 2>/dev/null || true
    for ((i = 0; i < ${#nodes[@]}; i++)); do
      [[ -z $stopping ]] || return 0
      look_after_node "$i"
    done
  done
}

# Starts node $1 of a cluster again if it has ended and paused long enough. A node that was ready is started again for
# as long as it takes: it may be the database that is away. One that never was has left a reason above.
look_after_node() {
  local -i i=$1 code=0 pause
  if [[ -z ${nodes[i]} ]]; then
    [[ $SECONDS -lt ${pause_over[i]} ]] || start_node "$i"
    return 0
  fi
  ! kill -0 "${nodes[i]}" 2>/dev/null || return 0
  wait "${nodes[i]}" 2>/dev/null || code=$? # bash would say in its own words that it was killed
  nodes[i]=''
  if [[ -z $numbered ]]; then
    [[ -e $data/node-$i.ready ]] || die "the node could not start (exit code $code); see above"
    say "sluice: the node ended by itself (exit code $code)"
    exit "$code"
  fi
  if [[ -e $data/node-$i.ready ]]; then
    was_ready[i]=1
    ended_early[i]=0
  fi
  ended_early[i]=$((ended_early[i] + 1))
  [[ -n ${was_ready[i]:-} || ${ended_early[i]} -lt $starts_without_success_max ]] \
    || die "node $i has ended ${ended_early[i]} times without getting ready (exit code $code); see above"
  pause=$((ended_early[i] < 4 ? 1 << (ended_early[i] - 1) : restart_pause_max_s))
  pause_over[i]=$((SECONDS + pause))
  say "sluice: node $i ended by itself (exit code $code) and is started again in $pause s"
}

# ---- Stopping -----------------------------------------------------------------------------------------------------

# Runs at every exit of the script. A node that sleeps or hangs is killed in the end: its session is fenced as after any
# other crash. Fails when a node did not stop cleanly.
stop_nodes() {
  local -i i code failed=0 deadline=$((SECONDS + stop_timeout_s))
  signal_nodes TERM || true
  while [[ $SECONDS -lt $deadline ]] && signal_nodes 0; do
    sleep 0.1
  done
  signal_nodes KILL || true
  for ((i = 0; i < ${#nodes[@]}; i++)); do
    [[ -n ${nodes[i]} ]] || continue
    code=0
    wait "${nodes[i]}" 2>/dev/null || code=$?
    # 143 is a node that SIGTERM met before it could handle it.
    [[ $code -ne 0 && $code -ne 143 ]] || continue
    say "sluice: $([[ -n $numbered ]] && echo "node $i" || echo "the node") did not stop cleanly (exit code $code)"
    failed=1
  done
  nodes=()
  return "$failed"
}

# Sends a signal to the nodes that run; fails when there are none.
signal_nodes() {
  local id code=1
  for id in "${nodes[@]}"; do
    [[ -z $id ]] || ! kill -s "$1" "$id" 2>/dev/null || code=0
  done
  return "$code"
}
