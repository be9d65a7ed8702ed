namespace Sluice.Api.Tests.Jobs;

/// <summary>A host whose jobs run by themselves.</summary>
public sealed class RunningJobs(TestSupport.Postgres.PostgresFixture postgres) : NodeHost(postgres)
{
    protected override IReadOnlyDictionary<string, string> Settings { get; } =
        new Dictionary<string, string> { ["SLUICE_JOBS"] = "true" };
}
