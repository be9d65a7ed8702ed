namespace Sluice.Api.Webhooks;

/// <summary>What came of one request to a receiver.</summary>
/// <param name="Status">Its answer; null where there was none.</param>
/// <param name="Error">What went wrong, for people; null where it has taken the delivery.</param>
internal sealed record SendResult(int? Status, string? Error)
{
    /// <summary>The receiver wants nothing any more, ever.</summary>
    public bool IsGone => Status == StatusCodes.Status410Gone;
}
