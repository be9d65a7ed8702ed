using System.Globalization;
using System.Net;
using Microsoft.Extensions.Options;

namespace Sluice.Api.Settings;

/// <summary>Fills the options from the environment first, then from the <c>Sluice</c> section.</summary>
public sealed class SluiceOptionsReader(IConfiguration configuration) : IConfigureOptions<SluiceOptions>
{
    private readonly HashSet<string> _names = [];

    /// <summary>The environment variables that were looked for: all that there are.</summary>
    public IReadOnlyCollection<string> Names => _names;

    public void Configure(SluiceOptions options)
    {
        options.Listen = Read("SLUICE_LISTEN", nameof(options.Listen)) ?? options.Listen;
        options.Data = Read("SLUICE_DATA", nameof(options.Data)) ?? options.Data;
        options.Postgres = Read("SLUICE_POSTGRES", nameof(options.Postgres)) ?? options.Postgres;
        options.PostgresOwner = Read("SLUICE_POSTGRES_OWNER", nameof(options.PostgresOwner)) ?? options.PostgresOwner;
        options.KeyFile = Read("SLUICE_KEY_FILE", nameof(options.KeyFile)) ?? options.KeyFile;
        options.OperatorToken = Read("SLUICE_OPERATOR_TOKEN", nameof(options.OperatorToken)) ?? options.OperatorToken;
        options.GatewayToken = Read("SLUICE_GATEWAY_TOKEN", nameof(options.GatewayToken)) ?? options.GatewayToken;
        options.Smtp = Read("SLUICE_SMTP", nameof(options.Smtp)) ?? options.Smtp;
        options.OperatorEmail = Read("SLUICE_OPERATOR_EMAIL", nameof(options.OperatorEmail)) ?? options.OperatorEmail;
        options.TrustedProxies =
            Read("SLUICE_TRUSTED_PROXIES", nameof(options.TrustedProxies)) ?? options.TrustedProxies;
        options.PublicUrl = Read("SLUICE_PUBLIC_URL", nameof(options.PublicUrl)) ?? options.PublicUrl;

        options.Node = Read("SLUICE_NODE", nameof(options.Node)) ?? options.Node;
        options.RequireGateway = ReadSwitch(
            options, "SLUICE_REQUIRE_GATEWAY", nameof(options.RequireGateway), options.RequireGateway);
        options.Jobs = ReadSwitch(options, "SLUICE_JOBS", nameof(options.Jobs), options.Jobs);
        options.WebhookPrivate = ReadSwitch(
            options, "SLUICE_WEBHOOK_PRIVATE", nameof(options.WebhookPrivate), options.WebhookPrivate);
        if (Read("SLUICE_LEDGER_DAYS", nameof(options.LedgerDays)) is { } days)
        {
            if (int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                options.LedgerDays = number;
            else
                options.Unreadable.Add($"SLUICE_LEDGER_DAYS is '{days}'; it is a whole number of days.");
        }

        if (Read("SLUICE_LOG", nameof(options.Log)) is { } log)
        {
            if (!int.TryParse(log, out _) && Enum.TryParse<LogFormat>(log, ignoreCase: true, out var format))
                options.Log = format;
            else
                options.Unreadable.Add($"SLUICE_LOG is '{log}'; it is text or json.");
        }

        ConfigureCluster(options);
    }

    private void ConfigureCluster(SluiceOptions options)
    {
        options.Cluster = Read("SLUICE_CLUSTER", nameof(options.Cluster)) ?? options.Cluster;
        options.SiloCertificate =
            Read("SLUICE_SILO_CERTIFICATE", nameof(options.SiloCertificate)) ?? options.SiloCertificate;
        options.SiloAuthority = Read("SLUICE_SILO_AUTHORITY", nameof(options.SiloAuthority)) ?? options.SiloAuthority;
        options.SiloPort = ReadPort(options, "SLUICE_SILO_PORT", nameof(options.SiloPort));
        options.SiloListenPort = ReadPort(options, "SLUICE_SILO_LISTEN_PORT", nameof(options.SiloListenPort));
        options.GatewayPort = ReadPort(options, "SLUICE_GATEWAY_PORT", nameof(options.GatewayPort));
        if (Read("SLUICE_ROLE", nameof(options.Role)) is { } role)
        {
            if (!int.TryParse(role, out _) && Enum.TryParse<NodeRole>(role, ignoreCase: true, out var value))
                options.Role = value;
            else
                options.Unreadable.Add($"SLUICE_ROLE is '{role}'; it is all, api or silo.");
        }

        if (Read("SLUICE_SILO_ADDRESS", nameof(options.SiloAddress)) is { } address)
        {
            if (IPAddress.TryParse(address, out var value)
                && !value.Equals(IPAddress.Any) && !value.Equals(IPAddress.IPv6Any))
                options.SiloAddress = value;
            else
            {
                options.Unreadable.Add(
                    $"SLUICE_SILO_ADDRESS is '{address}'; it is the IP address at which other nodes reach this one.");
            }
        }
    }

    private int ReadPort(SluiceOptions options, string variable, string property)
    {
        if (Read(variable, property) is not { } text)
            return 0;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port <= IPEndPoint.MaxPort)
            return port;
        options.Unreadable.Add(
            $"{variable} is '{text}'; it is a port from 1 to {IPEndPoint.MaxPort}, or 0 for a free one.");
        return 0;
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

    /// <summary>Reads a setting; an empty environment variable counts as not set.</summary>
    private string? Read(string variable, string property)
    {
        _names.Add(variable);
        var value = configuration[variable];
        if (string.IsNullOrWhiteSpace(value))
            value = configuration[$"Sluice:{property}"];
        return string.IsNullOrWhiteSpace(value) ? null : value.Trim();
    }
}
