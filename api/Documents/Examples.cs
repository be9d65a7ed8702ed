using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Sluice.Api.Documents;

/// <summary>
/// Creates an example for every body of the document, made from its schema, with values chosen by the fields' names.
/// That of a request succeeds as it is, but for ids, and for secrets that only the reader knows.
/// </summary>
internal static class Examples
{
    private const int DepthMax = 6;

    /// <summary>Examples of the fields of one type, as JSON; empty to leave the field out.</summary>
    private static readonly FrozenDictionary<string, string> OfFields = new Dictionary<string, string>
    {
        // One of two is given.
        ["BatchItem.key"] = "",
        ["LimitRequestWarning.value"] = "",

        // A time that would be too old, or a key that only a gateway names.
        ["Usage.at"] = "",
        ["BatchItem.at"] = "",
        ["CloudEvent.time"] = "",
        ["CloudEvent.subject"] = "",
        ["Prolongation.keyId"] = "",
        ["Commit.keyId"] = "",
        ["SignInRequest.totp"] = "",

        ["BoostRequest.source"] = "\"limit\"",
        ["BoostRequest.period"] = "",
        ["BoostRequest.scopeId"] = "\"t0000000001a\"",
        ["BoostRequest.metric"] = "\"amount\"",
        ["SetSeatWarningsRequest.blocked"] = "",
        ["Usage.id"] = "\"evt-1\"",
        ["BatchItem.id"] = "\"evt-2\"",
        ["CloudEvent.id"] = "\"evt-3\"",
        ["Reservation.id"] = "\"chat-1\"",
        ["CloudEvent.source"] = "\"gateway-1\"",
        ["CloudEvent.type"] = "\"completion\"",
        ["AddMetricRequest.name"] = "\"gpu_seconds\"",
        ["CreateProjectRequest.name"] = "\"Chatbot\"",
        ["ChangeProjectRequest.name"] = "\"Chatbot\"",
        ["CreateProjectKeyRequest.name"] = "\"production\"",
        ["ChangeProjectKeyRequest.name"] = "\"production\"",
        ["CreatePersonalKeyRequest.name"] = "\"laptop\"",
        ["CreateTokenRequest.name"] = "\"dashboard\"",
        ["CreateMemberRequest.userName"] = "\"ben\"",
        ["CreateMemberRequest.email"] = "\"ben@example.com\"",
        ["AcceptInvitationRequest.userName"] = "\"cleo\"",
        ["AcceptInvitationRequest.email"] = "\"cleo@example.com\"",
        ["InviteMemberRequest.email"] = "\"cleo@example.com\"",
        ["CreateTenantRequest.owner"] = """{"userName": "olga", "email": "olga@example.com"}""",
        ["PutPriceBookPrice.amount"] = "0.3",
        ["ChangeSettingsRequest.requireMfa"] = "false",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> Texts = new Dictionary<string, string>
    {
        ["name"] = "Aurora",
        ["billingAccountId"] = "account-1",
        ["billingContact"] = "billing@example.com",
        ["timeZone"] = "Europe/Paris",
        ["language"] = "en",
        ["currency"] = "EUR",
        ["userName"] = "ada",
        ["email"] = "ada@example.com",
        ["role"] = "member",
        ["tenantRole"] = "administrator",
        ["state"] = "active",
        ["password"] = "correct horse battery",
        ["current"] = "correct horse battery",
        ["new"] = "a longer one than before",
        ["oneTimePassword"] = "hq3WvbT8sKpRmC2nZx7Y",
        ["totp"] = "287082",
        ["token"] = "sli_3q2-7wEX0sPzv5nYk4h8uJ1cTbL9dRfGm6aVxQ2oWsE",
        ["secret"] = "sk_project_kF0aZ81Lq2Xw_…",
        ["accessToken"] = "sls_3q2-7wEX0sPzv5nYk4h8uJ1cTbL9dRfGm6aVxQ2oWsE",
        ["link"] = "https://sluice.example.com/invitations/accept?token=sli_…",
        ["baseUrl"] = "https://sluice.example.com",
        ["url"] = "https://example.com/hooks/sluice",
        ["otpauthUri"] = "otpauth://totp/Sluice:ada?secret=JBSWY3DPEHPK3PXP&issuer=Sluice",
        ["plan"] = "team",
        ["reason"] = "A launch in December.",
        ["note"] = "Agreed for this month.",
        ["scope"] = "project",
        ["source"] = "limit",
        ["metric"] = "text_tokens",
        ["period"] = "month",
        ["kind"] = "blocked",
        ["model"] = "plamo-2.1-prime",
        ["billingSite"] = "https://billing.example.com/acme",
        ["scopes"] = "usage:read",
        ["events"] = "limit.blocked",
        ["event"] = "limit.blocked",
        ["disabledBecause"] = "failing",
        ["warning"] = "ops@example.com",
        ["blocked"] = "ops@example.com",
        ["recipients"] = "ops@example.com",
        ["member"] = "ada",
        ["key"] = "sk_project_kF0aZ81Lq2Xw_…",
        ["actor"] = "m0000000001a",
        ["action"] = "key.deleted",
        ["target"] = "k0000000001a",
        ["address"] = "192.0.2.1",
        ["tenant"] = "t0000000001a",
        ["id"] = "x0000000001a",
        ["tenantId"] = "t0000000001a",
        ["projectId"] = "p0000000001a",
        ["defaultProjectId"] = "p0000000001a",
        ["memberId"] = "m0000000001a",
        ["ownerMemberId"] = "m0000000001a",
        ["seatId"] = "s0000000001a",
        ["keyId"] = "k0000000001a",
        ["scopeId"] = "p0000000001a",
        ["subscriptionId"] = "u0000000001a",
        ["recoveryCodes"] = "K7QM-2XWZ-9RTB",
        ["messageId"] = "warning.17.800.202611@sluice.example.com",
        ["lastError"] = "450 Mailbox busy",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, decimal> Numbers = new Dictionary<string, decimal>
    {
        ["amount"] = 1000,
        ["blocked"] = 1000,
        ["warning"] = 800,
        ["value"] = 1500,
        ["percent"] = 80,
        ["threshold"] = 800,
        ["attempts"] = 1,
        ["seats"] = 10,
        ["creditsPerSeat"] = 500,
        ["maxUses"] = 20,
        ["graceSeconds"] = 3600,
        ["ttlSeconds"] = 300,
        ["text_tokens"] = 418,
        ["per"] = 1000,
        ["credits"] = 0.1m,
        ["decimals"] = 0,
    }.ToFrozenDictionary();

    public static Task AddAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken ct)
    {
        // In the future whenever the node was started, because most times must be.
        var soon = context.ApplicationServices.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime.Date
            .AddDays(30).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var maker = new Maker(soon);
        var operations = document.Paths.Values
            .SelectMany(static path => path.Operations?.Values ?? Enumerable.Empty<OpenApiOperation>());
        foreach (var operation in operations)
        {
            maker.Add(operation.RequestBody?.Content);
            foreach (var (status, response) in operation.Responses ?? [])
            {
                if (status.StartsWith('2'))
                    maker.Add(response.Content);
            }
        }

        return Task.CompletedTask;
    }

    /// <param name="soon">The example of every time.</param>
    private sealed class Maker(string soon)
    {
        public void Add(IDictionary<string, OpenApiMediaType>? content)
        {
            foreach (var (type, media) in content ?? new Dictionary<string, OpenApiMediaType>())
            {
                if (type.EndsWith("json", StringComparison.Ordinal) && media.Schema is { } schema)
                    media.Example ??= Of(schema, "", 0);
            }
        }

        private JsonNode? Of(IOpenApiSchema schema, string name, int depth)
        {
            if (schema.Examples is [{ } example, ..])
                return example.DeepClone();
            if (schema.Enum is { Count: > 0 } words)
                return words.FirstOrDefault(static word => word is not null)?.DeepClone();
            var choice = (schema.OneOf ?? schema.AnyOf)?.FirstOrDefault(static s => s.Type != JsonSchemaType.Null);
            if (choice is not null)
                return Of(choice, name, depth);
            var type = (schema.Type ?? JsonSchemaType.Object) & ~JsonSchemaType.Null;
            return type switch
            {
                JsonSchemaType.Boolean => JsonValue.Create(true),
                JsonSchemaType.Array => schema.Items is { } items && depth < DepthMax
                    ? new JsonArray(Of(items, name, depth + 1))
                    : [],
                JsonSchemaType.Object => ObjectOf(schema, name, depth),
                _ when type.HasFlag(JsonSchemaType.Integer) || type.HasFlag(JsonSchemaType.Number) =>
                    JsonValue.Create(Numbers.GetValueOrDefault(name, 1)),
                _ => JsonValue.Create(schema.Format == "date-time" ? soon : Texts.GetValueOrDefault(name, "text")),
            };
        }

        private JsonNode ObjectOf(IOpenApiSchema schema, string name, int depth)
        {
            var made = new JsonObject();
            if (depth >= DepthMax)
                return made;
            var type = (schema as OpenApiSchemaReference)?.Reference.Id;
            foreach (var (field, property) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>())
            {
                if (!OfFields.TryGetValue($"{type}.{field}", out var own))
                    made[field] = Of(property, field, depth + 1);
                else if (own.Length > 0)
                    made[field] = JsonNode.Parse(own);
            }

            if (schema.AdditionalProperties is { } values)
                made["text_tokens"] = Of(values, "text_tokens", depth + 1);
            // A schema without a shape of its own, such as a number or a list of numbers.
            return made.Count == 0 && Numbers.TryGetValue(name, out var number) ? JsonValue.Create(number) : made;
        }
    }
}
