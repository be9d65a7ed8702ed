using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Sluice.Api.Documents;

/// <summary>
/// Creates an example for every body of the document. It is made from the schema, so it has every field, with realistic
/// values chosen by the fields' names.
/// </summary>
internal static class Examples
{
    private const int DepthMax = 6;
    private const string Json = "application/json";

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
        ["effectiveFrom"] = "2026-12-01T00:00:00Z",
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
        ["per"] = 1000,
        ["credits"] = 0.1m,
        ["decimals"] = 0,
    }.ToFrozenDictionary();

    public static Task AddAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken ct)
    {
        var operations = document.Paths.Values
            .SelectMany(static path => path.Operations?.Values ?? Enumerable.Empty<OpenApiOperation>());
        foreach (var operation in operations)
        {
            Add(operation.RequestBody?.Content);
            foreach (var (status, response) in operation.Responses ?? [])
            {
                if (status.StartsWith('2'))
                    Add(response.Content);
            }
        }

        return Task.CompletedTask;
    }

    private static void Add(IDictionary<string, OpenApiMediaType>? content)
    {
        if (content is not null && content.TryGetValue(Json, out var media) && media.Schema is { } schema)
            media.Example ??= Of(schema, "", 0);
    }

    private static JsonNode? Of(IOpenApiSchema schema, string name, int depth)
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
            JsonSchemaType.Array => ArrayOf(schema, name, depth),
            JsonSchemaType.Object => ObjectOf(schema, name, depth),
            _ when type.HasFlag(JsonSchemaType.Integer) || type.HasFlag(JsonSchemaType.Number) =>
                JsonValue.Create(Numbers.GetValueOrDefault(name, 1)),
            _ => JsonValue.Create(TextOf(schema, name)),
        };
    }

    private static string TextOf(IOpenApiSchema schema, string name) =>
        schema.Format == "date-time" ? "2026-12-31T23:00:00Z" : Texts.GetValueOrDefault(name, "text");

    private static JsonArray ArrayOf(IOpenApiSchema schema, string name, int depth) =>
        schema.Items is { } items && depth < DepthMax ? [Of(items, name, depth + 1)] : [];

    private static JsonNode ObjectOf(IOpenApiSchema schema, string name, int depth)
    {
        var made = new JsonObject();
        if (depth >= DepthMax)
            return made;
        foreach (var (field, property) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>())
            made[field] = Of(property, field, depth + 1);
        if (schema.AdditionalProperties is { } values)
            made["text_tokens"] = Of(values, name, depth + 1);
        // A schema without a shape of its own, such as a number or a list of numbers.
        if (made.Count == 0 && Numbers.TryGetValue(name, out var number))
            return JsonValue.Create(number);
        return made;
    }
}
