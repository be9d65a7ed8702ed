#!/usr/bin/env bash
# The console, from an empty platform to a reached budget: a tenant, two projects, three roles, both kinds of keys, the
# three levels of limits, and what becomes of it all when a member leaves. Needs curl and a running Sluice.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
password='a walk in the park'

say '1. The operator creates the tenant of a billing account; there is exactly one for each.'
account=$(unique account)
tenant_body="{\"name\":\"Aurora\",\"billingAccountId\":\"$account\",\"timeZone\":\"Europe/Paris\",\"language\":\"fr\",
  \"currency\":\"EUR\",\"owner\":{\"userName\":\"ada\",\"email\":\"ada@example.com\"}}"
call 201 "$operator" POST /api/v1/tenants "$tenant_body"
tenant=$(field id) default_project=$(field defaultProjectId) ada_id=$(field ownerMemberId)
one_time=$(field oneTimePassword)
call 409 "$operator" POST /api/v1/tenants "$tenant_body"
has "$tenant"
t=/api/v1/tenants/$tenant

say '2. Prices: a thousand tokens cost one euro.'
call 200 "$operator" PUT /api/v1/price-book "{\"effectiveFrom\":\"2026-01-01T00:00:00Z\",\"currency\":\"EUR\",
  \"prices\":[{\"model\":\"*\",\"metric\":\"text_tokens\",\"per\":1000,\"amount\":1,\"credits\":0}]}"

say '3. The owner signs in; with the one-time password nothing but a new password is allowed.'
first=$(sign_in "$tenant" ada "$one_time")
call 403 "$first" GET "$t/members"
ada=$(first_sign_in "$tenant" ada "$one_time" "$password")

say '4. People come in by invitation, by a shared link and directly.'
call 201 "$ada" POST "$t/invitations" '{"email":"grace@example.com","role":"administrator"}'
call 409 "$ada" POST "$t/invitations" '{"email":"grace@example.com","role":"member"}'
call 201 "$ada" POST "$t/invitations/bulk" \
  "{\"role\":\"member\",\"maxUses\":2,\"expiresAt\":\"$(ahead $((3 * 86400)))\"}"
link=$(field link)
token=${link##*token=}
call 201 - POST /api/v1/invitations/accept \
  "{\"token\":\"$token\",\"userName\":\"linus\",\"password\":\"$password\",\"email\":\"linus@example.com\"}"
call 201 - POST /api/v1/invitations/accept \
  "{\"token\":\"$token\",\"userName\":\"barbara\",\"password\":\"$password\",\"email\":\"barbara@example.com\"}"
call 404 - POST /api/v1/invitations/accept \
  "{\"token\":\"$token\",\"userName\":\"eve\",\"password\":\"$password\",\"email\":\"eve@example.com\"}"
call 201 "$ada" POST "$t/members" '{"userName":"edsger","email":"edsger@example.com","role":"administrator"}'
edsger_id=$(field id)
edsger=$(first_sign_in "$tenant" edsger "$(field oneTimePassword)" "$password")
linus=$(sign_in "$tenant" linus "$password")
call 200 "$linus" GET /api/v1/me
linus_id=$(field memberId)
barbara=$(sign_in "$tenant" barbara "$password")
call 200 "$barbara" GET /api/v1/me
barbara_id=$(field memberId)

say '5. An administrator makes projects, and Linus the administrator of one.'
call 201 "$edsger" POST "$t/projects" '{"name":"Shop"}'
shop=$(field id)
call 201 "$edsger" POST "$t/projects" '{"name":"Research"}'
research=$(field id)
call 403 "$linus" POST "$t/projects" '{"name":"Mine"}'
call 409 "$ada" DELETE "$t/projects/$default_project"
call 200 "$edsger" PUT "$t/projects/$shop/members/$linus_id" '{"role":"project_administrator"}'

say '6. Linus adds Barbara and makes keys; Barbara sees the project and makes none; the other project is not there.'
call 200 "$linus" PUT "$t/projects/$shop/members/$barbara_id" '{"role":"member"}'
call 201 "$linus" POST "$t/projects/$shop/keys" '{"name":"web"}'
key=$(field secret) key_id=$(field id)
call 200 "$barbara" GET "$t/projects/$shop"
call 403 "$barbara" POST "$t/projects/$shop/keys" '{"name":"mine"}'
call 404 "$barbara" GET "$t/projects/$research"
call 404 "$linus" POST "$t/projects/$research/keys" '{"name":"mine"}'

say '7. Everybody may have one personal key; it counts in the tenant only.'
call 201 "$barbara" POST "$t/me/personal-key"
personal=$(field secret)
call 409 "$barbara" POST "$t/me/personal-key"
call 200 "$personal" POST /v1/usage '{"model":"any","metrics":{"text_tokens":1000}}'

say '8. Budgets: quota, tenant limit below it, project limit; what does not fit is refused as a whole.'
call 200 "$operator" PUT "$t/quota" '{"amount":100}'
call 422 "$ada" PUT "$t/limits/amount" '{"blocked":101}'
call 200 "$ada" PUT "$t/limits/amount" '{"blocked":50,"warnings":[{"percent":80}]}'
call 403 "$linus" PUT "$t/projects/$shop/limits/amount" '{"blocked":1}'
call 200 "$edsger" PUT "$t/projects/$shop/limits/amount" '{"blocked":5,"warnings":[{"value":4}]}'
call 200 "$key" POST /v1/usage '{"model":"any","metrics":{"text_tokens":4000}}'
has '"state":"warning"'
call 429 "$key" POST /v1/usage '{"model":"any","metrics":{"text_tokens":2000}}'
has '"scope":"project"'
call 200 "$key" POST /v1/usage '{"model":"any","metrics":{"text_tokens":1000}}'
call 429 "$key" POST /v1/usage '{"model":"any","metrics":{"text_tokens":1}}'
call 200 "$personal" POST /v1/usage '{"model":"any","metrics":{"text_tokens":1}}'
call 200 "$edsger" PUT "$t/projects/$shop/limits/amount" '{"blocked":20}'
call 200 "$key" POST /v1/usage '{"model":"any","metrics":{"text_tokens":1}}'

say '9. More quota has to be asked for.'
call 201 "$ada" POST "$t/quota-requests" '{"amount":500,"reason":"A launch in December."}'
request=$(field id)
call 200 "$operator" POST "/api/v1/quota-requests/$request/approve" '{}'
call 200 "$ada" PUT "$t/limits/amount" '{"blocked":400}'

say '10. A key that may be known to others is regenerated: the old secret is dead when the answer comes.'
call 200 "$linus" POST "$t/projects/$shop/keys/$key_id/regenerate" '{}'
fresh=$(field secret)
call 401 "$key" POST /v1/usage '{"metrics":{"text_tokens":1}}'
call 200 "$fresh" POST /v1/usage '{"model":"any","metrics":{"text_tokens":1}}'

say '11. Barbara leaves: her key and sessions are dead, the keys of the project live on.'
call 204 "$edsger" DELETE "$t/members/$barbara_id"
call 401 "$personal" POST /v1/usage '{"metrics":{"text_tokens":1}}'
call 401 "$barbara" GET /api/v1/me
call 200 "$fresh" POST /v1/usage '{"model":"any","metrics":{"text_tokens":1}}'

say '12. Administrators do what the owner does, but not to the owner; the owner may keep appointing them to herself.'
call 200 "$edsger" PATCH "$t/members/$linus_id" '{"role":"administrator"}'
call 200 "$edsger" PATCH "$t/members/$linus_id" '{"role":"member"}'
call 403 "$edsger" DELETE "$t/members/$ada_id"
call 403 "$edsger" PATCH "$t/settings" '{"ownerAppointsAdministrators":true}'
call 200 "$ada" PATCH "$t/settings" '{"ownerAppointsAdministrators":true}'
call 403 "$edsger" PATCH "$t/members/$linus_id" '{"role":"administrator"}'
call 200 "$ada" POST "$t/members/$edsger_id/transfer-ownership"
call 403 "$ada" PATCH "$t/members/$linus_id" '{"role":"administrator"}'
call 200 "$edsger" PATCH "$t/members/$linus_id" '{"role":"administrator"}'

say '13. What was used, by project and day; settings; who did what.'
sleep 1.2
call 200 "$edsger" GET "$t/usage?groupBy=project,day&metric=text_tokens"
has '"value":5003'
call 200 "$edsger" GET "$t/state"
call 200 "$edsger" PATCH "$t/settings" '{"name":"Aurora Labs"}'
call 200 "$edsger" GET "$t/audit?action=member"
has member.removed

say 'The console walkthrough is done.'
