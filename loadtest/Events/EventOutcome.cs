namespace Sluice.LoadTest.Events;

/// <summary>The result of an event.</summary>
internal enum EventOutcome
{
    /// <summary>Counted now, for the first time.</summary>
    Counted,

    /// <summary>Counted before under the same id; nothing was added.</summary>
    Duplicate,

    /// <summary>A limit was reached; nothing was counted.</summary>
    Refused,

    /// <summary>No answer, or only 503, until the retries ended; whether it was counted is unknown.</summary>
    Unanswered,

    /// <summary>An answer that the contract does not allow for this request.</summary>
    Failed,
}
