using Sluice.Storage.Ledger.Ids;
using Xunit;

namespace Sluice.Engine.Events;

public sealed class FingerprintTests
{
    [Fact]
    public void WhatIsStored_NeverChanges()
    {
        // Otherwise a repeat from before an upgrade would be a conflict.
        Assert.Equal(0, new Fingerprint().Value);
        Assert.Equal(-6284781860667377211, Of(p => p.Add(0)));
        Assert.Equal(-6284922598155788219, Of(p => p.Add(long.MinValue)));
        Assert.Equal(-3963345634820883086, Of(p => p.Add("モデル-🎧")));
        Assert.Equal(1897541809078068857, Of(p =>
        {
            p.Add(42);
            p.Add("plamo-2.1-prime");
        }));
    }

    [Fact]
    public void PartsDoNotRunIntoEachOther()
    {
        Assert.NotEqual(Two("ab", "c"), Two("a", "bc"));
        Assert.NotEqual(Two("", "a"), Two("a", ""));
    }

    private static long Two(string first, string second) => Of(p =>
    {
        p.Add(first);
        p.Add(second);
    });

    private static long Of(Add add)
    {
        var writer = new Writer();
        add(writer);
        return writer.Value;
    }

    private delegate void Add(Writer print);

    /// <summary>Wraps a fingerprint, which is a value, so that it can be passed to a lambda.</summary>
    private sealed class Writer
    {
        private Fingerprint _print;

        public long Value => _print.Value;

        public void Add(long number) => _print.Add(number);

        public void Add(string text) => _print.Add(text);
    }
}
