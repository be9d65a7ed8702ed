using Sluice.TestSupport.Postgres;

namespace Sluice.Api.Tests.Management.Account;

/// <summary>A node that hears HTTP from a proxy which people reach by HTTPS.</summary>
public sealed class TlsProxyHost(PostgresFixture postgres) : NodeHost(postgres)
{
    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["SLUICE_PUBLIC_URL"] = "HTTPS://sluice.example.com",
    };
}
