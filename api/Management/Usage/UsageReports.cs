using Sluice.Storage.Control.Names;
using Sluice.Storage.Reports.Usage;

namespace Sluice.Api.Management.Usage;

/// <summary>Sums usage for an answer: with the span before if that was asked for, and with names.</summary>
internal sealed class UsageReports(UsageStore usage, NameStore names)
{
    /// <summary>Sums usage as JSON has it. Refused if there are too many rows.</summary>
    /// <param name="query">The query.</param>
    /// <param name="catalogue">The metrics.</param>
    /// <param name="compares">Whether to add the span before.</param>
    /// <param name="ct">Cancels the queries.</param>
    public async Task<Result<GetUsageResponse>> ReadAsync(
        UsageQuery query, MetricCatalogue catalogue, bool compares, CancellationToken ct)
    {
        // Only which values are kept makes the span before depend on this one.
        var atOnce = compares && query.Top is null ? SumAsync(query.Previous([]), ct) : null;
        if ((await SumAsync(query, ct)).IsError(out var error, out var rows))
            return error;
        if (!compares)
        {
            var table = await TableAsync(query, catalogue, rows, ct);
            return new GetUsageResponse([.. rows.Select(table.RowOf)]);
        }

        var before = query.Previous(rows);
        if ((await (atOnce ?? SumAsync(before, ct))).IsError(out error, out var earlier))
            return error;
        var both = await TableAsync(query, catalogue, [.. rows, .. earlier], ct);
        return new GetUsageResponse(
            [.. rows.Select(both.RowOf)],
            new GetUsagePrevious(before.From, before.To, [.. earlier.Select(both.RowOf)]));
    }

    /// <summary>Sums usage as CSV has it. Refused if there are too many rows.</summary>
    public async Task<Result<byte[]>> ReadCsvAsync(
        UsageQuery query, MetricCatalogue catalogue, bool withNames, CancellationToken ct)
    {
        if ((await SumAsync(query, ct)).IsError(out var error, out var rows))
            return error;
        var table = withNames
            ? await TableAsync(query, catalogue, rows, ct)
            : new UsageTable(query, catalogue, NameBook.Empty);
        return UsageCsv.Write(table.ColumnsOf(withNames), rows.Select(table.RowOf));
    }

    private async Task<Result<IReadOnlyList<UsageRow>>> SumAsync(UsageQuery query, CancellationToken ct)
    {
        var rows = await usage.SumAsync(query, ct);
        return rows.Count > UsageQuery.MaxRows
            ? new Error.RulesBroken(
                "groupBy", "too-many-rows", $"More than {UsageQuery.MaxRows} rows; ask for less at once.")
            : Result<IReadOnlyList<UsageRow>>.Done(rows);
    }

    private async Task<UsageTable> TableAsync(
        UsageQuery query, MetricCatalogue catalogue, IReadOnlyList<UsageRow> rows, CancellationToken ct) =>
        new(query, catalogue, await names.ReadAsync(query.TenantId, UsageTable.IdsOf(query, rows), ct));
}
