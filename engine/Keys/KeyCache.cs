using System.Collections.Concurrent;
using System.Security.Cryptography;
using Sluice.Engine.Edges;
using Sluice.Engine.Metering;
using Sluice.Metering.Keys;
using Sluice.Metering.Periods;
using Sluice.Storage.Credentials;

namespace Sluice.Engine.Keys;

/// <summary>
/// The keys of this edge. A key is read once and used until it is revoked; a secret is checked against the copy in
/// memory on every request.
/// </summary>
public sealed class KeyCache(CredentialStore store, Edge edge, ProcessClock clock)
{
    /// <summary>Ids found not to exist are remembered this long, so that guessing costs no query each.</summary>
    private const int UnknownMs = 1_000;

    /// <summary>Most ids remembered as unknown.</summary>
    private const int UnknownMax = 10_000;

    /// <summary>A key that changes while it is read is read again; more often than this is an error.</summary>
    private const int ReadsMax = 10;

    private readonly ConcurrentDictionary<long, CachedKey> _keys = new();
    private readonly ConcurrentDictionary<long, Lazy<Task<CachedKey?>>> _loading = new();
    private readonly ConcurrentDictionary<long, long> _unknownUntilMs = new();
    private readonly ConcurrentDictionary<string, TenantCalendar> _calendars = new();
    private readonly byte[] _nobodysHash = RandomNumberGenerator.GetBytes(ApiKeyFormat.HashLength);

    /// <summary>Ids remembered as unknown now.</summary>
    internal int Unknown => _unknownUntilMs.Count;

    /// <summary>The key of a presented secret; null where it must not be accepted. No query for a known key.</summary>
    /// <param name="presentedUtf8">The secret as it came.</param>
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

    /// <summary>The key of an id that a gateway vouches for, or null.</summary>
    public async ValueTask<CachedKey?> FindAsync(long keyId)
    {
        var key = _keys.TryGetValue(keyId, out var known) && known.Live ? known : await LoadAsync(keyId);
        return key is null || (key.ExpiresAtMs != 0 && clock.WallMs >= key.ExpiresAtMs) ? null : key;
    }

    /// <summary>Forgets keys; nothing is admitted with them once this returns.</summary>
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
        // A key of the tenant that is being read now is not in the list, but it will not be taken: see AddKey.
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

        // The same work as for a key that exists.
        CryptographicOperations.FixedTimeEquals(_nobodysHash, presentedHash);
        return null;
    }

    private async Task<CachedKey?> LoadAsync(long keyId)
    {
        if (_unknownUntilMs.TryGetValue(keyId, out var untilMs) && clock.MonotonicMs < untilMs)
            return null;
        // Lazy, because the dictionary may call this for several callers, and one key must be read by one of them.
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
        // Whoever looked for the key just before another caller had read it comes here right after. A second copy
        // would put an end to the first, and to the requests that are under way with it.
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

            // A revocation between these two lines leaves a dead key in the cache, which nobody is let in with and
            // the next request replaces.
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
