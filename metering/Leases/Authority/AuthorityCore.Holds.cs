using Sluice.Metering.Identity;

namespace Sluice.Metering.Leases.Authority;

// How an authority counts the open holds of settled sessions. Their rows in the store are the truth; other nodes end
// them there, and this authority reads them. An old reading shows at least as much held and used together as is true,
// so grants are safe with it; a refusal, and limits that come into force, wait for a new one.
public sealed partial class AuthorityCore
{
    private long _holdReads;
    private long _holdsAnswered;
    private long _holdsWanted;
    private long _holdsReadAtMs = long.MinValue / 2;

    /// <summary>
    /// Whether holds of settled sessions are open here. While true, call <see cref="Tick"/> at least every
    /// <see cref="LeaseBounds.HoldReadMs"/>.
    /// </summary>
    public bool WantsHoldReads => !Deposed && HasHandedOver;

    private bool HasHandedOver
    {
        get
        {
            foreach (var counter in _counters.Values)
            {
                if (counter.HandedOver.Count > 0)
                    return true;
            }

            return false;
        }
    }

    /// <summary>
    /// Handles a reading of the holds of settled sessions. Rows of sessions that are not known to be settled are
    /// ignored: the settlement brings its own.
    /// </summary>
    /// <param name="now">Now.</param>
    /// <param name="number">The number from <see cref="AuthorityEffects.HoldReads"/>.</param>
    /// <param name="rows">All rows of this scope.</param>
    /// <param name="effects">Receives the next actions.</param>
    public void OnHoldsRead(
        CoreInstant now, long number, IReadOnlyList<HandedOverSnapshot> rows, AuthorityEffects effects)
    {
        if (Deposed)
            return;
        foreach (var row in rows)
        {
            if (FindCounter(row.Counter) is not { } counter || !counter.MergeHandedOver(row))
                continue;
            _thresholds.OnUsage(counter, 0, now.WallMs);
            if (counter.Committed > LimitOf(counter, now.WallMs))
                _overrun[counter] = _recalls;
        }

        _holdsAnswered = Math.Max(_holdsAnswered, number);
        Advance(now, effects);
    }

    private void AddHandedOver(CoreInstant now, IReadOnlyList<HandedOverSnapshot> rows)
    {
        foreach (var row in rows)
        {
            var counter = CounterOf(row.Counter);
            counter.AddHandedOver(row);
            _thresholds.OnUsage(counter, 0, now.WallMs);
        }

        // These rows may be older than the newest limits: a commit since then would look like a rise of usage.
        _holdsWanted = _holdReads;
    }

    /// <summary>
    /// Checks whether the holds of a counter were read since a moment, given as the number of the last reading before
    /// it. If not, requests a reading.
    /// </summary>
    private bool HoldsReadSince(CoreInstant now, AuthorityCounter counter, long reading, AuthorityEffects effects)
    {
        if (counter.HandedOver.Count == 0 || _holdsAnswered > reading)
            return true;
        if (_holdReads <= reading || now.MonotonicMs - _holdsReadAtMs >= LeaseBounds.SyncRetryMs)
            ReadHolds(now, effects);
        return false;
    }

    /// <summary>Checks whether all usage that holds had before the limits changed is known.</summary>
    private bool HoldsFollow(CoreInstant now, AuthorityEffects effects)
    {
        var follow = true;
        foreach (var counter in _counters.Values)
            follow &= HoldsReadSince(now, counter, _holdsWanted, effects);
        return follow;
    }

    private void ReadHoldsIfDue(CoreInstant now, AuthorityEffects effects)
    {
        if (now.MonotonicMs - _holdsReadAtMs >= LeaseBounds.HoldReadMs && HasHandedOver)
            ReadHolds(now, effects);
    }

    private void ReadHolds(CoreInstant now, AuthorityEffects effects)
    {
        _holdsReadAtMs = now.MonotonicMs;
        effects.HoldReads.Add(++_holdReads);
    }
}
