using Sluice.TestSupport.Postgres;
using Xunit;

namespace Sluice.Api.Tests.Cluster.Membership;

/// <summary>A database with the program's schema, for one class of tests.</summary>
public sealed class MembershipStore(PostgresFixture postgres) : IAsyncLifetime
{
    public string ConnectionString { get; private set; } = "";

    public async ValueTask InitializeAsync() => ConnectionString = await postgres.CreateReadyDatabaseAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
