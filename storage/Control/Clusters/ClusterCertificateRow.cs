namespace Sluice.Storage.Control.Clusters;

/// <summary>A certificate with its key. Not a record, because printing a record could put the key into a log.</summary>
/// <param name="certificate">X.509, DER.</param>
/// <param name="privateKey">PKCS #8, DER.</param>
public sealed class ClusterCertificateRow(byte[] certificate, byte[] privateKey)
{
    public byte[] Certificate => certificate;

    public byte[] PrivateKey => privateKey;
}
