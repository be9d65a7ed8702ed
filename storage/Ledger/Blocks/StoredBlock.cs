using Sluice.Metering.Identity;
using Sluice.Storage.Ledger.Entries;

namespace Sluice.Storage.Ledger.Blocks;

/// <summary>A block as it is stored.</summary>
/// <param name="Day">The day of its partition.</param>
/// <param name="Header">What its row says about the body.</param>
/// <param name="Previous">The digest of the block before it.</param>
/// <param name="Digest">Its own digest.</param>
/// <param name="Body">The events, see <see cref="BlockReader"/>.</param>
public sealed record StoredBlock(DateOnly Day, BlockHeader Header, byte[] Previous, byte[] Digest, byte[] Body)
{
    /// <summary>Gets the place of the block.</summary>
    public BlockPlace Place => new(Day, Header.Session, Header.Batch);

    /// <summary>Decodes the events.</summary>
    /// <exception cref="BlockFormatException">The body does not follow the format.</exception>
    public IReadOnlyList<LedgerEntry> Read() => BlockReader.Read(Body);
}
