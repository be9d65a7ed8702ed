using Sluice.Engine.Keys;
using Sluice.Storage.Control.Credentials;

namespace Sluice.Engine.Caches;

/// <summary>
/// An id with which nothing is admitted, remembered for a moment so that asking again costs no query.
/// </summary>
/// <param name="credential">The key that has ended; null if there is no key with the id.</param>
/// <param name="revocations">How many revocations there had been when its row was read.</param>
/// <param name="untilMs">When to ask again, in milliseconds of the monotonic clock.</param>
internal sealed class EndedKey(Credential? credential, long revocations, long untilMs)
{
    private CachedKey? _key;

    /// <summary>The row of the key that has ended; null if there is no key with the id.</summary>
    public Credential? Credential => credential;

    /// <summary>How many revocations there had been when its row was read.</summary>
    public long Revocations => revocations;

    /// <summary>When to ask again, in milliseconds of the monotonic clock.</summary>
    public long UntilMs { get; } = untilMs;

    /// <summary>Gets the key that has ended, made on first use; null if there is none.</summary>
    public CachedKey? KeyFrom(Func<Credential, CachedKey> make)
    {
        if (credential is null)
            return null;
        return Volatile.Read(ref _key) ?? Interlocked.CompareExchange(ref _key, make(credential), null) ?? _key;
    }
}
