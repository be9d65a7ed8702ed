using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Sluice.Storage.Ledger.Blocks;

/// <summary>
/// Digest of a block: SHA-256 over the digest of the block before it, its header and its body. So each block vouches
/// for all before it: one that is altered, missing, or there twice breaks the chain at its place.
/// </summary>
public static class BlockDigest
{
    /// <summary>Length in bytes.</summary>
    public const int Length = SHA256.HashSizeInBytes;

    private const int HeaderLength = (4 * sizeof(long)) + sizeof(int);

    /// <summary>Gets the digest that stands for the one before where there is no block before.</summary>
    public static ReadOnlyMemory<byte> OfNothing { get; } = new byte[Length];

    /// <summary>Computes the digest of a block.</summary>
    /// <param name="previous">The digest of the block before; <see cref="OfNothing"/> for the first of all.</param>
    /// <param name="header">The header.</param>
    /// <param name="body">The body, packed or not, as it is stored.</param>
    public static byte[] Of(ReadOnlySpan<byte> previous, BlockHeader header, ReadOnlySpan<byte> body)
    {
        if (previous.Length != Length)
            throw new ArgumentException($"A digest has {Length} bytes.", nameof(previous));
        Span<byte> place = stackalloc byte[HeaderLength];
        BinaryPrimitives.WriteInt64LittleEndian(place, header.Session.Value);
        BinaryPrimitives.WriteInt64LittleEndian(place[8..], header.Batch);
        BinaryPrimitives.WriteInt64LittleEndian(place[16..], header.FirstAtMs);
        BinaryPrimitives.WriteInt64LittleEndian(place[24..], header.LastAtMs);
        BinaryPrimitives.WriteInt32LittleEndian(place[32..], header.Count);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(previous);
        hash.AppendData(place);
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }
}
