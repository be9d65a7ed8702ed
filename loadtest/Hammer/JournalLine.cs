namespace Sluice.LoadTest.Hammer;

/// <summary>One answer that was received.</summary>
/// <param name="Number">The event's number; with the run id it makes the event id.</param>
/// <param name="Status">The HTTP status: 200 acknowledged, 429 refused, 0 never answered.</param>
/// <param name="Duplicate">The answer said that the event was counted before.</param>
/// <param name="KeyId">Which key paid.</param>
/// <param name="Tokens">How much.</param>
internal readonly record struct JournalLine(long Number, int Status, bool Duplicate, string KeyId, long Tokens)
{
    public bool IsAcknowledged => Status is 200 or 201;

    public bool IsRefused => Status == 429;
}
