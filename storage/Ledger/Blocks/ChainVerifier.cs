using System.Data;
using Npgsql;
using Sluice.Metering.Identity;

namespace Sluice.Storage.Ledger.Blocks;

/// <summary>
/// Walks along the chains of all blocks and finds the first that is not as it was written: altered, missing, there
/// twice, or put in another place. Reads one snapshot while nodes go on writing.
/// </summary>
/// <remarks>
/// It proves that the blocks are those whose digests the sessions hold. Somebody who may write all of the database can
/// compute new digests from the altered block on; to notice that, keep the digests of sessions elsewhere.
/// </remarks>
public sealed class ChainVerifier(NpgsqlDataSource source)
{
    private const string Sessions =
        """
        select e.id, e.block, e.digest, e.previous, e.follows, p.id is not null, coalesce(p.digest, p.previous),
          c.batch, c.digest
        from edge_session e
        left join edge_session p on p.id = e.follows
        left join ledger_cut c on c.session_id = e.id
        where e.format is not null order by e.id
        """;

    private const string Strays =
        """
        select b.session_id, b.batch, b.day from ledger_block b
        left join edge_session e on e.id = b.session_id and e.format is not null
        where e.id is null order by b.session_id, b.batch limit 1
        """;

    private const string Blocks =
        $"select {BlockStore.Columns} from ledger_block where session_id = $1 order by batch, day";

    private long _sessions, _blocks, _events;

    /// <summary>What a session's row says of its chain.</summary>
    /// <param name="Id">The session.</param>
    /// <param name="LastBatch">Its last batch with a block; 0 for none.</param>
    /// <param name="LastDigest">The digest of that block.</param>
    /// <param name="Start">The digest that its first block builds upon.</param>
    /// <param name="Before">The last digest of the session that it follows, if it follows one.</param>
    /// <param name="CutBatch">The last block that was dropped with its day; 0 for none.</param>
    /// <param name="CutDigest">The digest of that block.</param>
    private sealed record Chain(
        SessionId Id,
        long LastBatch,
        byte[]? LastDigest,
        byte[]? Start,
        (bool Exists, byte[]? Digest)? Before,
        long CutBatch,
        byte[]? CutDigest);

    /// <summary>Walks along all chains, session by session, until the first break.</summary>
    /// <param name="progress">Is told of the blocks read so far, from time to time.</param>
    /// <param name="ct">Cancels the walk.</param>
    public async Task<ChainReport> VerifyAsync(IProgress<long>? progress, CancellationToken ct)
    {
        (_sessions, _blocks, _events) = (0, 0, 0);
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        var found = await FindAsync(connection, progress, ct) ?? await FindStrayAsync(connection, ct);
        return new ChainReport(_sessions, _blocks, _events, found);
    }

    private async Task<ChainBreak?> FindAsync(
        NpgsqlConnection connection, IProgress<long>? progress, CancellationToken ct)
    {
        foreach (var chain in await ReadChainsAsync(connection, ct))
        {
            _sessions++;
            if (await WalkAsync(connection, chain, ct) is { } found)
                return found;
            progress?.Report(_blocks);
        }

        return null;
    }

    private async Task<ChainBreak?> WalkAsync(NpgsqlConnection connection, Chain chain, CancellationToken ct)
    {
        if (chain.Before is { } before && (!before.Exists || !Same(before.Digest, chain.Start)))
        {
            return new ChainBreak(
                chain.Id, 0, null, "it does not begin where the session before it on its node ended.");
        }

        var last = chain.CutDigest ?? chain.Start ?? BlockDigest.OfNothing.ToArray();
        var batch = chain.CutBatch;
        await using var command = new NpgsqlCommand(Blocks, connection);
        command.CommandTimeout = 0;
        command.Parameters.AddWithValue(chain.Id.Value);
        await using (var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, ct))
        {
            while (await reader.ReadAsync(ct))
            {
                var block = BlockStore.Read(reader);
                if (ProblemOf(block, batch, last) is { } problem)
                    return new ChainBreak(chain.Id, block.Header.Batch, block.Day, problem);
                (batch, last) = (block.Header.Batch, block.Digest);
                _blocks++;
                _events += block.Header.Count;
            }
        }

        return EndOf(chain, batch, last);
    }

    /// <summary>Compares the last block that is there with the one that the session knows.</summary>
    private static ChainBreak? EndOf(Chain chain, long batch, byte[] last)
    {
        if (batch < chain.LastBatch)
        {
            return new ChainBreak(
                chain.Id, batch + 1, null, $"the blocks from here to batch {chain.LastBatch} are missing.");
        }

        if (batch > chain.LastBatch)
            return new ChainBreak(chain.Id, batch, null, $"the session knows of no block after {chain.LastBatch}.");
        return batch == 0 || Same(chain.LastDigest, last)
            ? null
            : new ChainBreak(chain.Id, batch, null, "the session knows its last block with another digest.");
    }

    /// <summary>Returns what is wrong with a block; null if nothing is.</summary>
    private static string? ProblemOf(StoredBlock block, long batch, byte[] last)
    {
        if (block.Header.Batch == batch)
            return "the block is there twice.";
        if (!Same(block.Digest, BlockDigest.Of(block.Previous, block.Header, block.Body)))
            return "the block was altered: its digest is that of another content.";
        if (!Same(block.Previous, last))
            return $"it does not follow the block before, batch {batch}: one is missing, or was replaced.";
        try
        {
            var entries = block.Read();
            return BlockHeader.Of(block.Header.Session, block.Header.Batch, entries) == block.Header
                ? null
                : "its row says something else than its body.";
        }
        catch (BlockFormatException e)
        {
            return e.Message;
        }
    }

    private static async Task<ChainBreak?> FindStrayAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Strays, connection);
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? new ChainBreak(
                new SessionId(reader.GetInt64(0)), reader.GetInt64(1), reader.GetFieldValue<DateOnly>(2),
                "no session has written this block.")
            : null;
    }

    private static async Task<IReadOnlyList<Chain>> ReadChainsAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Sessions, connection);
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync(ct);
        var chains = new List<Chain>();
        while (await reader.ReadAsync(ct))
        {
            chains.Add(new Chain(
                new SessionId(reader.GetInt64(0)),
                reader.GetInt64(1),
                DigestOf(2),
                DigestOf(3),
                reader.IsDBNull(4) ? null : (reader.GetBoolean(5), DigestOf(6)),
                reader.IsDBNull(7) ? 0 : reader.GetInt64(7),
                DigestOf(8)));
        }

        return chains;

        byte[]? DigestOf(int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<byte[]>(column);
    }

    private static bool Same(byte[]? one, byte[]? other) => (one ?? []).AsSpan().SequenceEqual(other ?? []);
}
