using Sluice.Metering.Limits;
using Xunit;

namespace Sluice.Metering.Tests.Limits;

public sealed class RecipientRulesTests
{
    [Theory]
    [InlineData("a@example.com")]
    [InlineData("first.last+tag@sub.example.co.jp")]
    [InlineData("o'neil_1@xn--bcher-kva.example")]
    public void IsAddress_TakesWhatMailServersTake(string text) => Assert.True(RecipientRules.IsAddress(text));

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("@example.com")]
    [InlineData("a@")]
    [InlineData("a@localhost")]
    [InlineData("a@@example.com")]
    [InlineData("a@example..com")]
    [InlineData("a@.example.com")]
    [InlineData("a@example.com.")]
    [InlineData("a@-example.com")]
    [InlineData(".a@example.com")]
    [InlineData("a.@example.com")]
    [InlineData("a..b@example.com")]
    [InlineData("a b@example.com")]
    [InlineData("a@exa mple.com")]
    [InlineData("a@example.com, b@example.com")]
    [InlineData("Ann <a@example.com>")]
    [InlineData("a@example.com\r\nBcc: b@example.com")]
    [InlineData("é@example.com")]
    public void IsAddress_RefusesTheRest(string text) => Assert.False(RecipientRules.IsAddress(text));

    [Fact]
    public void IsAddress_KeepsTheLengthsOfTheStandard()
    {
        var domain = string.Join('.', Enumerable.Repeat(new string('d', 63), 3));
        Assert.True(RecipientRules.IsAddress($"{new string('a', 62)}@{domain}"));
        Assert.False(RecipientRules.IsAddress($"{new string('a', 63)}@{domain}"));
        Assert.False(RecipientRules.IsAddress($"{new string('a', 65)}@example.com"));
        Assert.False(RecipientRules.IsAddress($"a@{new string('d', 64)}.com"));
    }

    [Fact]
    public void MoreThanTheBound_OfRecipients_IsRefused()
    {
        var most = Enumerable.Range(0, RecipientRules.MaxRecipients).Select(i => $"a{i}@example.com").ToArray();
        Assert.Empty(RecipientRules.Check(most, "recipients"));
        var broken = Assert.Single(RecipientRules.Check([.. most, "b@example.com"], "recipients"));
        Assert.Equal(("recipients", "too-many"), (broken.Field, broken.Rule));
    }
}
