using Sluice.Storage.Ledger.Ids;
using Xunit;

namespace Sluice.Engine.Events;

public sealed class EventIdsTests
{
    private const long NowMs = 1_784_073_600_000;

    [Fact]
    public void AnIdMadeHere_IsUnique_AndKnownByItsText()
    {
        for (var i = 0; i < 1_000; i++)
        {
            var (key, text) = EventIds.NewEvent(NowMs + i);

            Assert.Matches("^evt_[0-7][0-9a-hjkmnp-tv-z]{25}$", text);
            Assert.True(EventIds.IsValid(text));
            Assert.True(key.IsUnique);
            Assert.Equal((7, NowMs + i), (key.Id.Version, key.TimeMs));
            var sent = EventIds.OfEvent(9, text);
            Assert.False(sent.IsUnique);
            Assert.Equal(new OwnIdOfCaller(9, key.Id), sent.Own);
            Assert.Equal(NowMs + i, sent.TimeMs);
        }
    }

    [Fact]
    public void AReservationThatIsNamedHere_IsFoundByItsText()
    {
        var (key, text) = EventIds.NewReservation(7, NowMs);

        Assert.False(key.IsUnique);
        Assert.Equal(key, EventIds.OfReservation(7, text));
        Assert.Equal(NowMs, key.TimeMs);
        Assert.Equal(NowMs, EventIds.OfEnd(7, text).TimeMs);
        Assert.Equal(NowMs, EventIds.OfProlongation(key, 1).TimeMs);
    }

    [Fact]
    public void IdsMadeHere_AreInTheOrderOfTheirTime()
    {
        var texts = Enumerable.Range(0, 100).Select(i => EventIds.NewEvent(NowMs + i).Text).ToArray();

        Assert.Equal(texts.Order(StringComparer.Ordinal), texts);
    }

    [Theory]
    [InlineData("evt-1")]
    [InlineData("日本語の識別子")]
    [InlineData("evt_01k0a0b0c0d0e0f0g0h0j0k0m0")]
    [InlineData("evt_7zzzzzzzzzzzzzzzzzzzzzzzzz")]
    [InlineData("EVT_01k0a0b0c0d0e0f0g0h0j0k0m0")]
    [InlineData("01K0A0B0C0D0E0F0G0H0J0K0M0")]
    [InlineData("0198a3c4-5d6e-7f80-9abc-def012345678")]
    public void OneText_IsAnotherEventForEachKeyAndKind_WhateverItLooksLike(string text)
    {
        EventKey[] keys =
        [
            EventIds.OfEvent(1, text), EventIds.OfEvent(2, text), EventIds.OfReservation(1, text),
            EventIds.OfReservation(2, text), EventIds.OfEnd(1, text), EventIds.OfEnd(2, text),
            EventIds.OfCloudEvent(1, "", text), EventIds.OfCloudEvent(1, text, ""), EventIds.OfCloudEvent(2, "", text),
        ];

        Assert.Equal(keys.Length, keys.Select(static key => key.Id).Distinct().Count());
        Assert.Equal(keys.Length, keys.Select(static key => key.Before).Distinct().Count());
        Assert.Equal(EventIds.OfEvent(1, text), EventIds.OfEvent(1, text));
    }

    [Fact]
    public void TheSourceAndIdOfACloudEvent_AreNotTakenForAnotherPair() =>
        Assert.NotEqual(EventIds.OfCloudEvent(1, "a", "b"), EventIds.OfCloudEvent(1, "ab", ""));

    [Fact]
    public void WhatIsStored_NeverChanges()
    {
        // The ledger identifies events by these; another value would count repeats from before an upgrade twice.
        Assert.Equal(new Guid("ec7077e6-132d-f3e1-68b1-40161963ffd8"), EventIds.OfEvent(42, "evt-1").Id);
        Assert.Equal(new Guid("b5d92422-ded3-852c-9962-437310532a86"), EventIds.OfReservation(42, "evt-1").Id);
        Assert.Equal(new Guid("2adc26fe-e2a5-8139-3288-2187282b44bf"), EventIds.OfEnd(42, "evt-1").Id);
        Assert.Equal(new Guid("48daa8cf-1e49-12e9-4157-2652d8f2653d"), EventIds.OfCloudEvent(42, "/api", "1").Id);
        Assert.Equal(
            new Guid("01981405-8180-681c-f593-13c70b729e2a"),
            EventIds.OfEvent(42, "evt_01k0a0b0c0d0e0f0g0h0j0k0m0").Before);
        Assert.Equal(EventIds.OfEvent(42, "evt-1").Id, EventIds.OfEvent(42, "evt-1").Before);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("a", true)]
    [InlineData("with space", true)]
    [InlineData("line\nbreak", false)]
    [InlineData("nul\0", false)]
    public void Ids_AreTextWithoutControlCharacters(string text, bool valid) =>
        Assert.Equal(valid, EventIds.IsValid(text));

    [Fact]
    public void Ids_AreAtMost128Characters_AndTheLongestAreHashedToo()
    {
        var longest = new string('語', EventIds.MaxLength);

        Assert.True(EventIds.IsValid(longest));
        Assert.False(EventIds.IsValid(longest + "a"));
        Assert.NotEqual(EventIds.OfEvent(1, longest), EventIds.OfEvent(1, longest[..^1] + "話"));
    }
}
