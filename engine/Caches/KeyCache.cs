using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using Sluice.Engine.Edges;
using Sluice.Engine.Keys;
using Sluice.Engine.Time;
using Sluice.Metering.Keys;
using Sluice.Metering.Periods;
using Sluice.Storage.Control.Credentials;

namespace Sluice.Engine.Caches;

/// <summary>
/// The keys of this edge. A key is read once and used until it is revoked; on every request the secret is checked
/// against the copy in memory.
/// </summary>
public sealed class KeyCache(CredentialStore store, KeyLookups lookups, Edge edge, ProcessClock clock)
{
    /// <summary>
    /// How long the id of no key, or of one that has ended, is remembered, so that guessing does not cost a query each
    /// time.
    /// </summary>
    private const int EndedMs = 1_000;

    /// <summary>Maximum such ids remembered.</summary>
    private const int EndedMax = 10_000;

    /// <summary>Maximum attempts to read a key that changes while it is being read; exceeding it is an error.</summary>
    private const int ReadsMax = 10;

    private const string KeptChanging = "A key kept changing while it was read.";

    private readonly ConcurrentDictionary<long, CachedKey> _keys = new();
    private readonly ConcurrentDictionary<long, Lazy<Task<Loaded>>> _loading = new();
    private readonly ConcurrentDictionary<long, EndedKey> _ended = new();
    private readonly ConcurrentDictionary<string, TenantCalendar> _calendars = new();
    private readonly byte[] _nobodysHash = RandomNumberGenerator.GetBytes(ApiKeyFormat.HashLength);

    /// <summary>The number of ids currently remembered with which nothing is admitted.</summary>
    internal int Unknown => _ended.Count;

    /// <summary>Authenticates a presented secret; null if it must be rejected. A known key needs no query.</summary>
    /// <param name="presentedUtf8">The secret as received.</param>
    /// <param name="sender">
    /// The address whose bound on unknown ids applies; null for a sender who is trusted with them.
    /// </param>
    public ValueTask<KeyAnswer> AuthenticateAsync(ReadOnlySpan<byte> presentedUtf8, IPAddress? sender)
    {
        if (!ApiKeyFormat.TryParse(presentedUtf8, out var parts))
            return default;
        Span<byte> hash = stackalloc byte[ApiKeyFormat.HashLength];
        SHA256.HashData(presentedUtf8, hash);
        if (_keys.TryGetValue(parts.KeyId, out var known) && known.Live)
            return new ValueTask<KeyAnswer>(new KeyAnswer(known.Accepts(hash, clock.WallMs) ? known : null));
        if (sender is not null && Costs(parts.KeyId) && !lookups.Allows(parts.KeyId, sender))
            return new ValueTask<KeyAnswer>(new KeyAnswer(null, TooManyUnknown: true));
        return LoadAndCheckAsync(parts.KeyId, hash.ToArray(), isTrusted: sender is null);
    }

    /// <summary>
    /// Recognises a presented secret that a key has or had, also if the key has ended; null for a wrong one. For the
    /// ends of reservations, and to tell the holder of a secret why it no longer works.
    /// </summary>
    /// <param name="presentedUtf8">The secret as received.</param>
    public ValueTask<SecretHolder?> RecogniseAsync(ReadOnlySpan<byte> presentedUtf8)
    {
        if (!ApiKeyFormat.TryParse(presentedUtf8, out var parts))
            return default;
        var hash = new byte[ApiKeyFormat.HashLength];
        SHA256.HashData(presentedUtf8, hash);
        return RecogniseAsync(parts.KeyId, hash);
    }

    /// <summary>Finds the key of an id that a gateway vouches for; null if nothing may be admitted with it.</summary>
    public async ValueTask<CachedKey?> FindAsync(long keyId) =>
        await FindEvenEndedAsync(keyId) is { } key && key.Works(clock.WallMs) ? key : null;

    /// <summary>
    /// Finds the key of an id even if it has ended, because usage that has happened is still counted for it; null if
    /// there never was one.
    /// </summary>
    public async ValueTask<CachedKey?> FindEvenEndedAsync(long keyId)
    {
        if (_keys.TryGetValue(keyId, out var known) && known.Live)
            return known;
        var loaded = await LoadAsync(keyId);
        return loaded.Living ?? loaded.Ended?.KeyFrom(MakeEnded);
    }

    /// <summary>Forgets keys; once this returns, nothing is admitted with them.</summary>
    public void Revoke(IReadOnlyCollection<long> keyIds)
    {
        edge.RemoveKeys(keyIds);
        foreach (var id in keyIds)
        {
            _keys.TryRemove(id, out _);
            _ended.TryRemove(id, out _);
        }
    }

    /// <summary>Forgets every key of a tenant.</summary>
    public void RevokeTenant(long tenantId)
    {
        // First at the edge: it has keys that are not in this cache yet, and refuses those that are being read now.
        edge.RemoveTenant(tenantId);
        foreach (var key in _keys.Values.Where(key => key.TenantId == tenantId))
            _keys.TryRemove(KeyValuePair.Create(key.KeyId, key));
        _ended.Clear();
    }

    /// <summary>Notes a use of a key that a gateway vouches for.</summary>
    public void NoteUse(CachedKey key) => key.NoteUse(clock.WallMs);

    /// <summary>Writes when keys were last used.</summary>
    public async Task NoteUseAsync(CancellationToken ct)
    {
        var uses = new List<KeyUse>();
        foreach (var key in _keys.Values)
        {
            if (key.TakeUse(out var use))
                uses.Add(use);
        }

        uses.Sort((a, b) => a.KeyId.CompareTo(b.KeyId));
        if (uses.Count > 0)
            await store.NoteUseAsync(uses, ct);
    }

    private async ValueTask<SecretHolder?> RecogniseAsync(long keyId, byte[] presentedHash)
    {
        for (var read = 0; read < ReadsMax; read++)
        {
            if (await FindEvenEndedAsync(keyId) is not { } key)
            {
                // Take the same time as for a key that exists.
                CryptographicOperations.FixedTimeEquals(_nobodysHash, presentedHash);
                return null;
            }

            // Revoked since it was read: it does not know whether the secret was replaced, or works as before.
            if (key is { Live: false, Reason: KeyEnd.None })
                continue;
            if (!key.Recognises(presentedHash, out var endedAtMs))
                return null;
            var works = key.Works(clock.WallMs) && clock.WallMs < endedAtMs;
            return new SecretHolder(key, SecretEnded: !works, endedAtMs);
        }

        throw new TimeoutException(KeptChanging);
    }

    private CachedKey MakeEnded(Credential credential) =>
        edge.MakeEndedKey(credential, CalendarOf(credential.TimeZone));

    private async ValueTask<KeyAnswer> LoadAndCheckAsync(long keyId, byte[] presentedHash, bool isTrusted)
    {
        if ((await LoadAsync(keyId, isTrusted)).Living is { } key)
            return new KeyAnswer(key.Accepts(presentedHash, clock.WallMs) ? key : null);

        // Take the same time as for a key that exists.
        CryptographicOperations.FixedTimeEquals(_nobodysHash, presentedHash);
        return default;
    }

    /// <summary>
    /// Whether a look-up has to be made for an id; the many who first use a new key at the same moment share one.
    /// </summary>
    private bool Costs(long keyId) => Remembered(keyId) is null && !_loading.ContainsKey(keyId);

    /// <summary>
    /// Returns what is remembered of an id with which nothing is admitted; null if it may have changed since, as while
    /// a read that was overtaken by a change has not taken back yet what it remembers.
    /// </summary>
    private EndedKey? Remembered(long keyId) =>
        _ended.TryGetValue(keyId, out var ended) && clock.MonotonicMs < ended.UntilMs
        && (ended.Credential is not { } credential || !edge.MayBeRevoked(credential, ended.Revocations))
            ? ended
            : null;

    /// <summary>
    /// Returns what the key is now. A read that was under way may be older than the question: if the key may have
    /// changed since, it is read again.
    /// </summary>
    private async Task<Loaded> LoadAsync(long keyId, bool isTrusted = true)
    {
        for (var read = 0; read < ReadsMax; read++)
        {
            if (Remembered(keyId) is { } ended)
                return new Loaded(null, ended);
            var loaded = await JoinReadAsync(keyId, isTrusted);
            if (loaded.Living is { Live: false })
                continue;
            if (loaded.Credential is not { } credential || !edge.MayBeRevoked(credential, loaded.Revocations))
                return loaded;
        }

        throw new TimeoutException(KeptChanging);
    }

    private async Task<Loaded> JoinReadAsync(long keyId, bool isTrusted)
    {
        // Lazy, because the dictionary may run this for several callers, and only one of them may read the key.
        var loading = _loading.GetOrAdd(
            keyId,
            static (id, self) => new Lazy<Task<Loaded>>(() => Task.Run(() => self.Cache.ReadAsync(id, self.IsTrusted))),
            (Cache: this, IsTrusted: isTrusted));
        try
        {
            return await loading.Value;
        }
        finally
        {
            _loading.TryRemove(KeyValuePair.Create(keyId, loading));
        }
    }

    private async Task<Loaded> ReadAsync(long keyId, bool isTrusted)
    {
        // A caller that missed the key just before another caller had read it arrives here right after. A second copy
        // would replace the first and fail the requests that are in flight with it.
        if (_keys.TryGetValue(keyId, out var known) && known.Live)
            return new Loaded(known, null);
        for (var read = 0; read < ReadsMax; read++)
        {
            var before = edge.Revocations;
            var credential = await lookups.FindAsync(keyId, isTrusted);
            if (credential is not { End: KeyEnd.None })
            {
                if (Forget(keyId, credential, before) is { } ended)
                    return new Loaded(null, ended, credential, before);
                continue;
            }

            // A revocation between these two lines leaves a dead key in the cache: it admits nothing, and the next
            // request replaces it.
            if (edge.AddKey(credential, CalendarOf(credential.TimeZone), before) is not { } key)
                continue;
            _keys[keyId] = key;
            return new Loaded(key, null, credential, before);
        }

        throw new TimeoutException(KeptChanging);
    }

    /// <summary>
    /// Remembers an id with which nothing is admitted. Null if a key that has ended may have changed since its row was
    /// read: it may live again, or be in another zone.
    /// </summary>
    private EndedKey? Forget(long keyId, Credential? credential, long revocationsBefore)
    {
        if (_ended.Count >= EndedMax)
            _ended.Clear();
        var ended = new EndedKey(credential, revocationsBefore, clock.MonotonicMs + EndedMs);
        _ended[keyId] = ended;

        // Checked last: a revocation after this finds the id among those that it clears.
        if (credential is null || !edge.MayBeRevoked(credential, revocationsBefore))
            return ended;
        _ended.TryRemove(KeyValuePair.Create(keyId, ended));
        return null;
    }

    private TenantCalendar CalendarOf(string zone) => _calendars.GetOrAdd(zone, static name =>
        TenantCalendar.TryCreate(name, out var calendar, out _)
            ? calendar
            : throw new InvalidOperationException($"The time zone {name} of a tenant is unknown to this program."));

    /// <summary>What a read found; it stays the answer even if the id is no longer remembered a moment later.</summary>
    /// <param name="Living">The key, if it may be used.</param>
    /// <param name="Ended">The key, if it may not.</param>
    /// <param name="Credential">Its row; null if there is none, or it was not read for this.</param>
    /// <param name="Revocations">How many revocations there had been when the row was read.</param>
    private readonly record struct Loaded(
        CachedKey? Living, EndedKey? Ended, Credential? Credential = null, long Revocations = 0);
}
