namespace Sluice.Simulation.Faults;

/// <summary>Mistakes that the simulator must find, made in the harness around the real cores.</summary>
internal enum PlantedBug
{
    None,

    /// <summary>Reports say how much was added since the last one, and the receiver adds up.</summary>
    ReportsAsDeltas,

    /// <summary>An authority learns that its batch is on disk when it was only sent.</summary>
    GrantBeforePersist,

    /// <summary>The store writes for sessions whose fence is up.</summary>
    NoFence,

    /// <summary>A silent session's rights are taken back on a timer, without a fence.</summary>
    ExpiryByWallClock,

    /// <summary>Idle rights of an ended period are used in the next one.</summary>
    RightsAcrossPeriods,

    /// <summary>A refusal is reported before it is known whether the request repeats one that was counted.</summary>
    RefusalBeforeLookUp,

    /// <summary>The settlement of a session returns the rights of its open holds, and forgets the holds.</summary>
    HoldLostWithSession,

    /// <summary>
    /// The row of a handed-over hold stays when it is committed or released, so a repeat or its expiry ends it again.
    /// </summary>
    HoldEndedTwice,

    /// <summary>An edge lets an expired hold go before the expiry is on disk.</summary>
    HoldFreedBeforeItsEnd,
}
