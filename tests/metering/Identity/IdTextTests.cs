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
