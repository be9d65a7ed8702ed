namespace Sluice.Engine.Edges;

/// <summary>What an edge's process keeps of the control plane.</summary>
internal interface IEdgeCaches
{
    /// <summary>Forgets keys; nothing is admitted with them once this returns.</summary>
    void Revoke(IReadOnlyCollection<long> keyIds);

    /// <summary>Forgets every key of a tenant.</summary>
    void RevokeTenant(long tenantId);

    /// <summary>Reads prices and metrics anew.</summary>
    Task ReloadRatesAsync(CancellationToken ct);
}
