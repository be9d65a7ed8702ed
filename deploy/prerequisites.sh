# shellcheck shell=bash
# Finds, and where it can installs, what Sluice needs of the machine: the .NET SDK and the programs of PostgreSQL; its
# tests also need a mail server and a browser.
# Sourced by ./run, ./test and private-postgres.sh. Messages go to stderr; stdout belongs to the caller.

say() { printf '%s\n' "$*" >&2; }
die() { say "sluice: $*"; exit 1; }

# Puts `dotnet` on PATH when it is installed in one of its usual places.
require_dotnet() {
  local folder
  for folder in "${DOTNET_ROOT:-}" "${HOME:-}/.dotnet" /usr/share/dotnet /usr/lib/dotnet; do
    command -v dotnet >/dev/null && break
    [[ -n $folder && -x $folder/dotnet ]] && PATH=$folder:$PATH
  done
  command -v dotnet >/dev/null || die "the .NET 10 SDK is not installed; see https://dot.net/download"
  # Build servers would outlive the script by a quarter of an hour, for the sake of the next build.
  export PATH DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
  export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0
}

# Builds a project or solution; silent unless it fails. One compiler for all its projects takes half the time that one
# for each takes; it would outlive the build, so this one is known by its folder, and ended.
build_release() {
  local folder code=0 progress
  folder=$(mktemp -d)
  say_progress "$folder" "$BASHPID" &
  progress=$!
  TMPDIR=$folder dotnet build "$1" -c Release --nologo -v minimal -p:UseSharedCompilation=true \
    >"$folder/log" 2>&1 || code=1
  kill "$progress" 2>/dev/null && wait "$progress" 2>/dev/null || true
  [[ $code -eq 0 ]] || cat "$folder/log" >&2
  end_build "$folder"
  return "$code"
}

# Ends what a build left running, and removes its folder $1.
end_build() {
  local processes
  processes=$({ grep -lszxF "TMPDIR=$1" /proc/[0-9]*/environ || true; } | cut -d / -f 3)
  # shellcheck disable=SC2086 # one id a word
  [[ -z $processes ]] || kill $processes 2>/dev/null || true
  rm -rf "$1"
}

# Says every 15 s what the build by process $2, in folder $1, has come to; ends it when that process is gone.
say_progress() {
  local seconds=0 last before=''
  while sleep 1 && kill -0 "$2" 2>/dev/null; do
    seconds=$((seconds + 1))
    [[ $((seconds % 15)) -eq 0 ]] || continue
    last=$(grep -oE '[A-Za-z.]+ -> ' "$1/log" | tail -n 1 | cut -d ' ' -f 1 || true)
    if [[ -z $last ]]; then
      say "sluice: $seconds s: downloading packages"
    elif [[ $last != "$before" ]]; then
      say "sluice: $seconds s: built $last"
    else
      say "sluice: $seconds s: compiling ahead of time, so that nodes start fast"
    fi
    before=$last
  done
  end_build "$1"
}

# Prints what a build of project $1 does besides compiling, if it is the first.
first_build() {
  [[ -d $root/$1/obj ]] || printf '; the first time, packages are downloaded too: some minutes'
}

# Prints the folder of PostgreSQL's server programs: of major version $1 when given, else of the newest.
postgres_binaries() {
  local folder
  if [[ -n ${1:-} ]]; then
    folder=/usr/lib/postgresql/$1/bin
  else
    folder=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
  fi
  if [[ ! -x $folder/pg_ctl ]]; then
    folder=$(command -v pg_ctl) || return 1
    folder=$(dirname "$(readlink -f "$folder")")
    # A wrapper on PATH is of no use without the server beside it, nor is another version's.
    [[ -x $folder/postgres && -x $folder/initdb ]] || return 1
    [[ -z ${1:-} || $("$folder/postgres" --version) == *" $1."* ]] || return 1
  fi
  printf '%s\n' "$folder"
}

# Installs PostgreSQL with apt unless it is there.
require_postgres() {
  postgres_binaries >/dev/null && return
  local as_root=()
  if [[ $EUID -ne 0 ]]; then
    command -v sudo >/dev/null || die "PostgreSQL is not installed; have root run: apt-get install postgresql"
    as_root=(sudo)
  fi
  command -v apt-get >/dev/null || die "PostgreSQL is not installed and there is no apt-get; install its server"
  say "sluice: installing PostgreSQL with apt (once); its own default server is neither created nor started"
  # The drop-in holds for this installation only: what the machine's owner installs later is not our business.
  # shellcheck disable=SC2016 # expanded by the inner shell
  "${as_root[@]}" sh -c '
    set -e
    export DEBIAN_FRONTEND=noninteractive
    drop_in=/etc/postgresql-common/createcluster.d/sluice.conf
    mkdir -p "${drop_in%/*}"
    echo "create_main_cluster = false" >"$drop_in"
    trap "rm -f $drop_in" EXIT
    apt-get update -qq
    apt-get install -qq -y --no-install-recommends postgresql
  ' >&2 || die "apt could not install PostgreSQL; see above"
  postgres_binaries >/dev/null || die "PostgreSQL was installed but its server programs are not to be found"
}

# Installs the browser of the console's tests with apt unless it is there. Without one those tests are skipped, and say
# so: where apt has it as a snap only, as on Ubuntu, it can't run everywhere.
require_chromium() {
  ! command -v chromium chromium-browser google-chrome >/dev/null || return 0
  local as_root=()
  [[ $EUID -eq 0 ]] || as_root=(sudo -n)
  if [[ $EUID -ne 0 ]] && ! command -v sudo >/dev/null || ! command -v apt-get >/dev/null; then
    say "sluice: there is no Chromium, and it can't be installed here; tests of the console in a browser are skipped"
    return 0
  fi
  say "sluice: installing Chromium with apt (once), for the tests of the console"
  "${as_root[@]}" sh -c '
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq && apt-get install -qq -y --no-install-recommends chromium
  ' >&2 || say "sluice: apt could not install Chromium; tests of the console in a browser are skipped"
}
