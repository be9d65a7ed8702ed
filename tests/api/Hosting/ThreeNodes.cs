using Sluice.TestSupport.Postgres;

namespace Sluice.Api.Tests.Hosting;

/// <summary>A cluster of three nodes.</summary>
public sealed class ThreeNodes(PostgresFixture postgres) : NodeHost(postgres)
{
    protected override int NodeCount => 3;
}
