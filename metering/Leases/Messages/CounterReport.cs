using Sluice.Metering.Metrics;

namespace Sluice.Metering.Leases.Messages;

/// <summary>
/// What an edge says of one counter. The first three are cumulative over the session, so a lost, repeated or
/// reordered report does no harm; the rest describe the moment and are taken from the newest report only.
/// </summary>
/// <param name="Counter">Which counter.</param>
/// <param name="UsedUnits">U: usage under rights, committed to the ledger.</param>
/// <param name="ExtraUnits">X: usage without rights, committed to the ledger.</param>
/// <param name="ReturnedUnits">R: rights given back.</param>
/// <param name="GrantedUnits">G as this edge has heard it; what the authority granted beyond it is under way.</param>
/// <param name="HeldUnits">Held by reservations now.</param>
/// <param name="UnbackedHeldUnits">
/// The part of the holds that no rights stand behind: taken before a limit was set.
/// </param>
/// <param name="UnitsPerSecond">Recent rate of takes under rights.</param>
/// <param name="NeedUnits">Shortfall of the requests that are waiting; 0 when none waits.</param>
/// <param name="Memory">Requests want to be answered from memory on these rights.</param>
/// <param name="RecallFollowed">
/// Number of the recall since which this edge keeps no idle rights, not even those that come back from takes; 0 once
/// it was granted new ones.
/// </param>
/// <param name="RefusedUnits">Amount of the first refusal since the last answered report; 0 for none.</param>
public readonly record struct CounterReport(
    CounterId Counter,
    long UsedUnits,
    long ExtraUnits,
    long ReturnedUnits,
    long GrantedUnits,
    long HeldUnits,
    long UnbackedHeldUnits,
    long UnitsPerSecond,
    long NeedUnits,
    bool Memory,
    long RecallFollowed,
    long RefusedUnits);
