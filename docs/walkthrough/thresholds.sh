#!/usr/bin/env bash
# Account thresholds: the platform's staff sets warnings and blocked values on an account's three usage metrics, with
# the addresses that hear of them, each once. Needs curl and a running Sluice, nothing else.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

say '1. An account, unlimited by default.'
call 201 "$operator" POST /api/v1/tenants "{\"name\":\"Cassiopeia\",\"billingAccountId\":\"$(unique account)\",
  \"timeZone\":\"Europe/Paris\",\"language\":\"fr\",\"currency\":\"EUR\",
  \"owner\":{\"userName\":\"claire\",\"email\":\"claire@example.com\"}}"
tenant=$(field id) project=$(field defaultProjectId)
t=/api/v1/tenants/$tenant
call 201 "$operator" POST "$t/projects/$project/keys" '{"name":"calls"}'
key=$(field secret)
call 200 "$key" POST /v1/usage '{"metrics":{"text_tokens":1000000,"audio_analyzed_seconds":0.125}}'

say '2. A warning needs somebody who is warned; a blocked value does not.'
call 422 "$operator" PUT "$t/usage-thresholds" '{"metrics":{"text_tokens":{"warning":2000000}}}'
has recipients
call 200 "$operator" PUT "$t/usage-thresholds" '{"metrics":{"text_tokens":{"blocked":3000000}}}'
call 422 "$operator" PUT "$t/usage-thresholds" '{"metrics":{"text_tokens":{"warning":0,"blocked":4}},
  "recipients":{"warning":["pm@example.com"]}}'

say '3. All three metrics, in French, to the project manager and a mailing list.'
call 200 "$operator" PUT "$t/usage-thresholds" '{"metrics":{
    "text_tokens":{"warning":[1500000,1800000],"blocked":2000000},
    "audio_transcribed_seconds":{"warning":80,"blocked":100},
    "audio_analyzed_seconds":{"warning":null,"blocked":0.5}},
  "recipients":{"warning":["pm@example.com"],"blocked":["pm@example.com","alerts@example.com"]},"language":"fr"}'
call 200 "$operator" GET "$t/usage-thresholds"
has '"language":"fr"'

say '4. Usage rises past a warning, then up to the blocked value; what does not fit is refused as a whole.'
call 200 "$key" POST /v1/usage '{"metrics":{"text_tokens":600000}}'
has '"state":"warning"'
call 429 "$key" POST /v1/usage '{"metrics":{"text_tokens":500000,"audio_transcribed_seconds":1}}'
has '"metric":"text_tokens"'
call 200 "$key" POST /v1/usage '{"metrics":{"text_tokens":400000}}'
has '"state":"blocked"'
call 429 "$key" POST /v1/usage '{"metrics":{"text_tokens":1}}'
call 200 "$key" POST /v1/usage '{"metrics":{"audio_transcribed_seconds":99.999}}'
call 429 "$key" POST /v1/usage '{"metrics":{"audio_transcribed_seconds":0.002}}'

say '5. Each that was crossed sends one mail, in French, to those named for it; without a mail server it waits.'
eventually 5 '"kind":' "$operator" "$t/notifications"
exactly 3 '"kind":"warning"'
exactly 2 '"kind":"blocked"'
exactly 5 '"language":"fr"'
for threshold in 1500000 1800000 2000000 80 100; do exactly 1 "\"threshold\":$threshold,"; done
exactly 5 pm@example.com
exactly 2 alerts@example.com
sed 's/{"id"/\n&/g' <<<"$answer" |
  sed -n 's/.*"kind":"\([^"]*\)","state":"\([^"]*\)".*"metric":"\([^"]*\)","threshold":\([^,]*\).*/   \1 \3 \4: \2/p'

say '6. A blocked value below what was used leaves that alone and refuses from the next request on.'
call 200 "$operator" PUT "$t/usage-thresholds" '{"metrics":{"audio_analyzed_seconds":{"blocked":0.1}}}'
call 429 "$key" POST /v1/usage '{"metrics":{"audio_analyzed_seconds":0.001}}'
call 200 "$key" POST /v1/usage '{"metrics":{"text_tokens":5000000}}'

say '7. Only the platform sets them.'
call 401 - PUT "$t/usage-thresholds" '{"metrics":{}}'
call 200 "$operator" PUT "$t/usage-thresholds" '{"metrics":{}}'
call 200 "$key" POST /v1/usage '{"metrics":{"audio_analyzed_seconds":1}}'
call 200 "$operator" GET "$t/notifications"
exactly 5 '"kind":'

say 'The thresholds walkthrough is done.'
