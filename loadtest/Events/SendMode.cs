namespace Sluice.LoadTest.Events;

/// <summary>Which calls carry the events.</summary>
internal enum SendMode
{
    /// <summary>One <c>POST /v1/usage</c> per event.</summary>
    Consume,

    /// <summary><c>POST /v1/usage/batch</c> with many events.</summary>
    Batch,

    /// <summary>A reservation of prompt plus an estimate, then a commit of what was really used.</summary>
    Reserve,
}
