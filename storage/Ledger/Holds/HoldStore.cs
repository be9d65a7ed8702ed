using Npgsql;
using NpgsqlTypes;
using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Authority;
using Sluice.Metering.Leases.Holds;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;

namespace Sluice.Storage.Ledger.Holds;

/// <summary>Reads and ends the holds of settled sessions.</summary>
public sealed class HoldStore(NpgsqlDataSource source)
{
    /// <summary>How many expired holds one statement ends.</summary>
    private const int SweepMax = 500;

    /// <summary>Finds a hold that was handed over and is still open; null if there is none.</summary>
    /// <param name="reservationId">The id of the reservation's entry.</param>
    /// <param name="ct">Cancels the query.</param>
    public async Task<HandedOverHold?> FindAsync(Guid reservationId, CancellationToken ct)
    {
        await using var command = source.CreateCommand(HoldSql.Find);
        command.Parameters.AddWithValue(reservationId);
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct))
            return null;
        var (kinds, ids) = (reader.GetFieldValue<short[]>(0), reader.GetFieldValue<long[]>(1));
        var (metrics, periods) = (reader.GetFieldValue<short[]>(2), reader.GetFieldValue<int[]>(3));
        var (rights, extra) = (reader.GetFieldValue<long[]>(4), reader.GetFieldValue<long[]>(5));
        var lines = new HoldLine[kinds.Length];
        for (var i = 0; i < lines.Length; i++)
        {
            lines[i] = new HoldLine(
                new ScopeId((ScopeKind)kinds[i], ids[i]),
                new CounterId(new MetricId(metrics[i]), new PeriodKey(periods[i])),
                rights[i],
                extra[i]);
        }

        return new HandedOverHold(lines);
    }

    /// <summary>Reads the holds of scopes, in a statement that begins after this call.</summary>
    public async Task<ILookup<ScopeId, HandedOverSnapshot>> ReadAsync(
        IReadOnlyCollection<ScopeId> scopes, CancellationToken ct)
    {
        await using var command = source.CreateCommand(HoldSql.OfScopes);
        command.Parameters.AddWithValue(
            NpgsqlDbType.Array | NpgsqlDbType.Smallint, scopes.Select(static s => (short)s.Kind).ToArray());
        command.Parameters.AddWithValue(
            NpgsqlDbType.Array | NpgsqlDbType.Bigint, scopes.Select(static s => s.Value).ToArray());
        return await ReadLinesAsync(command, ct);
    }

    /// <summary>Reads the holds of a session.</summary>
    public async Task<ILookup<ScopeId, HandedOverSnapshot>> ReadAsync(SessionId session, CancellationToken ct)
    {
        await using var command = source.CreateCommand(HoldSql.OfSession);
        command.Parameters.AddWithValue(session.Value);
        return await ReadLinesAsync(command, ct);
    }

    /// <summary>
    /// Ends holds that have expired: they are no longer held. Any node may do so at any time; one whose clock is ahead
    /// ends none too early, because they must have expired by the store's clock, too.
    /// </summary>
    /// <param name="now">The time of this node.</param>
    /// <param name="ct">Cancels the statements; what has ended has.</param>
    /// <returns>How many have ended.</returns>
    public async Task<long> SweepAsync(DateTimeOffset now, CancellationToken ct)
    {
        var all = 0L;
        while (true)
        {
            await using var command = source.CreateCommand(HoldSql.Sweep);
            command.Parameters.AddWithValue(SweepMax);
            command.Parameters.AddWithValue(now.UtcDateTime);
            var ended = (long)(await command.ExecuteScalarAsync(ct))!;
            all += ended;
            if (ended < SweepMax)
                return all;
        }
    }

    /// <summary>Reads a line of a row of <see cref="HoldSql.OfScopes"/>.</summary>
    internal static HandedOverSnapshot Read(NpgsqlDataReader row) => new(
        new SessionId(row.GetInt64(2)),
        new CounterId(new MetricId(row.GetInt16(3)), new PeriodKey(row.GetInt32(4))),
        row.GetInt32(5),
        row.GetInt64(6),
        row.GetInt64(7));

    private static async Task<ILookup<ScopeId, HandedOverSnapshot>> ReadLinesAsync(
        NpgsqlCommand command, CancellationToken ct)
    {
        await using var reader = await command.ExecuteReaderAsync(ct);
        var lines = new List<(ScopeId Scope, HandedOverSnapshot Line)>();
        while (await reader.ReadAsync(ct))
            lines.Add((new ScopeId((ScopeKind)reader.GetInt16(0), reader.GetInt64(1)), Read(reader)));
        return lines.ToLookup(static l => l.Scope, static l => l.Line);
    }
}
