namespace Sluice.Engine.Edges;

/// <summary>The control plane data cached in the process of an edge.</summary>
internal interface IEdgeCaches
{
    /// <summary>Forgets keys; once this returns, nothing is admitted with them.</summary>
    void Revoke(IReadOnlyCollection<long> keyIds);

    /// <summary>Forgets every key of a tenant.</summary>
    void RevokeTenant(long tenantId);

    /// <summary>Reloads prices and metrics.</summary>
    Task ReloadRatesAsync(CancellationToken ct);
}
