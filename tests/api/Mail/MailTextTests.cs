using Sluice.Api.Mail.Texts;
using Sluice.Metering.Identity;
using Sluice.Metering.Limits;
using Sluice.Metering.Periods;
using Xunit;

namespace Sluice.Api.Tests.Mail;

public sealed class MailTextTests
{
    private static readonly ThresholdText.Model Model = new(
        "Aurora", "Europe/Paris", ScopeKind.Project, 7, "Atlas", "amount", 6, "EUR", LimitSource.Limit, 1_234_500_000,
        1_234_567_890, null, 202611, TurnedTime.Start);

    [Theory]
    [InlineData("0", "0", "0")]
    [InlineData("999", "999", "999")]
    [InlineData("1234.5", "1,234.5", "1\u202f234,5")]
    [InlineData("-1234567.000001", "-1,234,567.000001", "-1\u202f234\u202f567,000001")]
    public void Numbers_AreWrittenAsTheLanguageDoes(string plain, string english, string french) => Assert.Equal(
        (english, french), (MailLanguage.English.Number(plain), MailLanguage.French.Number(plain)));

    [Theory]
    [InlineData(202612, "December 2026", "décembre 2026")]
    [InlineData(20260801, "1 August 2026", "1er août 2026")]
    [InlineData(0, "without an end", "sans fin")]
    public void Periods_HaveNames(int key, string english, string french)
    {
        var period = new PeriodKey(key);

        Assert.Equal((english, french), (MailLanguage.English.Period(period), MailLanguage.French.Period(period)));
    }

    [Theory]
    [InlineData("America/New_York", "19 November 2026, 22:00 (America/New_York, UTC-05:00)")]
    [InlineData("Asia/Kathmandu", "20 November 2026, 08:45 (Asia/Kathmandu, UTC+05:45)")]
    [InlineData("Nowhere/Atall", "20 November 2026, 03:00 (UTC, UTC+00:00)")]
    public void Times_AreThoseOfTheTenantsClocks(string zone, string expected) =>
        Assert.Equal(expected, MailLanguage.English.Time(TurnedTime.Start, zone));

    [Fact]
    public void ALimit_SaysUntilWhenRequestsAreRefused_AndWhoCanRaiseIt()
    {
        var text = Write("blocked", Model, MailLanguage.English);

        Assert.Contains("Usage (amount spent) of the project “Atlas” has reached the limit of 1,234.5\u00a0EUR.", text);
        Assert.Contains("Usage: 1,234.56789\u00a0EUR\r\n", text);
        Assert.Contains("until the period ends on 1 December 2026, 00:00 (Europe/Paris, UTC+01:00)", text);
        Assert.Contains("The account's owner or an administrator can raise it.", text);
        Assert.DoesNotContain("Refused request", text);
    }

    [Fact]
    public void AWarningBesideAReachedLimit_DoesNotSayThatRequestsGoOn()
    {
        var blocked = Model with { IsBlocked = true };

        var english = Write("warning", blocked, MailLanguage.English);
        Assert.DoesNotContain("go on", english);
        Assert.Contains("A limit of the project “Atlas” has been reached too", english);
        var french = Write("warning", blocked, MailLanguage.French);
        Assert.DoesNotContain("continuent", french);
        Assert.Contains("les requêtes qui la dépasseraient sont refusées", french);
    }

    [Fact]
    public void AWarning_SaysThatRequestsGoOn()
    {
        Assert.Contains("Requests go on", Write("warning", Model, MailLanguage.English));
        Assert.Contains("Les requêtes continuent", Write("warning", Model, MailLanguage.French));
        Assert.Contains(
            "Consommation\u00a0: 1\u202f234,56789\u00a0EUR\r\n", Write("warning", Model, MailLanguage.French));
    }

    [Theory]
    [InlineData(LimitSource.Quota, "can ask for that")]
    [InlineData(LimitSource.Threshold, "The operator of the platform can raise it.")]
    [InlineData(LimitSource.Plan, "The operator of the platform can raise it.")]
    [InlineData(LimitSource.Key, "Whoever manages the key")]
    public void WhoCanRaiseIt_DependsOnWhoSetIt(LimitSource source, string says) =>
        Assert.Contains(says, Write("blocked", Model with { Source = source }, MailLanguage.English));

    [Fact]
    public void ATotal_HasNoEnd_AndAMetricOfTheOperator_GoesByItsName()
    {
        var model = Model with
        {
            Period = 0,
            Metric = "images",
            Decimals = 0,
            Scope = ScopeKind.Seat,
            ScopeName = null,
        };

        var text = Write("blocked", model, MailLanguage.English);

        Assert.Contains("are refused until it is raised", text);
        Assert.Contains("1,234,500,000\u00a0images", text);
        Assert.Contains("the seat s00000000007", text);
    }

    [Theory]
    [InlineData("text_tokens", "text tokens", "jetons de texte")]
    [InlineData("audio_transcribed_seconds", "seconds of audio transcribed", "secondes d'audio transcrites")]
    [InlineData("audio_analyzed_seconds", "seconds of audio analyzed", "secondes d'audio analysées")]
    [InlineData("requests", "requests", "requêtes")]
    [InlineData("credits", "credits", "crédits")]
    public void Metrics_HaveNamesInBothLanguages(string metric, string english, string french) => Assert.Equal(
        (english, french), (MetricWords.Of(metric, MailLanguage.English), MetricWords.Of(metric, MailLanguage.French)));

    [Fact]
    public void WhatSomebodyChose_NeitherBeginsAHeader_NorBecomesHtml()
    {
        var content = ThresholdText.Write(
            "warning",
            Model with { ScopeName = "a\r\nBcc: b@c.org\u2028<script>alert(1)</script>\"'&" },
            MailLanguage.English);

        Assert.DoesNotContain(MailLayout.Subject(content), static c => char.IsControl(c));
        Assert.DoesNotContain("<script", MailLayout.Html(content, MailLanguage.English));
        Assert.Contains("&lt;script&gt;", MailLayout.Html(content, MailLanguage.English));
        Assert.DoesNotContain("\nBcc", MailLayout.Text(content, MailLanguage.English));
        Assert.True(MailLayout.Subject(content with { Subject = new string('x', 1_000) }).Length <= 200);
    }

    private static string Write(string kind, ThresholdText.Model model, MailLanguage language) =>
        MailLayout.Text(ThresholdText.Write(kind, model, language), language);
}
