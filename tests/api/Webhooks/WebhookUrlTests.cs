using Sluice.Api.Validation;
using Sluice.Api.Webhooks;
using Sluice.Api.Wire;
using Xunit;

namespace Sluice.Api.Tests.Webhooks;

public sealed class WebhookUrlTests
{
    [Theory]
    [InlineData("https://example.com", "https://example.com/")]
    [InlineData("HTTPS://Example.COM:443/Hooks?a=B%20c", "https://example.com/Hooks?a=B%20c")]
    [InlineData("https://8.8.8.8:8443/x", "https://8.8.8.8:8443/x")]
    [InlineData("https://[2606:4700:4700::1111]/", "https://[2606:4700:4700::1111]/")]
    [InlineData("https://localhost/", "https://localhost/")]
    public void WhatLeadsOutside_IsKeptWrittenOutInFull(string given, string kept)
    {
        var rules = new FieldErrors();

        Assert.Equal(kept, WebhookUrl.Check(rules, "url", given, privateAllowed: false));
        Assert.True(rules.IsEmpty);
    }

    [Theory]
    [InlineData(null, "required")]
    [InlineData("", "required")]
    [InlineData("example.com/hooks", "url-form")]
    [InlineData("/hooks", "url-form|url-scheme")]
    [InlineData("https://", "url-form")]
    [InlineData("https://exa mple.com", "url-form")]
    [InlineData("https://example.com/\u202e", "url-form")]
    [InlineData("https://b\u00fccher.example", "url-form")]
    [InlineData("http://example.com", "url-scheme")]
    [InlineData("ftp://example.com", "url-scheme")]
    [InlineData("https://ada:pass@example.com", "url-user")]
    [InlineData("https://example.com/#part", "url-fragment")]
    [InlineData("https://127.0.0.1/", "url-private")]
    [InlineData("https://2130706433/", "url-private")]
    [InlineData("https://0x7f.1/", "url-private")]
    [InlineData("https://169.254.169.254/latest/meta-data", "url-private")]
    [InlineData("https://[::1]/", "url-private")]
    [InlineData("https://[::ffff:10.0.0.1]/", "url-private")]
    public void WhatBreaksARule_IsToldWhich(string? given, string expected)
    {
        var rules = new FieldErrors();

        WebhookUrl.Check(rules, "url", given, privateAllowed: false);

        Assert.Contains(rules.Rules.Single().Rule, expected.Split('|'));
    }

    [Fact]
    public void NoAddress_IsLongerThanItsBound_WrittenOutInFull()
    {
        foreach (var path in new[] { new string('a', 2_000), new string('"', 700) })
        {
            var rules = new FieldErrors();
            WebhookUrl.Check(rules, "url", $"https://example.com/{path}", privateAllowed: false);
            Assert.Equal("too-long", rules.Rules.Single().Rule);
        }
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080/")]
    [InlineData("https://192.168.1.1/")]
    public void WhereItIsAllowed_AddressesMayBePrivate_AndPlain(string given)
    {
        var rules = new FieldErrors();

        Assert.Equal(given, WebhookUrl.Check(rules, "url", given, privateAllowed: true));
        Assert.True(rules.IsEmpty);
    }
}
