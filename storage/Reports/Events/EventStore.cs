using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;
using Sluice.Metering.Identity;
using Sluice.Storage.Ledger.Blocks;
using Sluice.Storage.Ledger.Entries;

namespace Sluice.Storage.Reports.Events;

/// <summary>
/// Reads single events from the blocks of the ledger, newest first. Blocks are read from the latest on, and those
/// without a mark of what is wanted are skipped; blocks of several nodes overlap, so an event is only given out once
/// all blocks that may have a later one were read.
/// </summary>
public sealed class EventStore([FromKeyedServices(ReportSource.Key)] NpgsqlDataSource source)
{
    /// <summary>Maximum blocks that a page reads; then it ends early.</summary>
    private const int BlocksMax = 20_000;

    /// <summary>Blocks of one query, of the first and of later ones.</summary>
    private const int ChunkMin = 8, ChunkMax = 256;

    /// <summary>Blocks of one query of a stream.</summary>
    private const int StreamChunk = 64;

    private const string Before =
        $"""
        select {BlockStore.Columns} from ledger_block
        where day between $1 and $2 and last_at >= $3 and first_at <= $4 and (marks is null or marks @> $5)
          and (last_at, session_id, batch) < ($6, $7, $8)
        order by last_at desc, session_id desc, batch desc limit $9
        """;

    /// <summary>Reads a page.</summary>
    /// <param name="query">What is wanted.</param>
    /// <param name="after">The last place of the page before; null for the first page.</param>
    /// <param name="limit">Maximum events.</param>
    /// <param name="ct">Cancels the query.</param>
    public async Task<EventPage> ReadAsync(
        EventQuery query, EventPosition? after, int limit, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(query);
        await using var connection = await source.OpenConnectionAsync(ct);
        var waiting = NewestFirst();
        var items = new List<(EventPosition Position, LedgerEntry Entry)>();
        var at = new BlockEnd(long.MaxValue, long.MaxValue, long.MaxValue);
        var chunk = ChunkMin;
        for (var read = 0; ; chunk = Math.Min(ChunkMax, chunk * 2))
        {
            var blocks = await ReadBlocksAsync(connection, query, after, at, chunk, ct);
            foreach (var block in blocks)
            {
                at = new BlockEnd(block.Header.LastAtMs, block.Header.Session.Value, block.Header.Batch);
                if (Take(waiting, items, limit, at.LastAtMs))
                    return new EventPage(items, items[^1].Position);
                Add(block, query, after, waiting);
            }

            read += blocks.Count;
            if (blocks.Count < chunk)
                return new EventPage(items, Take(waiting, items, limit, long.MinValue) ? items[^1].Position : null);
            if (read >= BlocksMax)
                return EndEarly(waiting, items, limit, at);
        }
    }

    /// <summary>
    /// Reads all events, newest first, a few blocks at a time: memory holds those of blocks that overlap, and no
    /// connection is held while the reader of the events is slow.
    /// </summary>
    /// <param name="query">What is wanted.</param>
    /// <param name="after">The place behind which to begin; null for the newest event.</param>
    /// <param name="ct">Cancels the queries.</param>
    public async IAsyncEnumerable<(EventPosition Position, LedgerEntry Entry)> StreamAsync(
        EventQuery query, EventPosition? after, [EnumeratorCancellation] CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(query);
        var waiting = NewestFirst();
        var at = new BlockEnd(long.MaxValue, long.MaxValue, long.MaxValue);
        IReadOnlyList<StoredBlock> blocks;
        do
        {
            await using (var connection = await source.OpenConnectionAsync(ct))
                blocks = await ReadBlocksAsync(connection, query, after, at, StreamChunk, ct);
            foreach (var block in blocks)
            {
                at = new BlockEnd(block.Header.LastAtMs, block.Header.Session.Value, block.Header.Batch);
                while (waiting.TryPeek(out var entry, out var position) && position.AtMs > at.LastAtMs)
                {
                    waiting.Dequeue();
                    yield return (position, entry);
                }

                Add(block, query, after, waiting);
            }
        }
        while (blocks.Count == StreamChunk);

        while (waiting.TryDequeue(out var entry, out var position))
            yield return (position, entry);
    }

    private static PriorityQueue<LedgerEntry, EventPosition> NewestFirst() =>
        new(Comparer<EventPosition>.Create(static (a, b) => b.CompareTo(a)));

    /// <summary>The end of a block among all, in the order in which they are read.</summary>
    private readonly record struct BlockEnd(long LastAtMs, long Session, long Batch);

    /// <summary>
    /// Gives out the events that are later than anything in blocks that were not read; returns whether the page is full
    /// and there is another event.
    /// </summary>
    private static bool Take(
        PriorityQueue<LedgerEntry, EventPosition> waiting,
        List<(EventPosition Position, LedgerEntry Entry)> items,
        int limit,
        long unreadUntilMs)
    {
        while (waiting.TryPeek(out var entry, out var position) && position.AtMs > unreadUntilMs)
        {
            if (items.Count == limit)
                return true;
            items.Add((position, entry));
            waiting.Dequeue();
        }

        return false;
    }

    /// <summary>
    /// Ends a page that has read very much: the next one begins with what is at the end of the next block.
    /// </summary>
    private static EventPage EndEarly(
        PriorityQueue<LedgerEntry, EventPosition> waiting,
        List<(EventPosition Position, LedgerEntry Entry)> items,
        int limit,
        BlockEnd at) => Take(waiting, items, limit, at.LastAtMs)
        ? new EventPage(items, items[^1].Position)
        : new EventPage(items, new EventPosition(at.LastAtMs + 1, 0, 0, 0));

    private static void Add(
        StoredBlock block, EventQuery query, EventPosition? after, PriorityQueue<LedgerEntry, EventPosition> waiting)
    {
        var entries = block.Read();
        for (var i = 0; i < entries.Count; i++)
        {
            if (!query.Takes(entries[i]))
                continue;
            var position = new EventPosition(
                entries[i].AdmittedAtMs, block.Header.Session.Value, block.Header.Batch, i);
            if (after is null || position < after)
                waiting.Enqueue(entries[i], position);
        }
    }

    private static async Task<IReadOnlyList<StoredBlock>> ReadBlocksAsync(
        NpgsqlConnection connection,
        EventQuery query,
        EventPosition? after,
        BlockEnd before,
        int most,
        CancellationToken ct)
    {
        var untilMs = Math.Min(query.ToMs - 1, after?.AtMs ?? long.MaxValue);
        await using var command = new NpgsqlCommand(Before, connection);
        var p = command.Parameters;
        p.AddWithValue(LedgerDay.Of(query.FromMs).AddDays(-LedgerReader.DaysApart));
        p.AddWithValue(LedgerDay.Of(untilMs).AddDays(LedgerReader.DaysApart));
        p.AddWithValue(query.FromMs);
        p.AddWithValue(untilMs);
        p.AddWithValue(NpgsqlDbType.Array | NpgsqlDbType.Smallint, MarksOf(query));
        p.AddWithValue(before.LastAtMs);
        p.AddWithValue(before.Session);
        p.AddWithValue(before.Batch);
        p.AddWithValue(most);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var blocks = new List<StoredBlock>();
        while (await reader.ReadAsync(ct))
            blocks.Add(BlockStore.Read(reader));
        return blocks;
    }

    private static short[] MarksOf(EventQuery query)
    {
        var marks = new List<short> { BlockMarks.Of(ScopeKind.Tenant, query.TenantId) };
        if (query.ProjectId is { } project)
            marks.Add(BlockMarks.Of(ScopeKind.Project, project));
        if (query.SeatId is { } seat)
            marks.Add(BlockMarks.Of(ScopeKind.Seat, seat));
        if (query.KeyId is { } key)
            marks.Add(BlockMarks.Of(ScopeKind.Key, key));
        return [.. marks];
    }
}
