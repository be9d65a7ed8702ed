namespace Sluice.LoadTest.Events;

/// <summary>One model call to meter: its tokens, its key, and when it is due.</summary>
/// <param name="Number">Makes the event's id, <c>&lt;run-id&gt;-&lt;number&gt;</c>, so it must not repeat in a run.
/// </param>
/// <param name="KeyIndex">The index of the fleet's key that pays.</param>
/// <param name="InputTokens">Tokens of the prompt, known before the model runs.</param>
/// <param name="OutputTokens">Tokens the model generated, known only afterwards.</param>
/// <param name="Model">The label that prices depend on; null for none.</param>
/// <param name="DueTimestamp">When to send it, as a timestamp of the run's clock; 0 means at once.</param>
internal readonly record struct LoadEvent(
    long Number,
    int KeyIndex,
    long InputTokens,
    long OutputTokens,
    string? Model = null,
    long DueTimestamp = 0)
{
    public long TotalTokens => InputTokens + OutputTokens;
}
