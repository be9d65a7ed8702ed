using System.Security.Cryptography;
using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Edge;
using Sluice.Metering.Periods;
using Sluice.Storage.Control.Credentials;

namespace Sluice.Engine.Keys;

/// <summary>
/// A key with which this edge may admit requests until it is revoked; or one that has ended, for the usage that was
/// begun with it.
/// </summary>
public sealed class CachedKey : EdgeKey
{
    private readonly byte[] _hash;
    private readonly byte[]? _previousHash;
    private readonly long _previousUntilMs;
    private readonly long _planEndsAtMs;
    private readonly IReadOnlyList<RetiredSecret> _retired;
    private long _usedAtMs;
    private bool _usedPrevious;
    private PeriodPair? _periods;

    public CachedKey(Credential credential, TenantCalendar calendar, EdgeScope[] scopes)
        : base(credential.KeyId, scopes)
    {
        _hash = credential.SecretHash;
        _previousHash = credential.PreviousHash;
        _previousUntilMs = credential.PreviousUntilMs;
        Calendar = calendar;
        TenantId = credential.TenantId;
        ProjectId = credential.ProjectId;
        SeatId = credential.SeatId;
        MemberId = credential.MemberId;
        Member = MemberId == 0 ? "" : IdText.Format(IdText.Member, MemberId);
        ExpiresAtMs = credential.ExpiresAtMs;
        Currency = string.Intern(credential.Currency);
        RefusesUnpriced = credential.RefusesUnpriced;
        Reason = credential.End;
        _planEndsAtMs = credential.PlanEndsAtMs;
        _retired = credential.Retired;
        if (Reason != KeyEnd.None)
            End();
    }

    public TenantCalendar Calendar { get; }

    public long TenantId { get; }

    public long ProjectId { get; }

    public long SeatId { get; }

    public long MemberId { get; }

    /// <summary>The member whose usage it is if an event names none; empty for a key without a member.</summary>
    public string Member { get; }

    /// <summary>First instant at which the key no longer works, in Unix milliseconds; 0 for never.</summary>
    public long ExpiresAtMs { get; }

    public string Currency { get; }

    /// <summary>Whether the tenant refuses usage without a price where money is limited.</summary>
    public bool RefusesUnpriced { get; }

    /// <summary>Why the key had ended when it was read; <see cref="KeyEnd.None"/> if it had not.</summary>
    public KeyEnd Reason { get; }

    /// <summary>Checks whether something new may be admitted with the key, as far as this edge knows.</summary>
    public bool Works(long nowMs) => Live && (ExpiresAtMs == 0 || nowMs < ExpiresAtMs);

    /// <summary>Checks whether the key ended with the plan of its seat.</summary>
    public bool EndedWithPlan(long nowMs) => _planEndsAtMs != 0 && nowMs >= _planEndsAtMs;

    /// <summary>Gets the month and day of an instant in the tenant's zone.</summary>
    internal PeriodPair PeriodsAt(long nowMs)
    {
        var known = Volatile.Read(ref _periods);
        if (known is null || !known.Contains(nowMs))
            Volatile.Write(ref _periods, known = PeriodPair.At(Calendar, nowMs));
        return known;
    }

    /// <summary>Notes a use on behalf of the key: a gateway that vouches for it presents no secret.</summary>
    /// <param name="nowMs">When, Unix milliseconds.</param>
    public void NoteUse(long nowMs) => Volatile.Write(ref _usedAtMs, nowMs);

    /// <summary>Gets when the key was last used, if it was used since the last call.</summary>
    public bool TakeUse(out KeyUse use)
    {
        var at = Interlocked.Exchange(ref _usedAtMs, 0);
        use = new KeyUse(KeyId, at, _usedPrevious);
        _usedPrevious = false;
        return at != 0;
    }

    /// <summary>
    /// Checks whether the SHA-256 of a secret is this key's. Takes the same time however much of it matches.
    /// </summary>
    internal bool Accepts(ReadOnlySpan<byte> presentedHash, long nowMs)
    {
        if (ExpiresAtMs != 0 && nowMs >= ExpiresAtMs)
            return false;
        var matches = CryptographicOperations.FixedTimeEquals(_hash, presentedHash);
        var previous = !matches && _previousHash is not null && nowMs < _previousUntilMs
            && CryptographicOperations.FixedTimeEquals(_previousHash, presentedHash);
        if (matches || previous)
            NoteUse(nowMs);
        if (previous)
            _usedPrevious = true;
        return matches || previous;
    }

    /// <summary>
    /// Recognises a secret that the key has or had, whether or not it still works. Compares with all of them, so that
    /// the time does not tell which one it is.
    /// </summary>
    /// <param name="presentedHash">SHA-256 of the secret.</param>
    /// <param name="endedAtMs">When the secret stopped working if the key got another one; <see cref="long.MaxValue"/>
    /// for the key's last secret, which ended with the key.</param>
    internal bool Recognises(ReadOnlySpan<byte> presentedHash, out long endedAtMs)
    {
        endedAtMs = long.MinValue;
        if (CryptographicOperations.FixedTimeEquals(_hash, presentedHash))
            endedAtMs = long.MaxValue;
        if (_previousHash is not null && CryptographicOperations.FixedTimeEquals(_previousHash, presentedHash))
            endedAtMs = Math.Max(endedAtMs, _previousUntilMs);
        foreach (var retired in _retired)
        {
            if (CryptographicOperations.FixedTimeEquals(retired.Hash, presentedHash))
                endedAtMs = Math.Max(endedAtMs, retired.AtMs);
        }

        return endedAtMs != long.MinValue;
    }
}
