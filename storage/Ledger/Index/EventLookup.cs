using Npgsql;
using Sluice.Storage.Ledger.Blocks;
using Sluice.Storage.Ledger.Entries;
using Sluice.Storage.Ledger.Ids;
using Sluice.Storage.Ledger.Rows;

namespace Sluice.Storage.Ledger.Index;

/// <summary>
/// Finds events by their ids: first where they are, then what their blocks say. Events whose ids were made here are in
/// no index; a caller who sends such an id means an event that was admitted at the id's own time, and the blocks of
/// that instant are searched.
/// </summary>
internal sealed class EventLookup(NpgsqlConnection connection, IdParts parts, long nowMs)
{
    /// <summary>For how long an id is known.</summary>
    private const long OwnMaxMs = 33 * LedgerDay.LengthMs;

    private readonly List<FoundEntry> _found = [];
    private readonly List<EventPlace> _places = [];
    private readonly List<IdPart> _ofKey = [];
    private readonly Dictionary<IdPart, List<Guid>> _ids = [];
    private readonly Dictionary<Guid, EventKey> _keys = [];

    /// <summary>
    /// Looks ids up; those that are nowhere are left out. The id of what is found is that of its key.
    /// </summary>
    /// <param name="keys">The ids, each once.</param>
    /// <param name="all">Whether to look into the part that an id would go to, too: its unique index finds a repeat as
    /// well, when it is written.</param>
    /// <param name="ct">Cancels the lookup.</param>
    public async Task<IReadOnlyList<FoundEntry>> FindAsync(
        IReadOnlyList<EventKey> keys, bool all, CancellationToken ct)
    {
        foreach (var key in keys)
            Add(key, all);
        await FindPlacesAsync(keys, ct);
        if (_places.Count > 0)
            await ReadAsync(ct);
        var own = keys.Where(key => key.Own is not null && Math.Abs(nowMs - key.TimeMs) <= OwnMaxMs).ToArray();
        if (own.Length > 0)
            await FindOwnAsync(own, ct);
        return _found;
    }

    private void Add(EventKey key, bool all)
    {
        _ofKey.Clear();
        parts.AddPlaces(key, nowMs, _ofKey);
        var own = parts.PlaceOf(key, nowMs);
        foreach (var part in _ofKey)
        {
            if (!all && part == own)
                continue;
            var id = part.IndexOf(key);
            if (!_ids.TryGetValue(part, out var ids))
                _ids.Add(part, ids = []);
            ids.Add(id);
            _keys[id] = key;
        }
    }

    private async Task FindPlacesAsync(IReadOnlyList<EventKey> keys, CancellationToken ct)
    {
        if (_ids.Count + parts.Rows.Count == 0 || keys.Count == 0)
            return;
        await using var commands = new NpgsqlBatch(connection);
        if (_ids.Count > 0)
            commands.BatchCommands.Add(EventPlaces.Find(_ids));
        if (parts.Rows.Count > 0)
        {
            foreach (var key in keys)
                _keys[key.Before] = key;
            commands.BatchCommands.Add(RowLookup.Find(parts.Rows, [.. keys.Select(static key => key.Before)]));
        }

        await using var reader = await commands.ExecuteReaderAsync(ct);
        if (_ids.Count > 0)
        {
            while (await reader.ReadAsync(ct))
                _places.Add(EventPlaces.Read(reader));
            await reader.NextResultAsync(ct);
        }

        while (parts.Rows.Count > 0 && await reader.ReadAsync(ct))
        {
            var entry = RowLookup.Read(reader);
            _found.Add(entry with { Id = _keys[entry.Id].Id });
        }
    }

    private async Task ReadAsync(CancellationToken ct)
    {
        var wanted = _places.ToLookup(static place => place.Block);
        var missing = _places.Count;
        await foreach (var block in BlockStore.ReadAsync(connection, wanted.Select(static p => p.Key), ct))
        {
            var entries = block.Read();
            foreach (var place in wanted[block.Place])
            {
                var key = _keys[place.Id];
                if (place.Position >= entries.Count || entries[place.Position].Id != key.Id)
                    throw Lost(place);
                _found.Add(FoundEntry.Of(entries[place.Position], block.Header.Session));
                missing--;
            }
        }

        if (missing > 0)
            throw Lost(_places.First(place => _found.All(f => f.Id != _keys[place.Id].Id)));
    }

    private async Task FindOwnAsync(IReadOnlyCollection<EventKey> keys, CancellationToken ct)
    {
        var wanted = keys.ToDictionary(static key => (key.Own!.KeyId, key.Own.Id));
        var places = await EventPlaces.AtAsync(connection, [.. keys.Select(static key => key.TimeMs)], ct);
        await foreach (var block in BlockStore.ReadAsync(connection, places, ct))
        {
            foreach (var entry in block.Read())
            {
                if (entry.Key.IsUnique && wanted.TryGetValue((entry.KeyId, entry.Id), out var key))
                    _found.Add(FoundEntry.Of(entry, block.Header.Session) with { Id = key.Id });
            }
        }
    }

    /// <summary>To answer as if an event were new would count it twice.</summary>
    private static InvalidDataException Lost(EventPlace place) => new(
        $"The ledger has lost event {place.Position} of batch {place.Block.Batch} of session "
        + $"{place.Block.Session.Value}, {place.Block.Day:O}.");
}
