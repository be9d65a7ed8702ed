using Npgsql;
using Sluice.Storage.Ledger.Entries;
using Sluice.Storage.Ledger.Ids;

namespace Sluice.Storage.Ledger.Index;

/// <summary>
/// The parts of the ids that there are, and which of them an id is in. The rule depends on the clock alone, so that an
/// id can't be in another part for one node, or later, without being looked for in both.
/// </summary>
internal sealed class IdParts
{
    /// <summary>How far the time of an id may be from now for it to go to the day of its time.</summary>
    private const long WindowMs = LedgerDay.LengthMs;

    /// <summary>
    /// Maximum difference between the clocks of nodes, with what passes between a look and the commit.
    /// </summary>
    private const long SkewMs = 3_600_000;

    private const string Exist =
        """
        select c.relname::text, i.inhparent = 'ledger'::regclass
        from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = any('{event_id, ledger}'::regclass[])
        """;

    private const string Future = "select until_ms from event_id_future";

    private readonly HashSet<int> _numbers = [];

    private readonly List<LedgerGeneration> _rows = [];

    private IdParts(LedgerGeneration generation)
    {
        Run = IdPart.RunOf(generation);
        RunBefore = IdPart.RunOf(generation.Before);
    }

    /// <summary>The run that ids go to now.</summary>
    public IdPart Run { get; }

    /// <summary>The run before it.</summary>
    public IdPart RunBefore { get; }

    /// <summary>Whether the run before has no ids and gets none any more.</summary>
    public bool NothingBefore { get; set; }

    /// <summary>The generations of the ledger before blocks in which an id may be.</summary>
    public IReadOnlyList<LedgerGeneration> Rows => _rows;

    /// <summary>The latest time of an id that was too far ahead for its day when it came, and went to a run.</summary>
    public long FutureUntilMs { get; private set; }

    /// <summary>Reads which parts there are.</summary>
    public static async Task<IdParts> ReadAsync(NpgsqlConnection connection, long nowMs, CancellationToken ct)
    {
        var generation = LedgerGeneration.At(nowMs);
        var parts = new IdParts(generation);
        await using var commands = new NpgsqlBatch(connection);
        commands.BatchCommands.Add(new NpgsqlBatchCommand(Exist));
        commands.BatchCommands.Add(new NpgsqlBatchCommand(Future));
        await using var reader = await commands.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            parts.Add(reader.GetString(0), reader.GetBoolean(1), generation);
        await reader.NextResultAsync(ct);
        if (await reader.ReadAsync(ct))
            parts.FutureUntilMs = reader.GetInt64(0);
        return parts;
    }

    /// <summary>Returns the part that a new id goes to.</summary>
    public IdPart PlaceOf(EventKey key, long nowMs) =>
        key.TimeMs > 0 && Math.Abs(nowMs - key.TimeMs) <= WindowMs ? IdPart.DayOf(key.TimeMs) : Run;

    /// <summary>Whether an id goes to a run because its time is too far ahead.</summary>
    public static bool IsAhead(EventKey key, long nowMs) => key.TimeMs > nowMs + WindowMs;

    /// <summary>Adds the parts that an id may be in.</summary>
    /// <param name="key">The id.</param>
    /// <param name="nowMs">The time, Unix milliseconds.</param>
    /// <param name="parts">Receives the parts.</param>
    public void AddPlaces(EventKey key, long nowMs, List<IdPart> parts)
    {
        var isOfDay = key.TimeMs > 0 && key.TimeMs <= nowMs + WindowMs + SkewMs;
        if (isOfDay && _numbers.Contains(IdPart.DayOf(key.TimeMs).Number))
            parts.Add(IdPart.DayOf(key.TimeMs));
        var isOnlyOfDay = isOfDay
            && Math.Abs(nowMs - key.TimeMs) <= WindowMs - SkewMs
            && key.TimeMs > FutureUntilMs;
        if (isOnlyOfDay)
            return;
        if (_numbers.Contains(Run.Number))
            parts.Add(Run);
        if (!NothingBefore && _numbers.Contains(RunBefore.Number))
            parts.Add(RunBefore);
    }

    private void Add(string table, bool isRows, LedgerGeneration generation)
    {
        var number = table.AsSpan(table.LastIndexOf('_') + 2);
        if (!int.TryParse(number, out var value))
            return;
        if (!isRows)
            _numbers.Add(table["event_id_".Length] == 'd' ? value : -value);
        else if (value >= generation.Before.Number)
            _rows.Add(new LedgerGeneration(value));
    }
}
