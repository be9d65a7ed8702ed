namespace Sluice.Api.Webhooks;

/// <summary>The result of one request to a receiver.</summary>
/// <param name="Status">The status of its response; null if there was none.</param>
/// <param name="Error">What went wrong, for people; null if the receiver accepted the delivery.</param>
internal sealed record SendResult(int? Status, string? Error)
{
    /// <summary>Whether the receiver wants no more deliveries (410).</summary>
    public bool IsGone => Status == StatusCodes.Status410Gone;
}
