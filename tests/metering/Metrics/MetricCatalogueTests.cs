using System.Text;
using Sluice.Metering.Metrics;
using Xunit;

namespace Sluice.Metering.Tests.Metrics;

public sealed class MetricCatalogueTests
{
    private static readonly Metric Pages = new(new MetricId(16), "pages", 0, Derived: false);
    private static readonly Metric Minutes = new(new MetricId(255), "gpu_minutes_2", 6, Derived: false);

    [Theory]
    [InlineData("amount", 0, 6, true)]
    [InlineData("credits", 1, 6, true)]
    [InlineData("requests", 2, 0, false)]
    [InlineData("text_tokens", 3, 0, false)]
    [InlineData("audio_transcribed_seconds", 4, 3, false)]
    [InlineData("audio_analyzed_seconds", 5, 3, false)]
    public void BuiltIn_HoldsTheMetricsOfTheRuleBook(string name, short id, int decimals, bool derived)
    {
        Assert.True(MetricCatalogue.BuiltIn.TryGet(name, out var metric));
        Assert.Equal(new Metric(new MetricId(id), name, decimals, derived), metric);
    }

    [Fact]
    public void EveryMetric_IsFoundByNumberByNameAndByItsBytes()
    {
        var catalogue = MetricCatalogue.TryCreate([Minutes, Pages], out var broken);
        Assert.Empty(broken);
        Assert.NotNull(catalogue);
        Assert.Equal(8, catalogue.All.Length);
        foreach (var metric in catalogue.All)
        {
            Assert.Same(metric, catalogue[metric.Id]);
            Assert.True(catalogue.TryGet(metric.Name, out var byName));
            Assert.True(catalogue.TryGet(Encoding.UTF8.GetBytes(metric.Name), out var byBytes));
            Assert.Same(metric, byName);
            Assert.Same(metric, byBytes);
        }

        Assert.Equal(catalogue.All.OrderBy(m => m.Id.Value), catalogue.All);
    }

    [Theory]
    [InlineData("")]
    [InlineData("text_token")]
    [InlineData("Text_tokens")]
    [InlineData("text_tokens ")]
    [InlineData("text_tokensé")]
    public void WhatIsNotAMetric_IsNotFound(string name)
    {
        Assert.False(MetricCatalogue.BuiltIn.TryGet(name, out _));
        Assert.False(MetricCatalogue.BuiltIn.TryGet(Encoding.UTF8.GetBytes(name), out _));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(6)]
    [InlineData(256)]
    [InlineData(short.MaxValue)]
    public void ANumberWithoutAMetric_IsNotFound(short id)
    {
        Assert.False(MetricCatalogue.BuiltIn.TryGet(new MetricId(id), out _));
        Assert.Throws<KeyNotFoundException>(() => MetricCatalogue.BuiltIn[new MetricId(id)]);
    }

    [Fact]
    public void LookUpByBytes_AllocatesNothing()
    {
        var catalogue = MetricCatalogue.BuiltIn;
        var found = catalogue.TryGet("text_tokens"u8, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
            found &= catalogue.TryGet("text_tokens"u8, out _);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(found);
    }

    [Fact]
    public void TryCreate_NamesEveryFailureAtOnce()
    {
        Metric[] custom =
        [
            new(new MetricId(15), "Pages", 7, Derived: true),
            Pages,
            new(Pages.Id, "text_tokens", 0, Derived: false),
            new(new MetricId(256), new string('a', 64), -1, Derived: false),
        ];
        Assert.Null(MetricCatalogue.TryCreate(custom, out var broken));
        Assert.Equal(
            [
                ("metrics[0].name", "name-form"),
                ("metrics[0].id", "id-range"),
                ("metrics[0].decimals", "decimals-range"),
                ("metrics[0].derived", "derived"),
                ("metrics[2].name", "name-taken"),
                ("metrics[2].id", "id-taken"),
                ("metrics[3].name", "name-form"),
                ("metrics[3].id", "id-range"),
                ("metrics[3].decimals", "decimals-range"),
            ],
            broken.Select(b => (b.Field, b.Rule)));
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("a0_", true)]
    [InlineData("_a", false)]
    [InlineData("0a", false)]
    [InlineData("a\n", false)]
    [InlineData("a-b", false)]
    [InlineData("é", false)]
    public void IsName_FollowsTheRuleBook(string name, bool expected) => Assert.Equal(expected, Metric.IsName(name));

    [Fact]
    public void IsName_TakesSixtyThreeCharacters_AndNoMore()
    {
        Assert.True(Metric.IsName(new string('a', 63)));
        Assert.False(Metric.IsName(new string('a', 64)));
    }
}
