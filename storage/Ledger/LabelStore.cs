using Npgsql;

namespace Sluice.Storage.Ledger;

/// <summary>
/// The labels (models and members) that each tenant has used today. Sums are kept by label, so their number per tenant
/// and day is bounded; usage beyond is summed under <see cref="Other"/>, and the ledger keeps the labels as they were
/// sent.
/// </summary>
public sealed class LabelStore(NpgsqlDataSource source)
{
    /// <summary>Maximum distinct labels per tenant and day, UTC.</summary>
    public const int Max = 10_000;

    /// <summary>The label under which usage beyond the maximum is summed.</summary>
    public const string Other = "(other)";

    /// <summary>Reads the labels that a tenant has used on a day.</summary>
    public async Task<HashSet<string>> ReadAsync(long tenantId, DateOnly day, CancellationToken ct)
    {
        await using var command = source.CreateCommand(
            "select label from usage_label where tenant_id = $1 and day = $2");
        command.Parameters.AddWithValue(tenantId);
        command.Parameters.AddWithValue(day);
        var labels = new HashSet<string>(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            labels.Add(reader.GetString(0));
        return labels;
    }
}
