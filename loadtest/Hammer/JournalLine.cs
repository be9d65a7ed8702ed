namespace Sluice.LoadTest.Hammer;

/// <summary>One received answer.</summary>
/// <param name="Number">The event's number; with the run id it makes the event id.</param>
/// <param name="Status">The HTTP status: 200 acknowledged, 429 refused, 0 never answered.</param>
/// <param name="Duplicate">Whether the event had been counted before, according to the answer.</param>
/// <param name="KeyId">The key that paid.</param>
/// <param name="Tokens">The number of tokens.</param>
internal readonly record struct JournalLine(long Number, int Status, bool Duplicate, string KeyId, long Tokens)
{
    public bool IsAcknowledged => Status is 200 or 201;

    public bool IsRefused => Status == 429;
}
