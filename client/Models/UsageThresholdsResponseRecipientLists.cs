// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record UsageThresholdsResponseRecipientLists
{
    /// <summary>The addresses that are notified of warnings.</summary>
    public required IReadOnlyList<string> Warning { get; init; }

    /// <summary>The addresses that are notified of blocked values.</summary>
    public required IReadOnlyList<string> Blocked { get; init; }
}
