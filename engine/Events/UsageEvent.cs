using System.Threading.Tasks.Sources;
using Sluice.Engine.Keys;
using Sluice.Metering.Leases.Edge;
using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;
using Sluice.Storage.Ledger.Entries;

namespace Sluice.Engine.Events;

/// <summary>
/// One event on its way from the request, through admission and the ledger, to the answer. Pooled: it returns to its
/// pool once both the caller and the ledger have released it.
/// </summary>
public sealed class UsageEvent : AdmissionRequest, IValueTaskSource<UsageEvent>
{
    private readonly UsageEventPool _pool;
    // Answers are given outside all locks, so the answering thread may send the response itself.
    private ManualResetValueTaskSourceCore<UsageEvent> _source;
    private int _holders;
    private int _answered;

    internal UsageEvent(UsageEventPool pool)
    {
        _pool = pool;
        Entry.Charge = Charge;
    }

    /// <summary>The row that the ledger will store.</summary>
    public LedgerEntry Entry { get; } = new();

    /// <summary>The key that the event was sent with.</summary>
    public CachedKey Caller { get; set; } = null!;

    /// <summary>The reservation that a commit or release ends, if this edge holds it.</summary>
    public Reservation? Reservation { get; set; }

    public UsageVerdict Verdict { get; internal set; }

    /// <summary>Whether the event had been counted before; the answer is then that of the first time.</summary>
    public bool Duplicate { get; internal set; }

    /// <summary>The price, in millionths of the tenant's currency.</summary>
    public long AmountUnits { get; set; }

    /// <summary>Credits, in millionths.</summary>
    public long CreditsUnits { get; set; }

    /// <summary>The worst state of the scopes in which the key counts.</summary>
    public UsageState State { get; internal set; }

    /// <summary>The blocking limits of those scopes, tightest first.</summary>
    public List<LimitReading> Readings { get; } = [];

    /// <summary>
    /// The digest of the body with its time, which versions up to the first stored for CloudEvents too.
    /// </summary>
    internal long FingerprintWithTime { get; set; }

    /// <summary>
    /// Whether a part of the event has no price although money is limited; <see cref="LedgerEntry.UnpricedMask"/> says
    /// which.
    /// </summary>
    public bool IsUnpricedMoney => Entry.UnpricedMask != 0
        && Readings.Exists(static reading => reading.Limit.Metric == MetricId.Amount
            || reading.Limit.Metric == MetricId.Credits);

    /// <summary>The limit that refused the event; null if it was not refused.</summary>
    public LimitReading? Refusal { get; internal set; }

    /// <summary>
    /// What the reservation holds of the metric of which a commit counted more than its secret still may.
    /// </summary>
    public Quantity BeyondHold { get; internal set; }

    /// <summary>The expiry of a reservation as first answered.</summary>
    public long ExpiresAtMs { get; set; }

    /// <summary>The group of events answered together, if any.</summary>
    internal UsageGroup? Group { get; set; }

    /// <summary>
    /// Whether the event was answered already, from memory or because its outcome stayed unknown; the ledger then only
    /// settles it.
    /// </summary>
    internal bool Answered => Volatile.Read(ref _answered) != 0;

    /// <summary>
    /// Whether only the id is looked up: admission has refused the event, but it may repeat an admitted one.
    /// </summary>
    internal bool LookUpOnly { get; set; }

    /// <summary>The verdict if the event was not admitted and does not repeat an admitted one.</summary>
    internal UsageVerdict VerdictOfRefusal => RefusedAsUnpriced ? UsageVerdict.Unpriced
        : Outcome == AdmissionOutcome.CounterFull ? UsageVerdict.TooMuch
        : UsageVerdict.Refused;

    /// <summary>Whether the event is refused because it has no price, not by a limit.</summary>
    internal bool RefusedAsUnpriced { get; set; }

    /// <summary>Another event of the same batch with the same id, whose result this one shares.</summary>
    internal UsageEvent? TwinOf { get; set; }

    public ValueTask<UsageEvent> AnswerAsync() => new(this, _source.Version);

    /// <summary>Releases the caller's hold once it has read the answer.</summary>
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

    /// <summary>Gives the answer, at most once.</summary>
    internal void Answer()
    {
        if (Interlocked.Exchange(ref _answered, 1) == 0)
            Signal();
    }

    /// <summary>
    /// Gives the answer with a verdict. The first answer stands: a later one must not change what the reader sees.
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
        Verdict = UsageVerdict.Undecided;
        State = default;
        RefusedAsUnpriced = false;
        Duplicate = false;
        HasClientId = false;
        OutlivesKey = false;
        Memory = false;
        LookUpOnly = false;
        Mode = AdmissionMode.Consume;
        Readings.Clear();
        Charge.Clear();
        AmountUnits = CreditsUnits = ExpiresAtMs = 0;
        Entry.ExpiresAtMs = 0;
        Entry.UnpricedMask = 0;
        Entry.Shares.Clear();
    }

    /// <summary>Lets go of what the event refers to, so that an idle one keeps nothing else in memory.</summary>
    internal void Forget()
    {
        Entry.EventId = Entry.Member = Entry.Model = "";
        TwinOf = null;
        Group = null;
        Reservation = null;
        Refusal = null;
        HandedOver = null;
        Entry.Elsewhere = null;
    }

    private void Signal()
    {
        if (Group is { } group)
            group.Answered();
        else
            _source.SetResult(this);
    }
}
