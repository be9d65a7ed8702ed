namespace Sluice.Storage.Webhooks;

/// <summary>What happened to a threshold. The numbers are stored.</summary>
public enum TransitionKind : byte
{
    /// <summary>Usage has reached it.</summary>
    Reached = 0,

    /// <summary>It has refused a request.</summary>
    Refused = 1,

    /// <summary>It is not reached any more.</summary>
    Resolved = 2,
}
