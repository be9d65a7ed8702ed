// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record GetReconciliationItem
{
    /// <summary>The tenant's id, such as <c>t0000000001a</c>.</summary>
    public required string TenantId { get; init; }

    /// <summary>The metric's name, such as <c>text_tokens</c>.</summary>
    public required string Metric { get; init; }

    /// <summary>
    /// The usage that the ledger holds, event by event, as far as the counters have been written; in the metric's
    /// units.
    /// </summary>
    public required decimal Ledger { get; init; }

    /// <summary>The usage by the counters, which limits use; in the metric's units.</summary>
    public required decimal Counters { get; init; }

    /// <summary>The usage by the sums, which analytics and statements use; in the metric's units.</summary>
    public required decimal Sums { get; init; }

    /// <summary>The counters minus the ledger; 0 if they agree.</summary>
    public required decimal CounterDrift { get; init; }

    /// <summary>The sums minus the part of the ledger that they include; 0 if they agree.</summary>
    public required decimal SumDrift { get; init; }
}
