namespace Sluice.LoadTest.Events;

/// <summary>What became of an event.</summary>
internal enum EventOutcome
{
    /// <summary>Counted now, for the first time.</summary>
    Counted,

    /// <summary>Counted before under the same id; nothing was added.</summary>
    Duplicate,

    /// <summary>A limit was reached; nothing was counted.</summary>
    Refused,

    /// <summary>No answer, or only 503, until patience ended; whether it was counted is unknown.</summary>
    Unanswered,

    /// <summary>An answer that the contract doesn't have for this request.</summary>
    Failed,
}
