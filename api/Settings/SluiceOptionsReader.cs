using System.Globalization;
using Microsoft.Extensions.Options;

namespace Sluice.Api.Settings;

/// <summary>Fills the options from the environment first, then from the <c>Sluice</c> section.</summary>
internal sealed class SluiceOptionsReader(IConfiguration configuration) : IConfigureOptions<SluiceOptions>
{
    public void Configure(SluiceOptions options)
    {
        options.Listen = Read("SLUICE_LISTEN", nameof(options.Listen)) ?? options.Listen;
        options.Data = Read("SLUICE_DATA", nameof(options.Data)) ?? options.Data;
        options.Postgres = Read("SLUICE_POSTGRES", nameof(options.Postgres)) ?? options.Postgres;
        options.OperatorToken = Read("SLUICE_OPERATOR_TOKEN", nameof(options.OperatorToken)) ?? options.OperatorToken;
        options.GatewayToken = Read("SLUICE_GATEWAY_TOKEN", nameof(options.GatewayToken)) ?? options.GatewayToken;
        options.Smtp = Read("SLUICE_SMTP", nameof(options.Smtp)) ?? options.Smtp;
        options.OperatorEmail = Read("SLUICE_OPERATOR_EMAIL", nameof(options.OperatorEmail)) ?? options.OperatorEmail;
        options.PublicUrl = Read("SLUICE_PUBLIC_URL", nameof(options.PublicUrl)) ?? options.PublicUrl;

        options.Node = Read("SLUICE_NODE", nameof(options.Node)) ?? options.Node;
        options.RequireGateway = ReadSwitch(
            options, "SLUICE_REQUIRE_GATEWAY", nameof(options.RequireGateway), options.RequireGateway);
        options.Jobs = ReadSwitch(options, "SLUICE_JOBS", nameof(options.Jobs), options.Jobs);
        options.WebhookPrivate = ReadSwitch(
            options, "SLUICE_WEBHOOK_PRIVATE", nameof(options.WebhookPrivate), options.WebhookPrivate);
        if (Read("SLUICE_LEDGER_DAYS", nameof(options.LedgerDays)) is not { } days)
            return;
        if (int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            options.LedgerDays = number;
        else
            options.Unreadable.Add($"SLUICE_LEDGER_DAYS is '{days}'; it is a whole number of days.");
    }

    private bool ReadSwitch(SluiceOptions options, string variable, string property, bool otherwise)
    {
        if (Read(variable, property) is not { } text)
            return otherwise;
        if (bool.TryParse(text, out var value))
            return value;
        options.Unreadable.Add($"{variable} is '{text}'; it is true or false.");
        return otherwise;
    }

    /// <summary>An empty variable is one that is not set.</summary>
    private string? Read(string variable, string property)
    {
        var value = configuration[variable];
        if (string.IsNullOrWhiteSpace(value))
            value = configuration[$"Sluice:{property}"];
        return string.IsNullOrWhiteSpace(value) ? null : value.Trim();
    }
}
