using System.Xml.Linq;
using Sluice.Bench.Http;
using Sluice.Bench.Reports;
using Sluice.LoadTest.Latency;
using Xunit;

namespace Sluice.LoadTest.Tests.Bench.Reports;

public sealed class BarChartTests
{
    [Fact]
    public void Bars_AreAsLongAsTheirRates_AndNamesAreEscaped()
    {
        var fast = new RowResult("fast & durable", 64);
        fast.Add(1000, new LatencySummary(1, 1, 1, 1, 1));
        var slow = new RowResult("slow", 64);
        slow.Add(250, new LatencySummary(1, 1, 1, 1, 1));
        var absent = new RowResult("absent", 64) { NotRunBecause = "missing" };

        var svg = XDocument.Parse(BarChart.Draw([fast, slow, absent])).Root!;

        // The first rectangle is the background.
        var lengths = svg.Elements().Where(element => element.Name.LocalName == "rect").Skip(1)
            .Select(element => (int)element.Attribute("width")!).ToArray();
        var texts = svg.Elements().Where(element => element.Name.LocalName == "text").Select(text => text.Value);
        Assert.Equal(lengths[0], lengths[1] * 4);
        Assert.Equal(0, lengths[2]);
        Assert.Equal(["fast & durable", "1,000/s", "slow", "250/s", "absent", "not run"], texts);
    }
}
