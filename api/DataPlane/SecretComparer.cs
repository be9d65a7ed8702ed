namespace Sluice.Api.DataPlane;

/// <summary>
/// Compares the secrets of one batch with each other. Not in constant time, because the sender knows all of them.
/// </summary>
internal sealed class SecretComparer : IEqualityComparer<byte[]>
{
    public static readonly SecretComparer Instance = new();

    public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

    public int GetHashCode(byte[] obj)
    {
        var hash = default(HashCode);
        hash.AddBytes(obj);
        return hash.ToHashCode();
    }
}
