using Npgsql;
using NpgsqlTypes;
using Sluice.Metering.Identity;
using Sluice.Storage.Columns;
using Sluice.Storage.Ledger.Blocks;
using Sluice.Storage.Ledger.Entries;

namespace Sluice.Storage.Ledger.Index;

/// <summary>Statements on the ids of events and where these are.</summary>
internal static class EventPlaces
{
    /// <summary>
    /// Finds the blocks that were written when ids were made, which carry the time of the admission of their events.
    /// </summary>
    private const string AtTimes =
        """
        select distinct b.day, b.session_id, b.batch from unnest($1::bigint[]) as t(ms)
        join ledger_block b on b.day = any($2) and int8range(b.first_at, b.last_at, '[]') @> t.ms
        """;

    /// <summary>Returns the statement that writes ids of a block.</summary>
    /// <param name="part">The part that they go to.</param>
    /// <param name="places">At least one, sorted, with the ids as they are in the part's index.</param>
    public static NpgsqlBatchCommand Insert(IdPart part, IReadOnlyList<EventPlace> places)
    {
        var block = places[0].Block;
        var command = new NpgsqlBatchCommand(
            $"""
             insert into {part.Table} (part, id, day, session_id, batch, position)
             select $1, i, $3, $4, $5, p from unnest($2::uuid[], $6::integer[]) as n(i, p)
             """);
        var p = command.Parameters;
        p.Add(new NpgsqlParameter<int> { TypedValue = part.Number });
        p.Add(Column.Of(NpgsqlDbType.Uuid, places, static place => place.Id));
        p.Add(new NpgsqlParameter<DateOnly> { TypedValue = block.Day });
        p.Add(new NpgsqlParameter<long> { TypedValue = block.Session.Value });
        p.Add(new NpgsqlParameter<long> { TypedValue = block.Batch });
        p.Add(Column.Of(NpgsqlDbType.Integer, places, static place => place.Position));
        return command;
    }

    /// <summary>Returns the statement that notes an id whose time is far ahead.</summary>
    public static NpgsqlBatchCommand NoteAhead(long timeMs)
    {
        var command = new NpgsqlBatchCommand("update event_id_future set until_ms = $1 where until_ms < $1");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = timeMs });
        return command;
    }

    /// <summary>Returns the statement that looks ids up, each set in its part.</summary>
    public static NpgsqlBatchCommand Find(IReadOnlyCollection<KeyValuePair<IdPart, List<Guid>>> ids)
    {
        var command = new NpgsqlBatchCommand();
        var selects = new List<string>();
        foreach (var (part, ofPart) in ids)
        {
            command.Parameters.Add(Column.Of(NpgsqlDbType.Uuid, ofPart, static id => id));
            selects.Add(
                $"select id, day, session_id, batch, position from {part.Table} "
                + $"where id = any(${command.Parameters.Count})");
        }

        command.CommandText = string.Join(" union all ", selects);
        return command;
    }

    /// <summary>Reads the place of a row.</summary>
    public static EventPlace Read(NpgsqlDataReader row) => new(row.GetGuid(0), ReadBlock(row, 1), row.GetInt32(4));

    /// <summary>Returns the places of the blocks in which events are that were admitted at some instants.</summary>
    public static async Task<IReadOnlyList<BlockPlace>> AtAsync(
        NpgsqlConnection connection, IReadOnlyCollection<long> timesMs, CancellationToken ct)
    {
        var days = timesMs.Select(LedgerDay.Of)
            .SelectMany(static day => Enumerable.Range(-LedgerReader.DaysApart, 1 + (2 * LedgerReader.DaysApart))
                .Select(day.AddDays))
            .Distinct();
        await using var command = new NpgsqlCommand(AtTimes, connection);
        command.Parameters.AddWithValue(timesMs.Distinct().ToArray());
        command.Parameters.AddWithValue(days.ToArray());
        await using var reader = await command.ExecuteReaderAsync(ct);
        var places = new List<BlockPlace>();
        while (await reader.ReadAsync(ct))
            places.Add(ReadBlock(reader, 0));
        return places;
    }

    private static BlockPlace ReadBlock(NpgsqlDataReader row, int first) => new(
        row.GetFieldValue<DateOnly>(first), new SessionId(row.GetInt64(first + 1)), row.GetInt64(first + 2));
}
