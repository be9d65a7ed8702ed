using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sluice.Storage.Control.Clusters;

namespace Sluice.Silo.Cluster;

/// <summary>
/// The certificate this node presents to other nodes, and the rule for which certificates it accepts. Both sides of
/// every connection between nodes prove that they hold the key of an accepted certificate; a process that can't do so
/// can neither join nor call.
/// </summary>
internal sealed class NodeCertificate : IDisposable
{
    /// <summary>
    /// Start of validity. The cluster's own certificate does not expire: it says which nodes belong together, and is
    /// replaced by deleting it. Nodes with wrong clocks still belong. The end is that of RFC 5280, 4.1.2.5, for "no
    /// expiration".
    /// </summary>
    private static readonly DateTimeOffset ValidFrom = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly DateTimeOffset ValidUntil = new(9999, 12, 31, 23, 59, 59, TimeSpan.Zero);

    /// <summary>
    /// The authority that signs accepted certificates; null if only the shared certificate itself is accepted.
    /// </summary>
    private readonly X509Certificate2? _authority;

    private NodeCertificate(X509Certificate2 own, X509Certificate2? authority)
    {
        Own = own;
        _authority = authority;
    }

    /// <summary>This node's certificate, with its key.</summary>
    public X509Certificate2 Own { get; }

    /// <summary>Reads certificates provided by the operator.</summary>
    /// <param name="certificate">A PEM file with certificate and key.</param>
    /// <param name="authority">A PEM file with the certificate of the authority that signs those of all nodes.</param>
    public static NodeCertificate FromFiles(string certificate, string authority) => new(
        X509Certificate2.CreateFromPemFile(certificate), X509CertificateLoader.LoadCertificateFromFile(authority));

    /// <summary>
    /// Reads the certificate that the nodes of a cluster share through their database, creating it if there is none. A
    /// process that can read the database can change every count in it, so it gains nothing from the key.
    /// </summary>
    public static async Task<NodeCertificate> OfClusterAsync(
        ClusterCertificateStore store, string cluster, CancellationToken ct)
    {
        return Of(await store.ReadOrAddAsync(cluster, () => Make(cluster), ct));
    }

    /// <summary>Reads a certificate that all nodes of a cluster share.</summary>
    internal static NodeCertificate Of(ClusterCertificateRow row)
    {
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(row.PrivateKey, out _);
        using var certificate = X509CertificateLoader.LoadCertificate(row.Certificate);
        return new NodeCertificate(certificate.CopyWithPrivateKey(key), null);
    }

    /// <summary>
    /// Checks whether a certificate belongs to a node of this cluster. Names are not compared, because addresses
    /// change.
    /// </summary>
    public bool Accepts(X509Certificate2 shown)
    {
        if (_authority is null)
            return CryptographicOperations.FixedTimeEquals(shown.RawDataMemory.Span, Own.RawDataMemory.Span);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(shown);
    }

    public void Dispose()
    {
        Own.Dispose();
        _authority?.Dispose();
    }

    /// <summary>Creates a certificate for all nodes of a cluster.</summary>
    internal static ClusterCertificateRow Make(string cluster)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN=sluice-{cluster}", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(ValidFrom, ValidUntil);
        return new ClusterCertificateRow(certificate.RawData, key.ExportPkcs8PrivateKey());
    }
}
