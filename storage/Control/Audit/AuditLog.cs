using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sluice.Storage.Control.Audit;

/// <summary>Writes the audit row of an action into the action's own transaction.</summary>
public static class AuditLog
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Appends an entry; the table rejects later changes and deletions.</summary>
    public static async Task AppendAsync(UnitOfWork tx, AuditEntry entry, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(tx);
        ArgumentNullException.ThrowIfNull(entry);
        var db = await tx.OpenAsync(ct);
        await db.RunAsync(
            """
            insert into audit_log (at, actor, action, tenant_id, target, before, after, address)
            values (@Now, @Actor, @Action, @TenantId, @Target, @Before::jsonb, @After::jsonb, @Address)
            """,
            new
            {
                tx.Now,
                tx.Origin.Actor,
                entry.Action,
                entry.TenantId,
                entry.Target,
                Before = ToJson(entry.Before),
                After = ToJson(entry.After),
                tx.Origin.Address,
            },
            ct);
    }

    private static string? ToJson(object? state) => state is null ? null : JsonSerializer.Serialize(state, Json);
}
