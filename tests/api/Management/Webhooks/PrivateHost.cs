using Sluice.TestSupport.Postgres;

namespace Sluice.Api.Tests.Management.Webhooks;

/// <summary>A node that may send to private networks: the receivers of tests are on this machine.</summary>
public sealed class PrivateHost(PostgresFixture postgres) : NodeHost(postgres)
{
    protected override IReadOnlyDictionary<string, string> Settings { get; } =
        new Dictionary<string, string> { ["SLUICE_WEBHOOK_PRIVATE"] = "true" };
}
