using Sluice.Metering.Periods;
using Xunit;

namespace Sluice.Metering.Tests.Periods;

public sealed class PeriodKeyTests
{
    [Theory]
    [InlineData("total", 0, PeriodKind.Total)]
    [InlineData("2026-11", 202_611, PeriodKind.Month)]
    [InlineData("9998-12", 999_812, PeriodKind.Month)]
    [InlineData("2026-11-21", 20_261_121, PeriodKind.Day)]
    [InlineData("2024-02-29", 20_240_229, PeriodKind.Day)]
    public void TryParse_ReadsWhatToStringWrites(string text, int value, PeriodKind kind)
    {
        Assert.True(PeriodKey.TryParse(text, out var key));
        Assert.Equal(new PeriodKey(value), key);
        Assert.Equal(kind, key.Kind);
        Assert.True(key.IsDate);
        Assert.Equal(text, key.ToString());
    }

    [Theory]
    [InlineData(202_611, 0, 202_611)]
    [InlineData(202_611, 10, 202_601)]
    [InlineData(202_611, 11, 202_512)]
    [InlineData(202_601, 1, 202_512)]
    [InlineData(202_601, 25, 202_312)]
    public void MonthsBefore_CrossYears(int month, int count, int before) =>
        Assert.Equal(before, new PeriodKey(month).MonthsBefore(count).Value);

    [Theory]
    [InlineData("")]
    [InlineData("Total")]
    [InlineData("2026-13")]
    [InlineData("2026-00")]
    [InlineData("2026-1")]
    [InlineData("2026/11")]
    [InlineData("202611")]
    [InlineData("2026-02-29")]
    [InlineData("2026-11-00")]
    [InlineData("2026-11-2x")]
    [InlineData("2026-11_21")]
    [InlineData("1969-12")]
    [InlineData("9999-01")]
    [InlineData("2026-11 ")]
    public void TryParse_RefusesEverythingElse(string text) => Assert.False(PeriodKey.TryParse(text, out _));
}
