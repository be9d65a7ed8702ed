using Sluice.TestSupport.Postgres;

namespace Sluice.Api.Tests.Management.Account;

/// <summary>A node behind a proxy: clients use HTTPS, and the node receives HTTP.</summary>
public sealed class TlsProxyHost(PostgresFixture postgres) : NodeHost(postgres)
{
    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["SLUICE_PUBLIC_URL"] = "HTTPS://sluice.example.com",
    };
}
