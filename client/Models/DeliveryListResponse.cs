// Written from the OpenAPI document by a test of the API, which says how.
using Sluice.Client.Wire;

namespace Sluice.Client.Models;

/// <summary>One page of a list.</summary>
public sealed record DeliveryListResponse : IPage<DeliveryResponse>
{
    /// <summary>The items of this page, in the order of the list.</summary>
    public required IReadOnlyList<DeliveryResponse> Items { get; init; }

    /// <summary>The value of <c>after</c> for the next page; null on the last one.</summary>
    public required string? Next { get; init; }
}
