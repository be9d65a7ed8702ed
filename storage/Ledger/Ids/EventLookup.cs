using Npgsql;
using Sluice.Storage.Ledger.Blocks;
using Sluice.Storage.Ledger.Rows;

namespace Sluice.Storage.Ledger.Ids;

/// <summary>Finds events by their ids: first where they are, then what their blocks say.</summary>
internal static class EventLookup
{
    /// <summary>Looks ids up; those that are nowhere are left out.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="parts">The parts of the ids.</param>
    /// <param name="rows">The generations of the ledger before blocks.</param>
    /// <param name="ids">The ids.</param>
    /// <param name="ct">Cancels the lookup.</param>
    public static async Task<IReadOnlyList<FoundEntry>> FindAsync(
        NpgsqlConnection connection,
        IReadOnlyCollection<IdPart> parts,
        IReadOnlyCollection<LedgerGeneration> rows,
        IReadOnlyList<Guid> ids,
        CancellationToken ct)
    {
        var found = new List<FoundEntry>();
        if (parts.Count + rows.Count == 0 || ids.Count == 0)
            return found;
        var places = new List<EventPlace>();
        await using (var commands = new NpgsqlBatch(connection))
        {
            if (parts.Count > 0)
                commands.BatchCommands.Add(EventPlaces.Find(parts, ids));
            if (rows.Count > 0)
                commands.BatchCommands.Add(RowLookup.Find(rows, ids));
            await using var reader = await commands.ExecuteReaderAsync(ct);
            while (parts.Count > 0 && await reader.ReadAsync(ct))
                places.Add(EventPlaces.Read(reader));
            if (rows.Count > 0)
            {
                if (parts.Count > 0)
                    await reader.NextResultAsync(ct);
                while (await reader.ReadAsync(ct))
                    found.Add(RowLookup.Read(reader));
            }
        }

        await ReadAsync(connection, places, found, ct);
        return found;
    }

    private static async Task ReadAsync(
        NpgsqlConnection connection, List<EventPlace> places, List<FoundEntry> found, CancellationToken ct)
    {
        if (places.Count == 0)
            return;
        var wanted = places.ToLookup(static place => place.Block);
        var missing = places.Count;
        await foreach (var block in BlockStore.ReadAsync(connection, places.Select(static p => p.Block), ct))
        {
            var entries = block.Read();
            foreach (var place in wanted[block.Place])
            {
                if (place.Position >= entries.Count || entries[place.Position].Id != place.Id)
                    throw Lost(place);
                found.Add(FoundEntry.Of(entries[place.Position]));
                missing--;
            }
        }

        if (missing > 0)
            throw Lost(places.First(place => found.All(f => f.Id != place.Id)));
    }

    /// <summary>To answer as if an event were new would count it twice.</summary>
    private static InvalidDataException Lost(EventPlace place) => new(
        $"The ledger has lost event {place.Position} of batch {place.Block.Batch} of session "
        + $"{place.Block.Session.Value}, {place.Block.Day:O}.");
}
