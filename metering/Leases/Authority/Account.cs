using Sluice.Metering.Identity;

namespace Sluice.Metering.Leases.Authority;

/// <summary>
/// An authority's record of one session's share of one counter. G, R, U and X are cumulative and only rise; the rest is
/// from the session's newest report.
/// </summary>
internal sealed class Account(SessionId session)
{
    public SessionId Session { get; } = session;

    public long Granted { get; set; }

    public long GrantedOnDisk { get; set; }

    public long Returned { get; set; }

    public long ReturnedOnDisk { get; set; }

    public long Used { get; set; }

    public long Extra { get; set; }

    public long Held { get; set; }

    public long UnbackedHeld { get; set; }

    public long UnitsPerSecond { get; set; }

    public long Need { get; set; }

    public bool Memory { get; set; }

    public bool MemoryOnDisk { get; set; }

    /// <summary>G as last confirmed by the session.</summary>
    public long GrantedSeen { get; set; }

    /// <summary>The recall since which the session keeps nothing idle; 0 for none.</summary>
    public long RecallFollowed { get; set; }

    /// <summary>The number of the last recall sent to this session.</summary>
    public long RecallSent { get; set; }

    public long RecallSentAtMs { get; set; }

    /// <summary>The highest recall number when the current need arose: only later recalls can meet it.</summary>
    public long NeedSince { get; set; }

    /// <summary>The units needed beyond the rights that are in flight.</summary>
    public long Shortfall => Math.Max(0, Need - (Granted - GrantedSeen));

    public bool OnDisk => Granted == GrantedOnDisk && Returned == ReturnedOnDisk && Memory == MemoryOnDisk;

    /// <summary>
    /// The part of the limit that this session occupies by its rights, G − R. Reported usage always counts, also if the
    /// reported R was too high.
    /// </summary>
    public long Occupied => Math.Max(Granted - Returned, Used);

    /// <summary>Rights granted and neither returned nor used, as far as is known here.</summary>
    public long Outstanding => Math.Max(0, Granted - Returned - Used);

    public long MaybeIdle => Math.Max(0, Outstanding - Held);

    public bool Active => Outstanding > 0 || UnitsPerSecond > 0 || Need > 0;
}
