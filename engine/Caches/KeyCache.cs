using System.Collections.Concurrent;
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
public sealed class KeyCache(CredentialStore store, Edge edge, ProcessClock clock)
{
    /// <summary>How long an unknown id is remembered, so that guessing does not cost a query each time.</summary>
    private const int UnknownMs = 1_000;

    /// <summary>Maximum ids remembered as unknown.</summary>
    private const int UnknownMax = 10_000;

    /// <summary>Maximum attempts to read a key that changes while it is being read; exceeding it is an error.</summary>
    private const int ReadsMax = 10;

    private readonly ConcurrentDictionary<long, CachedKey> _keys = new();
    private readonly ConcurrentDictionary<long, Lazy<Task<CachedKey?>>> _loading = new();
    private readonly ConcurrentDictionary<long, long> _unknownUntilMs = new();
    private readonly ConcurrentDictionary<string, TenantCalendar> _calendars = new();
    private readonly byte[] _nobodysHash = RandomNumberGenerator.GetBytes(ApiKeyFormat.HashLength);

    /// <summary>The number of ids currently remembered as unknown.</summary>
    internal int Unknown => _unknownUntilMs.Count;

    /// <summary>Authenticates a presented secret; null if it must be rejected. A known key needs no query.</summary>
    /// <param name="presentedUtf8">The secret as received.</param>
    public ValueTask<CachedKey?> AuthenticateAsync(ReadOnlySpan<byte> presentedUtf8)
    {
        if (!ApiKeyFormat.TryParse(presentedUtf8, out var parts))
            return default;
        Span<byte> hash = stackalloc byte[ApiKeyFormat.HashLength];
        SHA256.HashData(presentedUtf8, hash);
        if (_keys.TryGetValue(parts.KeyId, out var known) && known.Live)
            return new ValueTask<CachedKey?>(known.Accepts(hash, clock.WallMs) ? known : null);
        return LoadAndCheckAsync(parts.KeyId, hash.ToArray());
    }

    /// <summary>Finds the key of an id that a gateway vouches for; null if there is none.</summary>
    public async ValueTask<CachedKey?> FindAsync(long keyId)
    {
        var key = _keys.TryGetValue(keyId, out var known) && known.Live ? known : await LoadAsync(keyId);
        return key is null || (key.ExpiresAtMs != 0 && clock.WallMs >= key.ExpiresAtMs) ? null : key;
    }

    /// <summary>Forgets keys; once this returns, nothing is admitted with them.</summary>
    public void Revoke(IReadOnlyCollection<long> keyIds)
    {
        edge.RemoveKeys(keyIds);
        foreach (var id in keyIds)
        {
            _keys.TryRemove(id, out _);
            _unknownUntilMs.TryRemove(id, out _);
        }
    }

    /// <summary>Forgets every key of a tenant.</summary>
    public void RevokeTenant(long tenantId)
    {
        // A key of the tenant that is being read right now is not in the list, but it will not be accepted: see AddKey.
        Revoke([.. _keys.Values.Where(k => k.TenantId == tenantId).Select(k => k.KeyId)]);
        _unknownUntilMs.Clear();
    }

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

    private async ValueTask<CachedKey?> LoadAndCheckAsync(long keyId, byte[] presentedHash)
    {
        var key = await LoadAsync(keyId);
        if (key is not null)
            return key.Accepts(presentedHash, clock.WallMs) ? key : null;

        // Take the same time as for a key that exists.
        CryptographicOperations.FixedTimeEquals(_nobodysHash, presentedHash);
        return null;
    }

    private async Task<CachedKey?> LoadAsync(long keyId)
    {
        if (_unknownUntilMs.TryGetValue(keyId, out var untilMs) && clock.MonotonicMs < untilMs)
            return null;
        // Lazy, because the dictionary may run this for several callers, and only one of them may read the key.
        var loading = _loading.GetOrAdd(
            keyId, static (id, self) => new Lazy<Task<CachedKey?>>(() => Task.Run(() => self.ReadAsync(id))), this);
        try
        {
            return await loading.Value;
        }
        finally
        {
            _loading.TryRemove(KeyValuePair.Create(keyId, loading));
        }
    }

    private async Task<CachedKey?> ReadAsync(long keyId)
    {
        // A caller that missed the key just before another caller had read it arrives here right after. A second copy
        // would replace the first and fail the requests that are in flight with it.
        if (_keys.TryGetValue(keyId, out var known) && known.Live)
            return known;
        for (var read = 0; read < ReadsMax; read++)
        {
            var before = edge.Revocations;
            var credential = await store.FindAsync(keyId, CancellationToken.None);
            if (credential is null)
            {
                Forget(keyId);
                return null;
            }

            // A revocation between these two lines leaves a dead key in the cache: it admits nothing, and the next
            // request replaces it.
            if (edge.AddKey(credential, CalendarOf(credential.TimeZone), before) is not { } key)
                continue;
            _keys[keyId] = key;
            return key;
        }

        throw new TimeoutException("A key kept changing while it was read.");
    }

    private void Forget(long keyId)
    {
        if (_unknownUntilMs.Count >= UnknownMax)
            _unknownUntilMs.Clear();
        _unknownUntilMs[keyId] = clock.MonotonicMs + UnknownMs;
    }

    private TenantCalendar CalendarOf(string zone) => _calendars.GetOrAdd(zone, static name =>
        TenantCalendar.TryCreate(name, out var calendar, out _)
            ? calendar
            : throw new InvalidOperationException($"The time zone {name} of a tenant is unknown to this program."));
}
