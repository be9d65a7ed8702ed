#!/usr/bin/env bash
# A team plan with ten seats: members without email invitations, seats assigned, reclaimed, given to somebody else,
# expired and renewed, and credits by model and member. Needs curl and a running Sluice, nothing else.
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
password='a walk in the park'

say '1. A tenant, and prices in credits: a thousand tokens are one credit.'
call 201 "$operator" POST /api/v1/tenants "{\"name\":\"Borealis\",\"billingAccountId\":\"$(unique account)\",
  \"timeZone\":\"Asia/Singapore\",\"language\":\"en\",\"currency\":\"SGD\",
  \"owner\":{\"userName\":\"olga\",\"email\":\"olga@example.com\"}}"
tenant=$(field id)
t=/api/v1/tenants/$tenant
olga=$(first_sign_in "$tenant" olga "$(field oneTimePassword)" "$password")
call 200 "$operator" PUT /api/v1/price-book "{\"effectiveFrom\":\"2026-01-01T00:00:00Z\",\"currency\":\"SGD\",
  \"prices\":[{\"model\":\"*\",\"metric\":\"text_tokens\",\"per\":1000,\"amount\":0,\"credits\":1}]}"

say '2. The owner adds members by name: letters, digits and underscores, no digit first.'
call 422 "$olga" POST "$t/members" '{"userName":"1st","email":"first@example.com","role":"member"}'
call 201 "$olga" POST "$t/members" '{"userName":"max_1","email":"max@example.com","role":"member"}'
max_id=$(field id)
max=$(first_sign_in "$tenant" max_1 "$(field oneTimePassword)" "$password")
call 201 "$olga" POST "$t/members" '{"userName":"nora","email":"nora@example.com","role":"member"}'
nora_id=$(field id)
call 201 "$olga" POST "$t/members" '{"userName":"adam","email":"adam@example.com","role":"administrator"}'
adam=$(first_sign_in "$tenant" adam "$(field oneTimePassword)" "$password")

say '3. The platform sells a plan of ten seats, five credits a month each; it runs out soon.'
expires=$(ahead 12)
call 403 "$olga" POST "$t/subscriptions" \
  "{\"plan\":\"team\",\"seats\":10,\"creditsPerSeat\":5,\"expiresAt\":\"$expires\"}"
call 201 "$operator" POST "$t/subscriptions" \
  "{\"plan\":\"team\",\"seats\":10,\"creditsPerSeat\":5,\"expiresAt\":\"$expires\"}"
subscription=$(field id)
call 200 "$olga" GET "$t/seats"
has '"unassigned":10'
mapfile -t seats < <(grep -o '"id":"s[^"]*"' <<<"$answer" | cut -d '"' -f 4)
first=${seats[0]} second=${seats[1]}

say '4. An administrator assigns a seat, makes its key and hands it over; a member may not.'
call 403 "$max" POST "$t/seats/$first/assign" "{\"memberId\":\"$max_id\"}"
call 409 "$adam" POST "$t/seats/$first/key"
call 200 "$adam" POST "$t/seats/$first/assign" "{\"memberId\":\"$max_id\"}"
call 409 "$adam" POST "$t/seats/$first/assign" "{\"memberId\":\"$nora_id\"}"
call 409 "$adam" POST "$t/seats/$second/assign" "{\"memberId\":\"$max_id\"}"
has "$first"
call 201 "$adam" POST "$t/seats/$first/key"
key=$(field secret)
has '"baseUrl":"http'

say '5. The key spends its seat'\''s credits, and no more.'
call 200 "$key" POST /v1/usage '{"model":"large","metrics":{"text_tokens":5000}}'
call 429 "$key" POST /v1/usage '{"model":"large","metrics":{"text_tokens":1000}}'
has '"scope":"seat"'
has '"source":"plan"'

say '6. Reclaimed, the key is dead, and the seat goes to somebody else at once.'
call 200 "$adam" POST "$t/seats/$first/reclaim"
call 401 "$key" POST /v1/usage '{"model":"large","metrics":{"text_tokens":1}}'
call 200 "$adam" POST "$t/seats/$first/assign" "{\"memberId\":\"$nora_id\"}"
call 200 "$adam" POST "$t/seats/$second/assign" "{\"memberId\":\"$max_id\"}"
call 201 "$adam" POST "$t/seats/$second/key"
key=$(field secret)
call 200 "$key" POST /v1/usage '{"model":"small","metrics":{"text_tokens":1000}}'
call 200 "$olga" GET "$t/seats"
has '"assigned":2'
has '"unassigned":8'

say '7. At the instant at which the plan ends the keys stop, without any job.'
# A second more, for clocks that differ by less.
while [[ $(ahead -1) < $expires ]]; do sleep 0.2; done
call 401 "$key" POST /v1/usage '{"model":"small","metrics":{"text_tokens":1}}'
call 200 "$olga" GET "$t/seats"
has '"expired":10'
call 409 "$adam" POST "$t/seats/${seats[2]}/assign" "{\"memberId\":\"$nora_id\"}"

say '8. Renewed, all seats are free again, and have to be assigned to give access back.'
call 200 "$adam" POST "$t/subscriptions/$subscription/renew" \
  "{\"expiresAt\":\"$(ahead $((30 * 86400)))\"}"
call 200 "$olga" GET "$t/seats"
has '"unassigned":10'
call 401 "$key" POST /v1/usage '{"model":"small","metrics":{"text_tokens":1}}'
call 200 "$adam" POST "$t/seats/${seats[2]}/assign" "{\"memberId\":\"$max_id\"}"
call 201 "$adam" POST "$t/seats/${seats[2]}/key"
key=$(field secret)
call 200 "$key" POST /v1/usage '{"model":"small","metrics":{"text_tokens":2000}}'

say '9. Who used how many credits, by model and by member.'
sleep 1.2
call 200 "$olga" GET "$t/usage?metric=credits&groupBy=model"
has '"model":"large"'
call 200 "$olga" GET "$t/usage?metric=credits&groupBy=member"
call 403 "$max" GET "$t/usage?metric=credits&groupBy=member"

say 'The token plan walkthrough is done.'
