using Sluice.Metering.Identity;
using Xunit;

namespace Sluice.Engine.Keys;

public sealed class KnownKeyIdsTests
{
    private const int Count = 50_000;

    [Fact]
    public void WhatWasAdded_IsNeverDenied_AndOfOthersFewAreAdmitted()
    {
        var known = new KnownKeyIds(Count);
        long[] ids = [.. Enumerable.Range(0, Count).Select(static _ => IdText.NewValue())];
        foreach (var id in ids)
            known.Add(id);

        Assert.All(ids, id => Assert.True(known.MayContain(id)));
        Assert.InRange(Enumerable.Range(0, Count).Count(_ => known.MayContain(IdText.NewValue())), 0, Count / 20);
        Assert.InRange(Enumerable.Range(0, Count).Count(n => known.MayContain(n + 1)), 0, Count / 20);
    }

    [Fact]
    public void MoreThanItIsMadeFor_MakesItFull()
    {
        var known = new KnownKeyIds(1_000);
        for (var n = 0; n < 1_000; n++)
            known.Add(IdText.NewValue());
        Assert.False(known.IsFull);

        for (var n = 0; n < 200; n++)
            known.Add(IdText.NewValue());

        Assert.True(known.IsFull);
    }
}
