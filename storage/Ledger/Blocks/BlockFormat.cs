using Sluice.Metering.Metrics;

namespace Sluice.Storage.Ledger.Blocks;

/// <summary>The constants of the format of blocks, which <c>docs/ledger-format.md</c> describes.</summary>
internal static class BlockFormat
{
    /// <summary>The version that is written.</summary>
    public const byte Version = 2;

    /// <summary>The version before, which has no shares; it is still read.</summary>
    public const byte VersionBefore = 1;

    /// <summary>The most shares of an event: one in each counter.</summary>
    public const int SharesMax = Scopes * Charge.LinesMax * Periods;

    /// <summary>How many kinds of scopes there are.</summary>
    public const int Scopes = 4;

    /// <summary>How many kinds of periods there are.</summary>
    public const int Periods = 3;

    /// <summary>The payload follows as it is.</summary>
    public const byte Plain = 0;

    /// <summary>The payload's length and the payload follow, compressed with Brotli (RFC 7932).</summary>
    public const byte Brotli = 1;

    /// <summary>The most events of a block.</summary>
    public const int EventsMax = 1_048_576;

    /// <summary>The most bytes of a payload.</summary>
    public const int PayloadMax = 1 << 29;
}
