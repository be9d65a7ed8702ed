#!/usr/bin/env bash
# Account thresholds: the platform's staff sets warnings and blocked values on an account's three usage metrics, with
# the addresses that hear of them. Needs curl and a running Sluice, nothing else.
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
call 422 "$operator" PUT "$t/usage-thresholds" '{"metrics":{"text_tokens":{"warning":5,"blocked":4}},
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

say '5. A blocked value below what was used leaves that alone and refuses from the next request on.'
call 200 "$operator" PUT "$t/usage-thresholds" '{"metrics":{"audio_analyzed_seconds":{"blocked":0.1}}}'
call 429 "$key" POST /v1/usage '{"metrics":{"audio_analyzed_seconds":0.001}}'
call 200 "$key" POST /v1/usage '{"metrics":{"text_tokens":5000000}}'

say '6. Only the platform sets them.'
call 401 - PUT "$t/usage-thresholds" '{"metrics":{}}'
call 200 "$operator" PUT "$t/usage-thresholds" '{"metrics":{}}'
call 200 "$key" POST /v1/usage '{"metrics":{"audio_analyzed_seconds":1}}'

say 'The thresholds walkthrough is done.'
