using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Sluice.Silo;

/// <summary>The settings of a process of a cluster, beside those that every node has.</summary>
public sealed record ClusterSettings
{
    /// <summary><c>SLUICE_ROLE</c>: <c>all</c>, <c>silo</c> or <c>api</c>.</summary>
    public ClusterRole Role { get; init; } = ClusterRole.All;

    /// <summary><c>SLUICE_CLUSTER</c>: its name; processes of one name over one database belong together.</summary>
    public string ClusterId { get; init; } = "sluice";

    /// <summary><c>SLUICE_SILO_ADDRESS</c>: the IP address at which other processes reach this one.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary><c>SLUICE_SILO_PORT</c>: for other silos.</summary>
    public int SiloPort { get; init; } = 11_111;

    /// <summary>
    /// <c>SLUICE_SILO_LISTEN_PORT</c>: where this process listens for other silos, when they reach it through a
    /// forwarder whose port is <see cref="SiloPort"/>; 0 is the same port.
    /// </summary>
    public int SiloListenPort { get; init; }

    /// <summary><c>SLUICE_GATEWAY_PORT</c>: for processes of role <c>api</c>; 0 takes none.</summary>
    public int GatewayPort { get; init; } = 30_000;

    /// <summary>
    /// <c>SLUICE_SILO_CERTIFICATE</c>: a PEM file with certificate and key. Where it is set, all traffic of the cluster
    /// is encrypted and both sides show a certificate of the same authority.
    /// </summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary><c>SLUICE_SILO_AUTHORITY</c>: a PEM file with the certificate of that authority.</summary>
    public X509Certificate2? Authority { get; init; }

    public bool TakesRequests => Role != ClusterRole.Silo;

    public bool HostsAuthorities => Role != ClusterRole.Api;

    /// <summary>Where settings are read from, as for every other one.</summary>
    public static IConfiguration Environment(string[] args) => new ConfigurationBuilder()
        .AddEnvironmentVariables().AddCommandLine(args).Build();

    /// <summary>Everything that is wrong is found at once.</summary>
    public static bool TryRead(
        IConfiguration from, [NotNullWhen(true)] out ClusterSettings? settings, out IReadOnlyList<string> faults)
    {
        ArgumentNullException.ThrowIfNull(from);
        var found = new List<string>();
        var read = new ClusterSettings
        {
            Role = ReadRole(from["SLUICE_ROLE"], found),
            ClusterId = ReadName(from["SLUICE_CLUSTER"], found),
            Address = ReadAddress(from["SLUICE_SILO_ADDRESS"], found),
            SiloPort = ReadPort(from, "SLUICE_SILO_PORT", 11_111, 1, found),
            SiloListenPort = ReadPort(from, "SLUICE_SILO_LISTEN_PORT", 0, 0, found),
            GatewayPort = ReadPort(from, "SLUICE_GATEWAY_PORT", 30_000, 0, found),
            Certificate = ReadCertificate(from, "SLUICE_SILO_CERTIFICATE", withKey: true, found),
            Authority = ReadCertificate(from, "SLUICE_SILO_AUTHORITY", withKey: false, found),
        };
        if (IsEmpty(from, "SLUICE_SILO_CERTIFICATE") != IsEmpty(from, "SLUICE_SILO_AUTHORITY"))
            found.Add("SLUICE_SILO_CERTIFICATE and SLUICE_SILO_AUTHORITY go together; one of them is missing.");
        faults = found;
        settings = found.Count == 0 ? read : null;
        return settings is not null;
    }

    /// <summary>Tells what is wrong, and gives the exit code for it.</summary>
    internal static async Task<int> TellAsync(IReadOnlyList<string> faults)
    {
        foreach (var fault in faults)
            await Console.Error.WriteLineAsync(fault);
        return 2;
    }

    private static bool IsEmpty(IConfiguration from, string name) => string.IsNullOrWhiteSpace(from[name]);

    private static ClusterRole ReadRole(string? text, List<string> faults)
    {
        if (string.IsNullOrWhiteSpace(text))
            return ClusterRole.All;
        if (!int.TryParse(text, out _) && Enum.TryParse<ClusterRole>(text, ignoreCase: true, out var role))
            return role;
        faults.Add($"SLUICE_ROLE is '{text}'; it is all, silo or api.");
        return default;
    }

    private static string ReadName(string? text, List<string> faults)
    {
        if (string.IsNullOrWhiteSpace(text))
            return "sluice";
        if (text.Length > 64 || !text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            faults.Add("SLUICE_CLUSTER has 1 to 64 letters, digits, hyphens and underscores.");
        return text;
    }

    private static IPAddress ReadAddress(string? text, List<string> faults)
    {
        if (string.IsNullOrWhiteSpace(text))
            return IPAddress.Loopback;
        if (IPAddress.TryParse(text, out var address) && !address.Equals(IPAddress.Any)
            && !address.Equals(IPAddress.IPv6Any))
            return address;
        faults.Add($"SLUICE_SILO_ADDRESS is '{text}'; it is the IP address at which others reach this process.");
        return IPAddress.Loopback;
    }

    private static int ReadPort(IConfiguration from, string name, int normal, int lowest, List<string> faults)
    {
        var text = from[name];
        if (string.IsNullOrWhiteSpace(text))
            return normal;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port >= lowest && port <= IPEndPoint.MaxPort)
            return port;
        faults.Add($"{name} is '{text}'; it is a port from {lowest} to {IPEndPoint.MaxPort}.");
        return normal;
    }

    private static X509Certificate2? ReadCertificate(
        IConfiguration from, string name, bool withKey, List<string> faults)
    {
        var path = from[name];
        if (string.IsNullOrWhiteSpace(path))
            return null;
        try
        {
            return withKey
                ? X509Certificate2.CreateFromPemFile(path)
                : X509CertificateLoader.LoadCertificateFromFile(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException
                                      or System.Security.Cryptography.CryptographicException)
        {
            faults.Add(
                $"{name} names a file that can't be read as a PEM certificate{(withKey ? " with its key" : "")}.");
            return null;
        }
    }
}
