using Sluice.Metering.Identity;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Sluice.Storage.Ledger.Entries;
using Sluice.Storage.Ledger.Ids;
using Xunit;

namespace Sluice.Storage.Ledger.Blocks;

/// <summary>What is written is read again, by the reader and by one that was written from the format alone.</summary>
public sealed class BlockFormatTests
{
    private const int Seeds = 300;
    private const int EventsMax = 400;

    private static readonly string[] Labels = ["", "eve", "m-2", "größe", "日本語モデル", "a\tb", "🦜"];

    [Fact]
    public void Events_OfAllKinds_AreReadAsTheyWere()
    {
        var writer = new BlockWriter();
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            var entries = Enumerable.Range(0, 1 + random.Next(EventsMax)).Select(_ => Any(random)).ToArray();
            var expected = entries.Select(LineOf).ToArray();

            foreach (var packs in (bool[])[false, true])
            {
                var body = writer.Write(entries, packs).ToArray();

                Assert.True(expected.SequenceEqual(BlockReader.Read(body).Select(LineOf)), $"seed {seed}");
                Assert.True(expected.SequenceEqual(FormatReader.Lines(body)), $"seed {seed}, format reader");
            }
        }
    }

    /// <summary>A body that was written by hand from the page: the format of stored blocks never changes.</summary>
    [Fact]
    public void ABody_IsTheBytesOfThePage()
    {
        var own = Guid.Parse("0196f0c4-0000-7000-8000-000000000001");
        LedgerEntry[] entries =
        [
            Entry(own, "evt_01jvrc8000e008000000000001", EntryKind.Consume, 1_000, (MetricId.TextTokens, 300)),
            Entry(Guid.Parse("00000000-0000-0000-0000-0000000000ff"), "a1", EntryKind.Reserve, 998,
                (MetricId.TextTokens, 1), (MetricId.Amount, 0)),
        ];
        entries[1].Fingerprint = 258;
        entries[1].Model = "m";
        entries[1].UnpricedMask = 2;
        entries[1].ExpiresAtMs = 998 + 60_000;
        entries[1].Shares.Add(new EntryShare(ScopeKind.Key, 0, PeriodKind.Month, 1));
        entries[1].Shares.Add(new EntryShare(ScopeKind.Tenant, 1, PeriodKind.Month, 0));

        var body = new BlockWriter().Write(entries);

        string[] expected =
        [
            "02 00", // version, packing
            "02", // count
            "D00F 03", // admission: 1000, 2 before it
            "01 F3AE0C 81D2D409", // periods
            "01 07 02 00 04", // owners
            "01 00", // members
            "02 00 016D 00 01", // models: none and "m"
            "02 00 02 00 01", // kinds
            "02 01 03 02 03 00 00 01", // metrics
            "AC02 01 00", // units
            "01 01 04", // unpriced: of the second event, 2
            "00", // time of use
            "01 01 C0A907", // expiry: of the second event, 60000
            "01 01 02 90 01 03 00", // shares: of the second event, 1 of its key's month, 0 of its tenant's
            "02 0196F0C4000070008000000000000001 0000000000000000",
            "00 000000000000000000000000000000FF 0201000000000000 026131",
        ];
        Assert.Equal(
            string.Concat(expected).Replace(" ", "", StringComparison.Ordinal), Convert.ToHexString(body.Span));
    }

    /// <summary>Blocks of the version before are in every ledger that was updated.</summary>
    [Fact]
    public void ABodyOfTheVersionBefore_IsRead()
    {
        var entry = Entry(
            Guid.Parse("00000000-0000-0000-0000-0000000000ff"), "a1", EntryKind.Reserve, 998, (MetricId.TextTokens, 1));
        var before = Convert.FromHexString(
            "0100" + "01" + "CC0F" + "01F3AE0C81D2D409" + "0107020004" + "0100" + "0100" + "0102" + "010103" + "01"
            + "000000" + "00000000000000000000000000000000FF0000000000000000026131");

        Assert.Equal([LineOf(entry)], BlockReader.Read(before).Select(LineOf));
        Assert.Equal([LineOf(entry)], FormatReader.Lines(before));
    }

    /// <summary>Whatever is altered: there are events, or an error that says where; never anything else.</summary>
    [Fact]
    public void AnAlteredBody_IsReadOrRefused()
    {
        var writer = new BlockWriter();
        var refused = 0;
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            var entries = Enumerable.Range(0, 1 + random.Next(20)).Select(_ => Any(random)).ToArray();
            var body = writer.Write(entries, packs: seed % 4 == 0).ToArray();
            for (var change = 0; change < 40; change++)
            {
                var altered = body.ToArray();
                altered[random.Next(altered.Length)] = (byte)random.Next(256);
                if (change % 4 == 0)
                    altered = altered[..random.Next(altered.Length)];
                else if (change % 4 == 1)
                    altered = [.. altered, (byte)random.Next(256)];
                try
                {
                    BlockReader.Read(altered);
                }
                catch (BlockFormatException e)
                {
                    Assert.InRange(e.Offset, 0, BlockFormat.PayloadMax);
                    refused++;
                }
            }
        }

        Assert.InRange(refused, Seeds * 20, Seeds * 40);
    }

    [Theory]
    [InlineData("", "ends too early")]
    [InlineData("03 00", "version 3")]
    [InlineData("01 07", "packing")]
    [InlineData("01 00 00", "no event")]
    [InlineData("01 00 FFFFFFFF0F", "number of events")]
    [InlineData("01 01 05 0102030405", "the payload")]
    [InlineData("01 00 01 FFFFFFFFFFFFFFFFFFFF01", "64 bits")]
    [InlineData("01 00 01 00 00", "no value")]
    public void ABodyThatIsNone_IsRefused_AndTheReasonIsSaid(string hex, string reason)
    {
        var body = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

        Assert.Contains(reason, Assert.Throws<BlockFormatException>(() => BlockReader.Read(body)).Message);
    }

    private static LedgerEntry Any(Random random)
    {
        var admitted = 1_784_073_600_000 + random.Next(1_000);
        var entry = new LedgerEntry
        {
            Id = Uuid(random),
            Kind = (EntryKind)random.Next(7),
            TenantId = random.NextInt64(),
            ProjectId = random.Next(3) == 0 ? 0 : random.Next(1, 5),
            SeatId = random.Next(5) == 0 ? long.MaxValue : 0,
            KeyId = random.Next(1, 9),
            Member = Labels[random.Next(Labels.Length)],
            Model = Labels[random.Next(Labels.Length)],
            AtMs = random.Next(3) == 0 ? admitted - random.NextInt64(3_000_000_000) : admitted,
            AdmittedAtMs = admitted,
            Month = 202600 + random.Next(1, 3),
            Day = 20260000 + random.Next(101, 104),
            UnpricedMask = random.Next(4) == 0 ? random.Next(1 << Charge.LinesMax) : 0,
            Fingerprint = random.NextInt64(long.MinValue, long.MaxValue),
            ExpiresAtMs = random.Next(4) == 0 ? admitted + random.Next() : 0,
            Charge = new Charge(),
        };
        entry.EventId = random.Next(4) switch
        {
            0 => OwnId.Format(entry.Id),
            1 => Uuid(random).ToString(),
            2 => Uuid(random).ToString().ToUpperInvariant(),
            _ => $"{Labels[random.Next(Labels.Length)]}-{random.Next(1_000)}",
        };
        if (random.Next(2) == 0)
            entry.Fingerprint = 0;
        foreach (var metric in Enumerable.Range(0, MetricId.Max).OrderBy(_ => random.Next())
            .Take(random.Next(Charge.LinesMax + 1)))
        {
            var units = random.Next(3) == 0 ? random.NextInt64() : random.Next(5_000);
            entry.Charge.Add(new MetricId((short)metric), units);
        }

        for (var shares = random.Next(3) == 0 ? random.Next(6) : 0; shares > 0 && entry.Charge.Count > 0; shares--)
        {
            entry.Shares.Add(new EntryShare(
                (ScopeKind)random.Next(4), random.Next(entry.Charge.Count), (PeriodKind)random.Next(3),
                random.NextInt64()));
        }

        return entry;
    }

    private static Guid Uuid(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    private static string LineOf(LedgerEntry entry)
    {
        var charge = Enumerable.Range(0, entry.Charge.Count)
            .Select(line => $"{entry.Charge.MetricAt(line).Value}={entry.Charge.UnitsAt(line)}");
        return $"{entry.Id}|{entry.Fingerprint}|{entry.EventId}|{(byte)entry.Kind}|{entry.TenantId} {entry.ProjectId} "
            + $"{entry.SeatId} {entry.KeyId}|{entry.Member}|{entry.Model}|{entry.AtMs}|{entry.AdmittedAtMs}"
            + $"|{entry.Month} {entry.Day}|{string.Join(',', charge)}|{entry.UnpricedMask}|{entry.ExpiresAtMs}|"
            + string.Join(' ', entry.Shares.Select(static share =>
                $"{(int)share.Scope}.{share.Line}.{(int)share.Period}={share.Units}"));
    }

    private static LedgerEntry Entry(
        Guid id, string text, EntryKind kind, long atMs, params (MetricId Metric, long Units)[] charge)
    {
        var entry = new LedgerEntry
        {
            Id = id,
            EventId = text,
            Kind = kind,
            TenantId = 7,
            ProjectId = 2,
            KeyId = 4,
            AtMs = atMs,
            AdmittedAtMs = atMs,
            Month = 202611,
            Day = 20261121,
            Charge = new Charge(),
        };
        foreach (var (metric, units) in charge)
            entry.Charge.Add(metric, units);
        return entry;
    }
}
