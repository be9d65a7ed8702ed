using System.Net;

namespace Sluice.Api.Settings;

/// <summary>
/// The settings of a node. Each is read from the environment (<c>SLUICE_OPERATOR_TOKEN</c>) or, if that is not set,
/// from <c>appsettings.json</c> (<c>Sluice:OperatorToken</c>).
/// </summary>
public sealed class SluiceOptions
{
    /// <summary><c>SLUICE_LISTEN</c>: addresses to listen on, separated by semicolons.</summary>
    public string Listen { get; set; } = "http://127.0.0.1:8080";

    /// <summary><c>SLUICE_DATA</c>: the folder of the node's private files.</summary>
    public string Data { get; set; } = ".data";

    /// <summary><c>SLUICE_POSTGRES</c>: connection string. The start script sets it for a private cluster.</summary>
    public string Postgres { get; set; } = "";

    /// <summary>
    /// <c>SLUICE_POSTGRES_OWNER</c>: connection string of the role that owns the tables, for migrations and nothing
    /// else. Empty: the role of <see cref="Postgres"/> owns them, or they are up to date.
    /// </summary>
    public string PostgresOwner { get; set; } = "";

    /// <summary>
    /// <c>SLUICE_KEY_FILE</c>: the file of keys that encrypt the secrets in the database, the same on all nodes of a
    /// cluster. Empty: <c>SLUICE_DATA/encryption-key</c>, which is created if the database needs none yet.
    /// </summary>
    public string KeyFile { get; set; } = "";

    /// <summary>The path of the file of <see cref="KeyFile"/>.</summary>
    public string KeyFilePath => KeyFile.Length > 0 ? KeyFile : Path.Combine(Data, "encryption-key");

    /// <summary>
    /// <c>SLUICE_OPERATOR_TOKEN</c>: at least <see cref="MinTokenLength"/> characters. Empty: created at the first
    /// start and kept in <c>SLUICE_DATA/operator-token</c>.
    /// </summary>
    public string OperatorToken { get; set; } = "";

    /// <summary>
    /// <c>SLUICE_GATEWAY_TOKEN</c>: the token of gateways, by the same rules, in <c>SLUICE_DATA/gateway-token</c>.
    /// </summary>
    public string GatewayToken { get; set; } = "";

    /// <summary><c>SLUICE_REQUIRE_GATEWAY</c>: also demand the gateway token on requests with a single key.</summary>
    public bool RequireGateway { get; set; }

    /// <summary>
    /// <c>SLUICE_SMTP</c>: <c>smtp://user:password@host:port?starttls=true&amp;from=…</c>, with user and password
    /// percent-encoded. Empty: mail stays in the outbox.
    /// </summary>
    public string Smtp { get; set; } = "";

    /// <summary>
    /// <c>SLUICE_OPERATOR_EMAIL</c>: who of the operator's staff gets mail about quota requests, separated by commas.
    /// Empty: no one.
    /// </summary>
    public string OperatorEmail { get; set; } = "";

    /// <summary>The addresses of <see cref="OperatorEmail"/>.</summary>
    public IReadOnlyList<string> OperatorAddresses =>
        OperatorEmail.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>
    /// <c>SLUICE_JOBS</c>: whether this node runs scheduled jobs: mail, webhooks, the close of months. Limits and
    /// periods do not depend on it.
    /// </summary>
    public bool Jobs { get; set; } = true;

    /// <summary>
    /// <c>SLUICE_LEDGER_DAYS</c>: how long events stay in the ledger, at least; 64 to 36,500 days. Sums and statements
    /// are kept forever. Mails and webhook deliveries that are settled are deleted after the same time.
    /// </summary>
    public int LedgerDays { get; set; } = 400;

    /// <summary>The fewest days of <see cref="LedgerDays"/>: ids are looked up in two generations.</summary>
    public const int MinLedgerDays = 64;

    /// <summary>The most days of <see cref="LedgerDays"/>: a hundred years.</summary>
    public const int MaxLedgerDays = 36_500;

    /// <summary><c>SLUICE_LOG</c>: <c>text</c> or <c>json</c>.</summary>
    public LogFormat Log { get; set; }

    /// <summary>
    /// <c>SLUICE_TRUSTED_PROXIES</c>: addresses and networks, separated by commas, whose <c>X-Forwarded-For</c> and
    /// <c>X-Forwarded-Proto</c> are believed.
    /// </summary>
    public string TrustedProxies { get; set; } = "";

    /// <summary>The networks of <see cref="TrustedProxies"/>; an address is a network of one.</summary>
    /// <exception cref="FormatException">One of them is neither.</exception>
    public IReadOnlyList<IPNetwork> TrustedNetworks =>
    [
        .. TrustedProxies.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(static text => IPAddress.TryParse(text, out var address)
                ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
                : IPNetwork.Parse(text)),
    ];

    /// <summary><c>SLUICE_PUBLIC_URL</c>: base of links. Empty: the first listen address.</summary>
    public string PublicUrl { get; set; } = "";

    /// <summary>
    /// <c>SLUICE_NODE</c>: the number of this node among those that share a data folder. Empty: this node has a folder
    /// of its own.
    /// </summary>
    public string Node { get; set; } = "";

    /// <summary>
    /// <c>SLUICE_WEBHOOK_PRIVATE</c>: webhooks may lead to private networks and to this machine, and need no TLS.
    /// </summary>
    public bool WebhookPrivate { get; set; }

    /// <summary><c>SLUICE_ROLE</c>: <c>all</c>, <c>api</c> or <c>silo</c>.</summary>
    public NodeRole Role { get; set; } = NodeRole.All;

    /// <summary>
    /// <c>SLUICE_CLUSTER</c>: the name of the cluster, at most <see cref="MaxClusterLength"/> letters, digits, hyphens
    /// and underscores. Nodes of one name over one database are one cluster.
    /// </summary>
    public string Cluster { get; set; } = "sluice";

    /// <summary>
    /// <c>SLUICE_SILO_ADDRESS</c>: the IP address at which other nodes reach this one. Loopback: only nodes of this
    /// machine do.
    /// </summary>
    public IPAddress SiloAddress { get; set; } = IPAddress.Loopback;

    /// <summary><c>SLUICE_SILO_PORT</c>: where other silos reach this one; 0 takes a free port.</summary>
    public int SiloPort { get; set; }

    /// <summary>
    /// <c>SLUICE_SILO_LISTEN_PORT</c>: where this silo listens, if others reach it through a forwarder whose port is
    /// <see cref="SiloPort"/>. 0: the same port.
    /// </summary>
    public int SiloListenPort { get; set; }

    /// <summary>
    /// <c>SLUICE_GATEWAY_PORT</c>: where nodes of role <c>api</c> reach this silo; 0 takes a free port.
    /// </summary>
    public int GatewayPort { get; set; }

    /// <summary>
    /// <c>SLUICE_SILO_CERTIFICATE</c>: a PEM file with the certificate that this node presents to others, and its key.
    /// Empty: the cluster's own certificate, which its first node creates and keeps in the database.
    /// </summary>
    public string SiloCertificate { get; set; } = "";

    /// <summary>
    /// <c>SLUICE_SILO_AUTHORITY</c>: a PEM file with the certificate of the authority that signs those of all nodes.
    /// Must be set together with <see cref="SiloCertificate"/>.
    /// </summary>
    public string SiloAuthority { get; set; } = "";

    /// <summary>Whether this node takes requests.</summary>
    public bool TakesRequests => Role != NodeRole.Silo;

    /// <summary>Whether this node hosts authorities.</summary>
    public bool HostsAuthorities => Role != NodeRole.Api;

    /// <summary>The prefix of the names of this node's files in a data folder that several nodes share.</summary>
    public string FilePrefix => Node.Length == 0 ? "node" : $"node-{Node}";

    /// <summary>The most characters of <see cref="Cluster"/>.</summary>
    public const int MaxClusterLength = 64;

    /// <summary>The fewest characters of a token that someone chooses: shorter ones can be guessed.</summary>
    public const int MinTokenLength = 16;

    /// <summary>The addresses of <see cref="Listen"/>.</summary>
    public IReadOnlyList<string> ListenAddresses =>
        Listen.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The base of links, without a slash at the end.</summary>
    public string LinkBase => (PublicUrl.Length > 0 ? PublicUrl : ListenAddresses[0]).TrimEnd('/');

    /// <summary>
    /// The host of <see cref="LinkBase"/>, for addresses and ids of mails; <c>localhost</c> if it names none, such as
    /// <c>http://*:8080</c>.
    /// </summary>
    public string MailHost =>
        Uri.TryCreate(LinkBase, UriKind.Absolute, out var address)
        && address.HostNameType is UriHostNameType.Dns or UriHostNameType.IPv4
            ? address.IdnHost
            : "localhost";

    /// <summary>The settings that could not be read, for the validation to report with everything else.</summary>
    internal List<string> Unreadable { get; } = [];
}
