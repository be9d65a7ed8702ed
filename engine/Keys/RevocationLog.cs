using Sluice.Storage.Control.Credentials;

namespace Sluice.Engine.Keys;

/// <summary>
/// The latest revocations, so that a key whose row was read before it was revoked is not mistaken for a current one.
/// Revocations of other keys don't matter, however many there are. Not thread-safe: requires the edge's lock.
/// </summary>
internal sealed class RevocationLog
{
    /// <summary>How many are remembered; of earlier ones, any key may have been meant.</summary>
    private const int Size = 1_024;

    // A key, or all keys of a tenant; the other one is 0, which is no id.
    private readonly (long KeyId, long TenantId)[] _latest = new (long, long)[Size];

    /// <summary>The number of revocations so far.</summary>
    public long Count { get; private set; }

    public void AddKey(long keyId) => _latest[Count++ % Size] = (keyId, 0);

    public void AddTenant(long tenantId) => _latest[Count++ % Size] = (0, tenantId);

    /// <summary>Checks whether a key may have been revoked since there were <paramref name="before"/>.</summary>
    public bool MayConcern(Credential credential, long before)
    {
        if (Count - before > Size)
            return true;
        for (var number = before; number < Count; number++)
        {
            var (keyId, tenantId) = _latest[number % Size];
            if (keyId == credential.KeyId || tenantId == credential.TenantId)
                return true;
        }

        return false;
    }
}
