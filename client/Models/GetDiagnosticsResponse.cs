// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record GetDiagnosticsResponse
{
    /// <summary>The number of this start of the node.</summary>
    public required long Session { get; init; }

    /// <summary>The keys with which requests are admitted.</summary>
    public required int Keys { get; init; }

    /// <summary>The tenants, projects, seats and keys that the edge knows.</summary>
    public required int Scopes { get; init; }

    /// <summary>The authorities in this process.</summary>
    public required int Authorities { get; init; }

    /// <summary>The requests that wait for rights.</summary>
    public required int Waiting { get; init; }

    /// <summary>The reservations that are held.</summary>
    public required int Reservations { get; init; }

    /// <summary>The events that wait to be written.</summary>
    public required int QueuedEvents { get; init; }

    /// <summary>The rows of usage sums that wait to be written.</summary>
    public required int PendingSums { get; init; }

    /// <summary>The sums that were folded into those of other labels since the start.</summary>
    public required long FoldedSums { get; init; }

    /// <summary>The calls to authorities since the start.</summary>
    public required long AuthorityCalls { get; init; }

    /// <summary>The transactions of authorities since the start.</summary>
    public required long LeaseCommits { get; init; }

    /// <summary>The bytes on the managed heap, after a garbage collection if one was asked for.</summary>
    public required long ManagedHeapBytes { get; init; }
}
