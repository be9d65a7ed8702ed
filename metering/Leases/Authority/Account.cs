using Sluice.Metering.Identity;

namespace Sluice.Metering.Leases.Authority;

/// <summary>
/// What an authority knows of one session's share of one counter. G, R, U, X are cumulative and only rise;
/// the rest is the session's newest word.
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

    /// <summary>Number of the recall round that the present need waits for; 0 before one was started.</summary>
    public long WaitsForRecall { get; set; }

    public bool OnDisk => Granted == GrantedOnDisk && Returned == ReturnedOnDisk && Memory == MemoryOnDisk;

    /// <summary>Rights that are out: used by nobody yet, as far as is known here.</summary>
    public long Outstanding => Granted - Returned - Used;

    public long MaybeIdle => Math.Max(0, Outstanding - Held);

    public bool Active => Outstanding > 0 || UnitsPerSecond > 0 || Need > 0;
}
