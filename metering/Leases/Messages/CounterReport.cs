using Sluice.Metering.Metrics;

namespace Sluice.Metering.Leases.Messages;

/// <summary>
/// An edge's report on one counter. The first three values are cumulative over the session, so a lost, repeated or
/// reordered report does no harm; the rest describe the current state and are taken from the newest report only.
/// </summary>
/// <param name="Counter">The counter.</param>
/// <param name="UsedUnits">U: usage under rights, committed to the ledger.</param>
/// <param name="ExtraUnits">X: usage without rights, committed to the ledger.</param>
/// <param name="ReturnedUnits">R: rights returned.</param>
/// <param name="GrantedUnits">G as known to this edge; grants beyond it are in flight.</param>
/// <param name="HeldUnits">Held by reservations now.</param>
/// <param name="UnbackedHeldUnits">The part of the holds without rights behind it: taken before a limit was
/// set.</param>
/// <param name="UnitsPerSecond">Recent rate of takes under rights.</param>
/// <param name="NeedUnits">Shortfall of the requests that are waiting; 0 if none waits.</param>
/// <param name="Memory">Whether requests want to be answered from memory on these rights.</param>
/// <param name="RecallFollowed">Number of the recall since which this edge keeps no idle rights, including those
/// returned from takes; 0 once it was granted new ones.</param>
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
