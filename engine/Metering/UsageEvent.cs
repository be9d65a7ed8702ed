using System.Threading.Tasks.Sources;
using Sluice.Engine.Keys;
using Sluice.Metering.Leases.Edge;
using Sluice.Metering.Limits;
using Sluice.Storage.Ledger;

namespace Sluice.Engine.Metering;

/// <summary>
/// One event on its way: from the request, through admission and the ledger, to the answer. Reused: it goes back to
/// its pool when both the one who asked and the ledger have let go of it.
/// </summary>
public sealed class UsageEvent : AdmissionRequest, IValueTaskSource<UsageEvent>
{
    private readonly UsageEventPool _pool;
    // Whoever gives an answer does so outside all locks, on a thread that may as well send the response.
    private ManualResetValueTaskSourceCore<UsageEvent> _source;
    private int _holders;
    private int _answered;

    internal UsageEvent(UsageEventPool pool)
    {
        _pool = pool;
        Entry.Charge = Charge;
    }

    /// <summary>What the ledger will keep.</summary>
    public LedgerEntry Entry { get; } = new();

    /// <summary>Whose credential it came with.</summary>
    public CachedKey Caller { get; set; } = null!;

    /// <summary>The id came from the caller, so it may be a repeat.</summary>
    public bool HasClientId { get; set; }

    /// <summary>The reservation that a commit or release ends, where this edge holds it.</summary>
    public Reservation? Reservation { get; set; }

    public UsageVerdict Verdict { get; internal set; }

    /// <summary>The event had been counted before; the answer is that of the first time.</summary>
    public bool Duplicate { get; internal set; }

    /// <summary>Money, in millionths of the tenant's currency.</summary>
    public long AmountUnits { get; set; }

    /// <summary>Credits, in millionths.</summary>
    public long CreditsUnits { get; set; }

    /// <summary>The worst state of the scopes that the key counts in.</summary>
    public UsageState State { get; internal set; }

    /// <summary>Blocked limits of those scopes, tightest first.</summary>
    public List<LimitReading> Readings { get; } = [];

    /// <summary>After a refusal: the limit that refused.</summary>
    public LimitReading? Refusal { get; internal set; }

    /// <summary>The expiry of a reservation as first answered.</summary>
    public long ExpiresAtMs { get; set; }

    /// <summary>Set where many events are answered together.</summary>
    internal UsageGroup? Group { get; set; }

    /// <summary>Answered already, from memory or for want of an outcome; the ledger only settles it.</summary>
    internal bool Answered => Volatile.Read(ref _answered) != 0;

    /// <summary>Only the id is looked up: admission has refused, but the event may repeat an admitted one.</summary>
    internal bool LookUpOnly { get; set; }

    /// <summary>What is said where it was not admitted, and is no repeat of what was.</summary>
    internal UsageVerdict VerdictOfRefusal =>
        Outcome == AdmissionOutcome.CounterFull ? UsageVerdict.TooMuch : UsageVerdict.Refused;

    /// <summary>Another event of the same batch has the same id; this one follows its fate.</summary>
    internal UsageEvent? TwinOf { get; set; }

    public ValueTask<UsageEvent> AnswerAsync() => new(this, _source.Version);

    /// <summary>The one who asked has read the answer.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
            _pool.Return(this);
    }

    UsageEvent IValueTaskSource<UsageEvent>.GetResult(short token) => _source.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<UsageEvent>.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<UsageEvent>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    internal void Hold() => Interlocked.Increment(ref _holders);

    /// <summary>Gives the answer, once.</summary>
    internal void Answer()
    {
        if (Interlocked.Exchange(ref _answered, 1) == 0)
            Signal();
    }

    /// <summary>
    /// The same with a verdict. The first answer stands: whoever comes later must not change what its reader sees.
    /// </summary>
    internal void Answer(UsageVerdict verdict)
    {
        if (Interlocked.Exchange(ref _answered, 1) != 0)
            return;
        Verdict = verdict;
        Signal();
    }

    internal void Start()
    {
        _source.Reset();
        _holders = 1;
        _answered = 0;
        Verdict = UsageVerdict.Allowed;
        Duplicate = false;
        HasClientId = false;
        Memory = false;
        LookUpOnly = false;
        TwinOf = null;
        Group = null;
        Reservation = null;
        Refusal = null;
        Mode = AdmissionMode.Consume;
        Readings.Clear();
        Charge.Clear();
        AmountUnits = CreditsUnits = ExpiresAtMs = 0;
        Entry.ExpiresAtMs = 0;
        Entry.EventId = Entry.Member = Entry.Model = "";
        Entry.UnpricedMask = 0;
    }

    private void Signal()
    {
        if (Group is { } group)
            group.Answered();
        else
            _source.SetResult(this);
    }
}
