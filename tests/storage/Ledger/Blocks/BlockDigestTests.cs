using System.Security.Cryptography;
using Sluice.Metering.Identity;
using Sluice.Storage.Ledger.Entries;
using Xunit;

namespace Sluice.Storage.Ledger.Blocks;

public sealed class BlockDigestTests
{
    private static readonly BlockHeader Header = new(new SessionId(5), 1, 1_000, 2_000, 3);
    private static readonly byte[] Body = [1, 0, 9];

    [Fact]
    public void Of_IsTheHashOfThePage()
    {
        byte[] hashed =
        [
            .. new byte[32], .. BitConverter.GetBytes(5L), .. BitConverter.GetBytes(1L),
            .. BitConverter.GetBytes(1_000L), .. BitConverter.GetBytes(2_000L), .. BitConverter.GetBytes(3), .. Body,
        ];

        Assert.Equal(SHA256.HashData(hashed), BlockDigest.Of(BlockDigest.OfNothing.Span, Header, Body));
    }

    [Fact]
    public void EveryPart_ChangesIt()
    {
        var first = BlockDigest.Of(BlockDigest.OfNothing.Span, Header, Body);
        byte[][] all =
        [
            first,
            BlockDigest.Of(first, Header, Body),
            BlockDigest.Of(BlockDigest.OfNothing.Span, Header, [1, 0, 8]),
            BlockDigest.Of(BlockDigest.OfNothing.Span, Header with { Session = new SessionId(6) }, Body),
            BlockDigest.Of(BlockDigest.OfNothing.Span, Header with { Batch = 2 }, Body),
            BlockDigest.Of(BlockDigest.OfNothing.Span, Header with { FirstAtMs = 999 }, Body),
            BlockDigest.Of(BlockDigest.OfNothing.Span, Header with { LastAtMs = 2_001 }, Body),
            BlockDigest.Of(BlockDigest.OfNothing.Span, Header with { Count = 4 }, Body),
        ];

        Assert.Equal(all.Length, all.Select(Convert.ToHexString).Distinct().Count());
    }

    [Fact]
    public void AHeader_HasTheSpanOfItsEvents_InWhateverOrderTheyAre()
    {
        LedgerEntry[] entries = [At(1_500), At(1_000), At(2_000)];

        Assert.Equal(Header with { Batch = 9 }, BlockHeader.Of(new SessionId(5), 9, entries));
    }

    private static LedgerEntry At(long ms) => new() { AdmittedAtMs = ms };
}
