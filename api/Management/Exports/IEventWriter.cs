using Sluice.Api.Management.Events;

namespace Sluice.Api.Management.Exports;

/// <summary>Writes events in one format.</summary>
internal interface IEventWriter
{
    /// <summary>Writes some events.</summary>
    Task WriteAsync(IReadOnlyList<GetEventsItem> items, CancellationToken ct);

    /// <summary>Writes what comes behind the last one.</summary>
    Task EndAsync(CancellationToken ct);
}
