using Sluice.Api.Management.Events;
using Sluice.Api.Management.Usage;

namespace Sluice.Api.Management.Exports;

/// <summary>Writes events as one CSV table, with a column for every metric.</summary>
internal sealed class CsvEventWriter(Stream output, IReadOnlyList<string> metrics, MetricCatalogue catalogue)
    : IEventWriter
{
    private readonly string[] _columns = EventsCsv.ColumnsOf(metrics, catalogue);
    private bool _begun;

    public async Task WriteAsync(IReadOnlyList<GetEventsItem> items, CancellationToken ct)
    {
        var rows = items.Select(item => EventsCsv.RowOf(item, metrics, catalogue));
        await output.WriteAsync(_begun ? UsageCsv.WriteRows(_columns, rows) : UsageCsv.Write(_columns, rows), ct);
        _begun = true;
    }

    public Task EndAsync(CancellationToken ct) => _begun ? Task.CompletedTask : WriteAsync([], ct);
}
