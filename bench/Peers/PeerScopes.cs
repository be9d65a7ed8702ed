namespace Sluice.Bench.Peers;

/// <summary>
/// The counters of a key in the peers: its own, its project's and its tenant's, in a fleet of the same shape as
/// Sluice's.
/// </summary>
internal static class PeerScopes
{
    public const int Tenants = 3;
    public const int ProjectsPerTenant = 4;
    public const int KeysPerProject = 5;
    public const int KeysPerTenant = ProjectsPerTenant * KeysPerProject;
    public const int Keys = Tenants * KeysPerTenant;

    /// <summary>The number of counters: keys, then projects, then tenants.</summary>
    public const int Counters = Keys + (Tenants * ProjectsPerTenant) + Tenants;

    /// <summary>The limit, so high that nothing is refused: the comparison is of counting, not of refusing.</summary>
    public const long LimitTokens = 1_000_000_000_000;

    public static (int Key, int Project, int Tenant) Of(int keyIndex)
    {
        var project = keyIndex / KeysPerProject;
        return (keyIndex, Keys + project, Keys + (Tenants * ProjectsPerTenant) + (project / ProjectsPerTenant));
    }
}
