using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;
using Npgsql;
using Sluice.Metering.Limits;

namespace Sluice.Api.Settings;

/// <summary>Checks all settings at start and reports everything that is wrong at once.</summary>
public sealed class SluiceOptionsRules : IValidateOptions<SluiceOptions>
{
    public ValidateOptionsResult Validate(string? name, SluiceOptions options)
    {
        var failures = new List<string>(options.Unreadable);
        if (options.ListenAddresses.Count == 0)
            failures.Add("SLUICE_LISTEN names no address.");
        failures.AddRange(options.ListenAddresses
            .Where(static address => !IsWebAddress(address))
            .Select(static address => $"SLUICE_LISTEN has '{address}'; an address is like http://127.0.0.1:8080."));
        if (options.Postgres.Length == 0)
            failures.Add("SLUICE_POSTGRES is empty; ./run sets it for a private cluster, a server needs it set.");
        CheckPostgres("SLUICE_POSTGRES", options.Postgres, failures);
        CheckPostgres("SLUICE_POSTGRES_OWNER", options.PostgresOwner, failures);
        CheckToken("SLUICE_OPERATOR_TOKEN", options.OperatorToken, failures);
        CheckToken("SLUICE_GATEWAY_TOKEN", options.GatewayToken, failures);
        if (options.OperatorToken.Length > 0 && options.OperatorToken == options.GatewayToken)
            failures.Add("SLUICE_OPERATOR_TOKEN and SLUICE_GATEWAY_TOKEN are the same; they open different doors.");
        if (options.Smtp.Length > 0)
            SmtpOptions.Read(options.Smtp, failures);
        if (options.Node.Length > 0
            && !(int.TryParse(options.Node, NumberStyles.None, null, out var node) && node < 1_000))
            failures.Add($"SLUICE_NODE is '{options.Node}'; it is a number from 0 to 999, or empty.");
        failures.AddRange(RecipientRules.Check(options.OperatorAddresses, "SLUICE_OPERATOR_EMAIL")
            .Select(static broken => $"{broken.Field}: {broken.Message}"));
        if (options.LedgerDays is < SluiceOptions.MinLedgerDays or > SluiceOptions.MaxLedgerDays)
        {
            failures.Add(
                $"SLUICE_LEDGER_DAYS is {options.LedgerDays}; it is from {SluiceOptions.MinLedgerDays} to "
                + $"{SluiceOptions.MaxLedgerDays}.");
        }

        if (options.PublicUrl.Length > 0 && !IsWebAddress(options.PublicUrl))
            failures.Add($"SLUICE_PUBLIC_URL is '{options.PublicUrl}'; it is like https://sluice.example.com.");
        CheckProxies(options, failures);
        CheckCluster(options, failures);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void CheckProxies(SluiceOptions options, List<string> failures)
    {
        try
        {
            _ = options.TrustedNetworks;
        }
        catch (FormatException)
        {
            failures.Add(
                $"SLUICE_TRUSTED_PROXIES is '{options.TrustedProxies}'; it has addresses and networks, separated by "
                + "commas, such as 10.0.0.5, 192.168.0.0/16.");
        }
    }

    private static void CheckCluster(SluiceOptions options, List<string> failures)
    {
        if (options.Cluster.Length > SluiceOptions.MaxClusterLength
            || !options.Cluster.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            failures.Add(
                $"SLUICE_CLUSTER has 1 to {SluiceOptions.MaxClusterLength} letters, digits, hyphens and underscores.");
        }

        if (options.SiloListenPort != 0 && options.SiloPort == 0)
            failures.Add("SLUICE_SILO_LISTEN_PORT needs SLUICE_SILO_PORT: the port of the forwarder before it.");
        if (options.SiloCertificate.Length > 0 != options.SiloAuthority.Length > 0)
            failures.Add("SLUICE_SILO_CERTIFICATE and SLUICE_SILO_AUTHORITY go together; one of them is missing.");
        CheckCertificate("SLUICE_SILO_CERTIFICATE", options.SiloCertificate, withKey: true, failures);
        CheckCertificate("SLUICE_SILO_AUTHORITY", options.SiloAuthority, withKey: false, failures);
    }

    private static void CheckCertificate(string variable, string path, bool withKey, List<string> failures)
    {
        if (path.Length == 0)
            return;
        try
        {
            using var certificate = withKey
                ? X509Certificate2.CreateFromPemFile(path)
                : X509CertificateLoader.LoadCertificateFromFile(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            failures.Add(
                $"{variable} names a file that can't be read as a PEM certificate{(withKey ? " with its key" : "")}.");
        }
    }

    /// <summary>
    /// Whether a text is an address to listen on. Wildcards such as <c>http://*:8080</c> are, although they are not
    /// URIs.
    /// </summary>
    private static bool IsWebAddress(string text) =>
        Uri.TryCreate(text.Replace("//*", "//0.0.0.0").Replace("//+", "//0.0.0.0"), UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);

    /// <summary>
    /// Checks a connection string. Its text is never repeated in a message: it may hold a password.
    /// </summary>
    private static void CheckPostgres(string variable, string connectionString, List<string> failures)
    {
        if (connectionString.Length == 0)
            return;
        try
        {
            if (string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(connectionString).Host))
                failures.Add($"{variable} names no host.");
        }
        catch (ArgumentException)
        {
            failures.Add($"{variable} is no connection string; it is like Host=…;Username=…;Database=….");
        }
    }

    private static void CheckToken(string variable, string token, List<string> failures)
    {
        if (token.Length is > 0 and < SluiceOptions.MinTokenLength)
            failures.Add($"{variable} has fewer than {SluiceOptions.MinTokenLength} characters.");
        else if (token.AsSpan().ContainsAnyExceptInRange('!', '~'))
            failures.Add($"{variable} has characters that an HTTP header can't carry.");
    }
}
