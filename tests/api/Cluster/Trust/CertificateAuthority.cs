using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sluice.Api.Tests.Cluster.Trust;

/// <summary>A certificate authority for tests, and the certificates that it signs, as files.</summary>
internal sealed class CertificateAuthority : IDisposable
{
    private static readonly TimeSpan Validity = TimeSpan.FromDays(2);

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _certificate;
    private readonly DateTimeOffset _from = TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(1);

    public CertificateAuthority()
    {
        // All have the same name: only the signature tells them apart.
        var request = new CertificateRequest("CN=authority", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        _certificate = request.CreateSelfSigned(_from, _from + Validity);
        File = Write("authority.pem", _certificate.ExportCertificatePem());
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("sluice-test-").FullName;

    /// <summary>The file of the authority's own certificate.</summary>
    public string File { get; }

    /// <summary>Issues a certificate.</summary>
    public X509Certificate2 Issue(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        using var signed = request.Create(
            _certificate, _from, _from + Validity, RandomNumberGenerator.GetBytes(8));
        return signed.CopyWithPrivateKey(key);
    }

    /// <summary>Issues a certificate as a file with its key.</summary>
    public string IssueFile(string name)
    {
        using var issued = Issue(name);
        return Write($"{name}.pem", $"{issued.ExportCertificatePem()}\n{KeyOf(issued)}\n");
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _key.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static string KeyOf(X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPrivateKey()!;
        return key.ExportPkcs8PrivateKeyPem();
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }
}
