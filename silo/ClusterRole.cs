namespace Sluice.Silo;

/// <summary>What a process does in the cluster.</summary>
public enum ClusterRole
{
    /// <summary>Takes requests and hosts authorities.</summary>
    All = 0,

    /// <summary>Hosts authorities only.</summary>
    Silo = 1,

    /// <summary>Takes requests only; authorities are elsewhere.</summary>
    Api = 2,
}
