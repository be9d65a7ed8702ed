# shellcheck shell=bash
# The nodes of `./run cluster`: which ports they take, how they are started, watched and stopped. Sourced by ./run,
# whose data folder, connection string and signal handling it uses.

readonly first_silo_port=11111 first_gateway_port=30000
readonly look_every_s=1
readonly restart_pause_max_s=10
readonly starts_without_success_max=3 # of a node that has never been ready
readonly nodes_stop_timeout_s=60      # a node gives itself about 30

# By number of the node: its process id, empty while it pauses; how often it ended before it was ready; when its pause
# is over; and whether it was ever ready.
nodes=() ended_early=() pause_over=() was_ready=()

# ---- Ports --------------------------------------------------------------------------------------------------------

# Sets: listen_host (with scheme), listen_port, silo_port, gateway_port, each those of node 0.
plan_ports() {
  local -i count=$1
  local port
  local listen=${SLUICE_LISTEN:-http://127.0.0.1:8080}
  [[ $listen =~ ^(https?://[^/;]+):([1-9][0-9]{0,4})/?$ ]] \
    || die "SLUICE_LISTEN is '$listen'; a cluster counts up from one address with a port, like http://127.0.0.1:8080"
  listen_host=${BASH_REMATCH[1]} listen_port=${BASH_REMATCH[2]}
  read_port SLUICE_SILO_PORT "$first_silo_port" 1
  silo_port=$port
  read_port SLUICE_GATEWAY_PORT "$first_gateway_port" 0
  gateway_port=$port

  local -A taken=()
  local -i i
  for ((i = 0; i < count; i++)); do
    for port in $(ports_of_node "$i"); do
      [[ $port -le 65535 ]] || die "node $i would listen on port $port; the last one is 65535"
      [[ -z ${taken[$port]:-} ]] || die "two nodes or purposes would share port $port; SLUICE_LISTEN," \
        "SLUICE_SILO_PORT and SLUICE_GATEWAY_PORT count up by one for each node"
      taken[$port]=1
    done
  done
}

# Sets: port, to setting $1 or else $2; at least $3.
read_port() {
  port=${!1:-$2}
  [[ $port =~ ^[0-9]{1,5}$ && $((10#$port)) -ge $3 && $((10#$port)) -le 65535 ]] \
    || die "$1 is '$port'; it is a port from $3 to 65535"
  port=$((10#$port))
}

# A gateway port of 0 takes no clients, on any node.
gateway_port_of_node() { echo $((gateway_port == 0 ? 0 : gateway_port + $1)); }

ports_of_node() {
  echo $((listen_port + $1)) $((silo_port + $1))
  [[ $gateway_port -eq 0 ]] || gateway_port_of_node "$1"
}

# Whoever listens on one of them would make a node fail with much less to go by.
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

# Listeners on all addresses answer here too; one on a single other address is found by the node itself.
answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# ---- Nodes --------------------------------------------------------------------------------------------------------

# Becomes node $1 of the cluster, as node_process becomes the only one.
cluster_process() {
  local -i i=$1
  cd "$(dirname "$node_program")"
  export SLUICE_DATA=$data SLUICE_POSTGRES=$connection SLUICE_NODE=$i
  export SLUICE_LISTEN=$listen_host:$((listen_port + i)) SLUICE_SILO_PORT=$((silo_port + i))
  SLUICE_GATEWAY_PORT=$(gateway_port_of_node "$i")
  export SLUICE_GATEWAY_PORT
  exec setsid setpriv --pdeathsig TERM dotnet "$node_program"
}

# Passes a node's output on and notes that it has been ready.
pass_output_of_node() {
  trap '' INT TERM HUP
  local line
  while IFS= read -r line; do
    printf '%s\n' "$line"
    [[ $line != 'Sluice is ready on '* ]] || : >"$data/node-$1.ready"
  done
}

start_cluster_node() {
  local -i i=$1
  rm -f "$data/node-$i.ready"
  cluster_process "$i" > >(pass_output_of_node "$i" 9>&-) &
  nodes[i]=$!
}

# What earlier clusters that were killed left behind; there may have been more of them.
forget_earlier_nodes() { rm -f "$data"/node-*.pid "$data"/node-*.ready; }

# Starts node $1 again if it has ended and paused long enough. A node that was ready is started again for as long as it
# takes: it may be the database that is away. One that never was has something to be said about.
look_after_node() {
  local -i i=$1 code=0 pause
  if [[ -z ${nodes[i]} ]]; then
    [[ $SECONDS -lt ${pause_over[i]} ]] || start_cluster_node "$i"
    return 0
  fi
  ! kill -0 "${nodes[i]}" 2>/dev/null || return 0
  wait "${nodes[i]}" 2>/dev/null || code=$? # bash would say in its own words that it was killed
  nodes[i]=''
  # Wrong settings don't become right by trying again.
  [[ $code -ne 2 ]] || exit 2
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

# Until told to stop. The pause is among what is waited for, so that the end of a node, or a signal, that came just
# before `wait` is seen after it.
supervise() {
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

# Runs at every exit of the script. A node that sleeps or hangs is killed in the end: its session is fenced by whoever
# starts next, as after any other crash. Fails when one did not stop cleanly.
stop_nodes() {
  local -i i code failed=0 deadline=$((SECONDS + nodes_stop_timeout_s))
  tell_nodes TERM || true
  while [[ $SECONDS -lt $deadline ]] && tell_nodes 0; do
    sleep 0.1
  done
  tell_nodes KILL || true
  for ((i = 0; i < ${#nodes[@]}; i++)); do
    [[ -n ${nodes[i]} ]] || continue
    code=0
    wait "${nodes[i]}" 2>/dev/null || code=$?
    # 143 is a node that SIGTERM met before it could handle it, and 2 one that didn't like its settings.
    [[ $code -ne 0 && $code -ne 143 && $code -ne 2 ]] || continue
    say "sluice: node $i did not stop cleanly (exit code $code)"
    failed=1
  done
  nodes=()
  return "$failed"
}

# Sends a signal to the nodes that run; fails when there are none.
tell_nodes() {
  local id code=1
  for id in "${nodes[@]}"; do
    [[ -z $id ]] || ! kill -s "$1" "$id" 2>/dev/null || code=0
  done
  return "$code"
}

cluster() {
  local count=${1:-3}
  [[ $count =~ ^[1-9][0-9]?$ ]] || die "'$count' is not a number of nodes from 1 to 99"
  plan_ports "$count"
  build silo
  take_data_folder
  check_ports_are_free "$count"
  node_program=$root/silo/bin/Release/net10.0/Sluice.Silo.dll
  [[ -f $node_program ]] || die "the cluster's program is not built: $node_program is missing"
  start_database
  forget_earlier_nodes
  local -i i
  for ((i = 0; i < count; i++)); do
    [[ -z $stopping ]] || exit 0
    ended_early[i]=0
    start_cluster_node "$i"
  done
  supervise
}
