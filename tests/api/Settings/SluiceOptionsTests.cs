using Microsoft.Extensions.Configuration;
using Sluice.Api.Settings;
using Xunit;

namespace Sluice.Api.Tests.Settings;

public sealed class SluiceOptionsTests
{
    private const string Postgres = "Host=db;Username=sluice;Database=sluice";

    [Fact]
    public void Defaults_AreThoseOfTheContract()
    {
        var options = Read();

        Assert.Equal("http://127.0.0.1:8080", options.Listen);
        Assert.Equal(".data", options.Data);
        Assert.False(options.RequireGateway);
        Assert.False(options.WebhookPrivate);
    }

    [Fact]
    public void TheEnvironment_GoesBeforeTheFile_AndAnEmptyVariableIsNone()
    {
        var options = Read(
            ("SLUICE_LISTEN", "http://127.0.0.1:1"),
            ("Sluice:Listen", "http://127.0.0.1:2"),
            ("SLUICE_DATA", ""),
            ("Sluice:Data", "/var/lib/sluice"),
            ("Sluice:RequireGateway", "true"));

        Assert.Equal("http://127.0.0.1:1", options.Listen);
        Assert.Equal("/var/lib/sluice", options.Data);
        Assert.True(options.RequireGateway);
    }

    [Fact]
    public void EverythingThatIsWrong_IsReportedAtOnce_WithoutRepeatingSecrets()
    {
        var failures = FailuresOf(
            ("SLUICE_LISTEN", "here"),
            ("SLUICE_POSTGRES", "Host=db;Passwort=hunter2"),
            ("SLUICE_POSTGRES_OWNER", "Username=sluice"),
            ("SLUICE_OPERATOR_TOKEN", "short"),
            ("SLUICE_GATEWAY_TOKEN", "has a blank in its middle"),
            ("SLUICE_REQUIRE_GATEWAY", "yes"),
            ("SLUICE_JOBS", "no"),
            ("SLUICE_LEDGER_DAYS", "30"),
            ("SLUICE_OPERATOR_EMAIL", "staff@example.com, nobody"),
            ("SLUICE_WEBHOOK_PRIVATE", "1"),
            ("SLUICE_SMTP", "mail.example.com"),
            ("SLUICE_TRUSTED_PROXIES", "10.0.0.5, 10.0.0.0/40"),
            ("SLUICE_PUBLIC_URL", "sluice.example.com"));

        Assert.Equal(
            [
                "SLUICE_GATEWAY_TOKEN", "SLUICE_JOBS", "SLUICE_LEDGER_DAYS", "SLUICE_LISTEN",
                "SLUICE_OPERATOR_EMAIL[1]:", "SLUICE_OPERATOR_TOKEN", "SLUICE_POSTGRES",
                "SLUICE_POSTGRES_OWNER", "SLUICE_PUBLIC_URL", "SLUICE_REQUIRE_GATEWAY", "SLUICE_SMTP",
                "SLUICE_TRUSTED_PROXIES", "SLUICE_WEBHOOK_PRIVATE",
            ],
            failures.Select(static failure => failure.Split(' ')[0]).Order());
        Assert.DoesNotContain(failures, static failure => failure.Contains("hunter2", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http://127.0.0.1:8080")]
    [InlineData("http://*:8080")]
    [InlineData("http://[::]:8080; https://0.0.0.0:8443")]
    public void AnAddressToListenOn_MayBeAnyOfThese(string listen) =>
        Assert.Empty(FailuresOf(("SLUICE_LISTEN", listen), ("SLUICE_POSTGRES", Postgres)));

    [Fact]
    public void TheTwoTokens_Differ() => Assert.Single(FailuresOf(
        ("SLUICE_POSTGRES", Postgres),
        ("SLUICE_OPERATOR_TOKEN", "one-and-the-same-token"),
        ("SLUICE_GATEWAY_TOKEN", "one-and-the-same-token")));

    [Fact]
    public void WithoutADatabase_TheMessageSaysHowToGetOne() =>
        Assert.Contains("./run", Assert.Single(FailuresOf()));

    private static SluiceOptions Read(params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(static s => s.Name, static s => (string?)s.Value))
            .Build();
        var options = new SluiceOptions();
        new SluiceOptionsReader(configuration).Configure(options);
        return options;
    }

    private static IReadOnlyList<string> FailuresOf(params (string Name, string Value)[] settings) =>
        [.. new SluiceOptionsRules().Validate(null, Read(settings)).Failures ?? []];
}
