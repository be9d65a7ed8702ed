namespace Sluice.Simulation.Faults;

/// <summary>Faults and interventions that recur at random times. Periods turn over by themselves.</summary>
internal enum FaultKind
{
    EdgeCrash,
    EdgeStop,
    EdgePause,
    EarlyFence,
    AuthorityCrash,
    AuthorityPause,
    DuplicateAuthority,
    LimitChange,
    Boost,
    Revocation,
    StoreOutage,
    StoreCrash,
    Partition,
    ClockJump,
    ForgedSync,
}
