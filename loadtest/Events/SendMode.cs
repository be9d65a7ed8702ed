namespace Sluice.LoadTest.Events;

/// <summary>The calls that carry the events.</summary>
internal enum SendMode
{
    /// <summary>Sends one <c>POST /v1/usage</c> per event.</summary>
    Consume,

    /// <summary><c>POST /v1/usage/batch</c> with many events.</summary>
    Batch,

    /// <summary>A reservation of prompt plus an estimate, then a commit of the actual usage.</summary>
    Reserve,
}
