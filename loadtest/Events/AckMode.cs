namespace Sluice.LoadTest.Events;

/// <summary>When the server may answer.</summary>
internal enum AckMode
{
    /// <summary>The server answers after the usage is on disk.</summary>
    Durable,

    /// <summary>The server answers at once; the last 50 ms are at risk if the process crashes.</summary>
    Memory,
}
