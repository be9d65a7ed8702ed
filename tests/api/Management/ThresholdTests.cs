using System.Net;
using Xunit;

namespace Sluice.Api.Tests.Management;

[Collection<SettingsNode>]
public sealed class ThresholdTests(NodeHost host)
{
    private readonly ApiCaller _api = host.Operator();

    [Fact]
    public async Task WhatIsSet_IsWhatIsShown()
    {
        var tenant = await _api.TenantPathAsync();

        var set = await _api.PutAsync($"{tenant}/usage-thresholds", """
            {
              "metrics": {
                "text_tokens": {"warning": [800, 900], "blocked": 1000},
                "audio_transcribed_seconds": {"warning": 1.5, "blocked": null},
                "requests": {"warning": null, "blocked": 10}
              },
              "recipients": {"warning": ["ops@example.com"], "blocked": []},
              "language": "fr"
            }
            """);

        set.IsJson("""
            {
              "metrics": {
                "text_tokens": {"warning": [800, 900], "blocked": 1000},
                "audio_transcribed_seconds": {"warning": [1.5], "blocked": null},
                "requests": {"warning": [], "blocked": 10}
              },
              "recipients": {"warning": ["ops@example.com"], "blocked": []},
              "language": "fr"
            }
            """);
        var shown = await _api.GetAsync($"{tenant}/usage-thresholds");
        foreach (var metric in set["metrics"].EnumerateObject())
            Assert.Equal(metric.Value.GetRawText(), shown["metrics"].GetProperty(metric.Name).GetRawText());
        Assert.Equal(set["recipients"].GetRawText(), shown["recipients"].GetRawText());
        Assert.Equal("fr", shown.String("language"));
    }

    [Fact]
    public async Task WithoutAny_TheListIsEmpty_InTheTenantsLanguage()
    {
        var tenant = await _api.TenantPathAsync();

        Assert.Equal(
            """{"metrics":{},"recipients":{"warning":[],"blocked":[]},"language":"en"}""",
            (await _api.GetAsync($"{tenant}/usage-thresholds")).Is(HttpStatusCode.OK).Text);
    }

    [Fact]
    public async Task AMetricThatIsLeftOut_HasNoThresholdsAfterwards()
    {
        var tenant = await _api.TenantPathAsync();
        await _api.PutAsync(
            $"{tenant}/usage-thresholds",
            """{"metrics": {"text_tokens": {"blocked": 10}, "requests": {"blocked": 5}}}""");

        await _api.PutAsync($"{tenant}/usage-thresholds", """{"metrics": {"requests": {"blocked": 5}}}""");

        var metrics = (await _api.GetAsync($"{tenant}/usage-thresholds"))["metrics"].EnumerateObject();
        Assert.Equal(["requests"], metrics.Select(static metric => metric.Name));
    }

    [Fact]
    public async Task WhoIsTold_StaysWithoutAnyThreshold()
    {
        var tenant = await _api.TenantPathAsync();
        await _api.PutAsync(
            $"{tenant}/usage-thresholds",
            """{"metrics": {}, "recipients": {"warning": ["ops@example.com"]}}""");

        var shown = await _api.GetAsync($"{tenant}/usage-thresholds");

        Assert.Equal("ops@example.com", shown["recipients"].GetProperty("warning")[0].GetString());
    }

    [Theory]
    [InlineData("""{"metrics": {"text_tokens": {"warning": 10}}}""", "recipients.warning: required")]
    [InlineData(
        """{"metrics": {"text_tokens": {"warning": 0, "blocked": 10}}, "recipients": {"warning": ["a@b.example"]}}""",
        "metrics.text_tokens.warning[0]: value-range")]
    [InlineData("""{"metrics": {"bananas": {"blocked": 10}}}""", "metrics.bananas: metric-unknown")]
    [InlineData("""{"metrics": {"amount": {"blocked": 10}}}""", "metrics.amount: metric-derived")]
    [InlineData("""{"metrics": {"text_tokens": {"blocked": 0.5}}}""", "metrics.text_tokens.blocked: too-many-decimals")]
    [InlineData("""{"metrics": {"text_tokens": {"blocked": -5}}}""", "metrics.text_tokens.blocked: negative")]
    [InlineData("""{"metrics": {}, "recipients": {"blocked": ["nobody"]}}""", "recipients.blocked[0]: address-form")]
    [InlineData("""{"metrics": {}, "language": "de"}""", "language: one-of")]
    [InlineData("""{}""", "metrics: required")]
    public async Task EveryRule_IsNamedWithItsField(string body, string broken)
    {
        var tenant = await _api.TenantPathAsync();

        (await _api.PutAsync($"{tenant}/usage-thresholds", body)).BreaksRules(broken);
    }

    [Fact]
    public async Task ABlockedValue_NeedsNoRecipient()
    {
        var tenant = await _api.TenantPathAsync();

        (await _api.PutAsync($"{tenant}/usage-thresholds", """{"metrics": {"text_tokens": {"blocked": 10}}}"""))
            .Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task ARefusedRequest_ChangesNothing()
    {
        var tenant = await _api.TenantPathAsync();
        await _api.PutAsync($"{tenant}/usage-thresholds", """{"metrics": {"text_tokens": {"blocked": 10}}}""");

        await _api.PutAsync(
            $"{tenant}/usage-thresholds",
            """{"metrics": {"text_tokens": {"blocked": 20}, "requests": {"blocked": -1}}}""");

        Assert.Equal("10", (await _api.GetAsync($"{tenant}/usage-thresholds"))["metrics"]
            .GetProperty("text_tokens").GetProperty("blocked").GetRawText());
    }
}
