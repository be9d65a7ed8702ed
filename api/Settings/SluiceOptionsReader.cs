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
        options.PublicUrl = Read("SLUICE_PUBLIC_URL", nameof(options.PublicUrl)) ?? options.PublicUrl;

        options.Node = Read("SLUICE_NODE", nameof(options.Node)) ?? options.Node;
        options.RequireGateway =
            ReadSwitch(options, "SLUICE_REQUIRE_GATEWAY", nameof(options.RequireGateway)) ?? options.RequireGateway;
        options.WebhookPrivate =
            ReadSwitch(options, "SLUICE_WEBHOOK_PRIVATE", nameof(options.WebhookPrivate)) ?? options.WebhookPrivate;
    }

    /// <summary>Null where it is not set, or is neither true nor false, which is reported.</summary>
    private bool? ReadSwitch(SluiceOptions options, string variable, string property)
    {
        var text = Read(variable, property);
        if (text is null)
            return null;
        if (bool.TryParse(text, out var value))
            return value;
        options.Unreadable.Add($"{variable} is '{text}'; it is true or false.");
        return null;
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
