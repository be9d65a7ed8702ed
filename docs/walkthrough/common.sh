# Shared by the walkthroughs: calls with curl, and stops at the first answer that is not the expected one.
#   SLUICE_URL             where Sluice is; http://127.0.0.1:8080 unless set
#   SLUICE_OPERATOR_TOKEN  the operator's token; read from .data/operator-token unless set
#   SLUICE_NOW             the node's time in Unix seconds, where it has another than this machine
set -euo pipefail

url=${SLUICE_URL:-http://127.0.0.1:8080}
operator=${SLUICE_OPERATOR_TOKEN:-$(cat "${SLUICE_DATA:-.data}/operator-token")}
answer=''

offset_s=$((${SLUICE_NOW:-$(date +%s)} - $(date +%s)))

# ahead SECONDS: the instant so far ahead, as the API writes it.
ahead() { date -u -d "@$(($(date +%s) + offset_s + $1))" +%Y-%m-%dT%H:%M:%SZ; }

say() { printf '%s\n' "$*"; }

# call STATUS TOKEN METHOD PATH [JSON]: the answer's body is in $answer afterwards.
call() {
  local expected=$1 token=$2 method=$3 path=$4 body=${5-} status
  local args=(-sS -X "$method" -H "Authorization: Bearer $token" -w $'\n%{http_code}')
  [[ -z $body ]] || args+=(-H 'Content-Type: application/json' -d "$body")
  answer=$(curl "${args[@]}" "$url$path")
  status=${answer##*$'\n'}
  answer=${answer%$'\n'*}
  if [[ $status != "$expected" ]]; then
    say "$method $path: expected $expected, got $status: $answer" >&2
    exit 1
  fi
}

# field NAME: the first field of this name in $answer, without quotes.
field() {
  local value
  value=$(grep -o "\"$1\":\(\"[^\"]*\"\|[^,}]*\)" <<<"$answer" | head -n 1) || true
  value=${value#*:}
  value=${value#\"}
  printf '%s\n' "${value%\"}"
}

# has TEXT: $answer contains it.
has() {
  [[ $answer == *"$1"* ]] || { say "expected $1 in: $answer" >&2; exit 1; }
}

# times TEXT: how often $answer contains it.
times() { grep -oF -- "$1" <<<"$answer" | wc -l; }

# eventually N TEXT TOKEN PATH: asks until the answer contains TEXT N times, for what follows a moment later.
eventually() {
  local deadline=$((SECONDS + 30))
  while call 200 "$3" GET "$4" && [[ $(times "$2" || true) -lt $1 ]]; do
    ((SECONDS < deadline)) || { say "expected $1 times $2 in: $answer" >&2; exit 1; }
    sleep 0.2
  done
}

# exactly N TEXT: $answer contains it so many times.
exactly() {
  [[ $(times "$2" || true) -eq $1 ]] || { say "expected $1 times $2 in: $answer" >&2; exit 1; }
}

# sign_in TENANT USER PASSWORD: prints the session's access token.
sign_in() {
  call 200 - POST /api/v1/session "{\"tenant\":\"$1\",\"userName\":\"$2\",\"password\":\"$3\"}"
  field accessToken
}

# first_sign_in TENANT USER ONE-TIME-PASSWORD PASSWORD: changes the password; prints the access token.
first_sign_in() {
  local token
  token=$(sign_in "$1" "$2" "$3")
  call 200 "$token" POST /api/v1/me/password "{\"current\":\"$3\",\"new\":\"$4\"}"
  printf '%s\n' "$token"
}

# unique NAME: a name that no earlier run has used.
unique() { printf '%s-%s-%s\n' "$1" "$(date +%s)" "$RANDOM"; }
