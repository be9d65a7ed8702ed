using System.Security.Cryptography.X509Certificates;

namespace Sluice.Silo;

/// <summary>Who belongs to the cluster: whoever shows a certificate that its own authority has signed.</summary>
internal static class ClusterTrust
{
    /// <summary>Names are not compared: addresses of pods and processes come and go.</summary>
    public static bool IsSignedBy(X509Certificate2 shown, X509Certificate2 authority)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(shown);
    }
}
