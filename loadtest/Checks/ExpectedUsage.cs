using Sluice.LoadTest.Fleets;

namespace Sluice.LoadTest.Checks;

/// <summary>The usage expected of a fleet, by key; projects and tenants are sums of their keys.</summary>
internal sealed class ExpectedUsage(Fleet fleet)
{
    private readonly long[] _tokensByKey = new long[fleet.Keys.Count];

    public Fleet Fleet { get; } = fleet;

    public long TotalTokens => _tokensByKey.Sum();

    public void Add(int keyIndex, long tokens) => _tokensByKey[keyIndex] += tokens;

    /// <summary>Gets a tenant's expected usage by scope id: its own, its projects' and its keys'.</summary>
    public TenantExpectation Of(FleetTenant tenant)
    {
        var byKeyId = Fleet.Keys.Select((key, index) => (key.Id, Tokens: _tokensByKey[index]))
            .ToDictionary(pair => pair.Id, pair => pair.Tokens);
        var projects = tenant.Projects.ToDictionary(
            project => project.Id, project => project.Keys.Sum(key => byKeyId[key.Id]));
        var keys = tenant.Projects.SelectMany(project => project.Keys)
            .ToDictionary(key => key.Id, key => byKeyId[key.Id]);
        return new TenantExpectation(tenant.Id, projects.Values.Sum(), projects, keys);
    }
}
