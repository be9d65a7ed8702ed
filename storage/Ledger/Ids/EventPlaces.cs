using Npgsql;
using NpgsqlTypes;
using Sluice.Metering.Identity;
using Sluice.Storage.Columns;
using Sluice.Storage.Ledger.Blocks;

namespace Sluice.Storage.Ledger.Ids;

/// <summary>Statements on the ids of events and where these are.</summary>
internal static class EventPlaces
{
    /// <summary>Returns the statement that writes the ids of a block.</summary>
    /// <param name="part">The part that they go to.</param>
    /// <param name="places">At least one.</param>
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

    /// <summary>Returns the statement that looks ids up in some parts.</summary>
    public static NpgsqlBatchCommand Find(IEnumerable<IdPart> parts, IReadOnlyList<Guid> ids)
    {
        var selects = parts.Select(static part =>
            $"select id, day, session_id, batch, position from {part.Table} where id = any($1)");
        var command = new NpgsqlBatchCommand(string.Join(" union all ", selects));
        command.Parameters.Add(Column.Of(NpgsqlDbType.Uuid, ids, static id => id));
        return command;
    }

    /// <summary>Reads the place of a row.</summary>
    public static EventPlace Read(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        new BlockPlace(row.GetFieldValue<DateOnly>(1), new SessionId(row.GetInt64(2)), row.GetInt64(3)),
        row.GetInt32(4));
}
