namespace Sluice.LoadTest.Events;

/// <summary>When the server may answer.</summary>
internal enum AckMode
{
    /// <summary>After the usage is on disk.</summary>
    Durable,

    /// <summary>At once; the last 50 ms are at risk if the process dies.</summary>
    Memory,
}
