using Npgsql;
using NpgsqlTypes;
using Sluice.Metering.Identity;
using Sluice.Storage.Ledger.Entries;

namespace Sluice.Storage.Ledger.Blocks;

/// <summary>
/// Makes the blocks of one session, each with the digest of the one before. Used by one writer, a batch at a time.
/// </summary>
internal sealed class BlockChain(SessionId session)
{
    private const string ReadLast =
        "select coalesce(digest, previous) from edge_session where id = $1 and format is not null";

    private const string Insert =
        """
        insert into ledger_block (day, session_id, batch, first_at, last_at, events, previous, digest, body, marks)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """;

    private readonly BlockWriter _writer = new();
    private byte[]? _last;
    private (long Batch, byte[] Digest)? _made;

    /// <summary>Whether the end of the chain is known.</summary>
    public bool IsOpen => _last is not null;

    /// <summary>Reads the end of the chain.</summary>
    /// <exception cref="LedgerFencedException">The session has no row, or writes another format.</exception>
    public async Task OpenAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(ReadLast, connection);
        command.Parameters.AddWithValue(session.Value);
        _last = await command.ExecuteScalarAsync(ct) switch
        {
            byte[] digest => digest,
            DBNull => BlockDigest.OfNothing.ToArray(),
            _ => throw new LedgerFencedException($"Session {session.Value} has no row that blocks could follow."),
        };
    }

    /// <summary>Makes the block of a batch; returns its digest and the statement that writes it.</summary>
    public (byte[] Digest, NpgsqlBatchCommand Command) Add(
        DateOnly day, long batch, IReadOnlyList<LedgerEntry> entries)
    {
        var previous = _last ?? throw new InvalidOperationException("The end of the chain was not read.");
        var header = BlockHeader.Of(session, batch, entries);
        var body = _writer.Write(entries);
        var digest = BlockDigest.Of(previous, header, body.Span);
        _made = (batch, digest);
        var command = new NpgsqlBatchCommand(Insert);
        var p = command.Parameters;
        p.Add(new NpgsqlParameter<DateOnly> { TypedValue = day });
        p.Add(new NpgsqlParameter<long> { TypedValue = session.Value });
        p.Add(new NpgsqlParameter<long> { TypedValue = batch });
        p.Add(new NpgsqlParameter<long> { TypedValue = header.FirstAtMs });
        p.Add(new NpgsqlParameter<long> { TypedValue = header.LastAtMs });
        p.Add(new NpgsqlParameter<int> { TypedValue = header.Count });
        p.Add(new NpgsqlParameter<byte[]> { TypedValue = previous });
        p.Add(new NpgsqlParameter<byte[]> { TypedValue = digest });
        p.Add(new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = body, NpgsqlDbType = NpgsqlDbType.Bytea });
        p.Add(new NpgsqlParameter
        {
            Value = BlockMarks.Of(entries) ?? (object)DBNull.Value,
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint,
        });
        return (digest, command);
    }

    /// <summary>Notes that a batch is on disk; the next block follows its block, if it has one.</summary>
    public void OnWritten(long batch)
    {
        if (_made is { } made && made.Batch == batch)
            _last = made.Digest;
        _made = null;
    }
}
