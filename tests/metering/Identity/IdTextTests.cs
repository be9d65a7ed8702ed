using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Sluice.Metering.Identity;
using Xunit;

namespace Sluice.Metering.Tests.Identity;

public sealed class IdTextTests
{
    [Theory]
    [InlineData(1, "k00000000001")]
    [InlineData(61, "k0000000000z")]
    [InlineData(62, "k00000000010")]
    [InlineData(long.MaxValue, "kAzL8n0Y58m7")]
    public void Format_WritesElevenDigits_AfterTheLetter(long value, string text) =>
        Assert.Equal(text, IdText.Format(IdText.Key, value));

    [Theory]
    [InlineData("")]
    [InlineData("k")]
    [InlineData("k0000000001")]
    [InlineData("k000000000001")]
    [InlineData("p00000000001")]
    [InlineData("K00000000001")]
    [InlineData("k00000000000")]
    [InlineData("k0000000000-")]
    [InlineData("k0000000000é")]
    [InlineData("kAzL8n0Y58m8")]
    [InlineData("kzzzzzzzzzzz")]
    public void TryParse_RefusesWhatFormatWouldNotHaveWritten(string text)
    {
        Assert.False(IdText.TryParse(IdText.Key, text, out var value));
        Assert.Equal(0, value);
        Assert.False(IdText.TryParse(IdText.Key, Encoding.Latin1.GetBytes(text), out _));
        Assert.False(IdText.TryParse(IdText.Key, Encoding.UTF8.GetBytes(text), out _));
    }

    [Theory]
    [InlineData("k0", 0, 839_299_365_868_340_223)]
    [InlineData("k0000000001", 62, 123)]
    [InlineData("k00000000010", 62, 62)]
    [InlineData("kAzL8n0Y58m7", long.MaxValue, long.MaxValue)]
    [InlineData("kA", 8_392_993_658_683_402_240, long.MaxValue)]
    public void TryParseStart_ReturnsTheNumbersOfTheIdsThatBeginSo(string start, long first, long last)
    {
        Assert.True(IdText.TryParseStart(IdText.Key, start, out var from, out var to));

        Assert.Equal((first, last), (from, to));
        Assert.StartsWith(start, IdText.Format(IdText.Key, from));
        Assert.StartsWith(start, IdText.Format(IdText.Key, to));
    }

    [Theory]
    [InlineData("")]
    [InlineData("k")]
    [InlineData("p0")]
    [InlineData("k-")]
    [InlineData("kB")]
    [InlineData("kAzL8n0Y58m8")]
    [InlineData("k000000000001")]
    public void TryParseStart_RefusesWhatNoIdBeginsWith(string start)
    {
        Assert.False(IdText.TryParseStart(IdText.Key, start, out var first, out var last));
        Assert.Equal((0, 0), (first, last));
    }

    [Fact]
    public void TryParse_UndoesFormat_ForEveryIdAndKind()
    {
        var values =
            from high in Gen.Choose(1, int.MaxValue)
            from low in Gen.Choose(1, int.MaxValue)
            select (long)high * low;
        var kinds = Gen.Elements(Enum.GetValues<ScopeKind>());
        Prop.ForAll(values.ToArbitrary(), kinds.ToArbitrary(), static (value, kind) =>
        {
            var text = new ScopeId(kind, value).ToString();
            return IdText.TryParse(IdText.PrefixOf(kind), text, out var parsed) && parsed == value
                && IdText.TryParse(IdText.PrefixOf(kind), Encoding.ASCII.GetBytes(text), out var same) && same == value;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));
    }

    [Fact]
    public void NewValue_HasAText_AndDoesNotRepeat()
    {
        var values = Enumerable.Range(0, 1_000).Select(_ => IdText.NewValue()).ToArray();
        Assert.All(values, value => Assert.InRange(value, 1, long.MaxValue));
        Assert.Distinct(values);
    }

    [Fact]
    public void Scopes_OrderByKind_ThenByNumber()
    {
        ScopeId[] sorted =
        [
            new(ScopeKind.Tenant, 2), new(ScopeKind.Tenant, 9), new(ScopeKind.Project, 1), new(ScopeKind.Key, 1),
        ];
        Assert.Equal(sorted, sorted.Reverse().Order());
        Assert.True(sorted[0] < sorted[1] && sorted[1] <= sorted[2] && sorted[3] > sorted[2] && sorted[3] >= sorted[3]);
    }
}
