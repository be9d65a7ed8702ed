using Sluice.LoadTest.Management;


namespace Sluice.EndToEnd.Traffic;

/// <summary>One thing that a client wants counted; it may be sent several times, always with the same bytes.</summary>
/// <param name="Kind">Which request.</param>
/// <param name="Id">The event's id, or null to let the node choose one: then it must not be sent twice.</param>
/// <param name="Key">The key that pays.</param>
/// <param name="Tokens">How much.</param>
/// <param name="FromMemory">Whether the response may come before the event is on disk.</param>
/// <param name="Model">The model, which prices depend on; null for none.</param>
internal sealed record Call(
    CallKind Kind, string? Id, FleetKey Key, long Tokens, bool FromMemory = false, string? Model = null)
{
    /// <summary>The path of the request.</summary>
    public string Path => Kind switch
    {
        CallKind.Consume => "/v1/usage",
        CallKind.Reserve => "/v1/reservations",
        _ => $"/v1/reservations/{Id}/commit",
    };
}
