namespace Sluice.Metering.Leases.Edge;

/// <summary>How far an edge is in following a new limit set.</summary>
internal enum SwitchStage : byte
{
    /// <summary>Everything before the switch is on disk: the version may be acknowledged.</summary>
    Done,

    /// <summary>Requests admitted before the switch are still in flight.</summary>
    Draining,

    /// <summary>These requests have ended; their usage must reach the accounts on disk.</summary>
    WantsCheckpoint,

    /// <summary>The batch that writes these accounts is being written.</summary>
    InCheckpoint,
}
