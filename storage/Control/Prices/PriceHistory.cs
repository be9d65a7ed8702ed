using System.Collections.Immutable;
using Npgsql;
using Sluice.Metering.Metrics;
using Sluice.Metering.Prices;

namespace Sluice.Storage.Control.Prices;

/// <summary>Reads all price books at once, for edges to rate by.</summary>
public sealed class PriceHistory(NpgsqlDataSource dataSource)
{
    /// <summary>Reads every edition of every currency, except those that were withdrawn.</summary>
    public async Task<IReadOnlyList<PriceEdition>> ReadAsync(CancellationToken ct)
    {
        await using var command = dataSource.CreateCommand(
            """
            select b.id, b.currency, b.effective_from, p.model, p.metric, p.per_units, p.amount_micros, p.credits_micros
            from price_book b left join price p on p.book_id = b.id
            where b.withdrawn_at is null order by b.id, p.model, p.metric
            """);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var editions = new Dictionary<long, PriceEdition>();
        var prices = new Dictionary<long, ImmutableArray<PriceEntry>.Builder>();
        while (await reader.ReadAsync(ct))
        {
            var id = reader.GetInt64(0);
            if (!editions.ContainsKey(id))
            {
                var from = new DateTimeOffset(reader.GetDateTime(2)).ToUnixTimeMilliseconds();
                editions.Add(id, new PriceEdition(id, reader.GetString(1), from, []));
                prices.Add(id, ImmutableArray.CreateBuilder<PriceEntry>());
            }

            if (!reader.IsDBNull(3))
            {
                prices[id].Add(new PriceEntry(
                    reader.GetString(3),
                    new MetricId(reader.GetInt16(4)),
                    reader.GetInt64(5),
                    reader.GetInt64(6),
                    reader.GetInt64(7)));
            }
        }

        return [.. editions.Values.Select(e => e with { Prices = prices[e.Id].ToImmutable() })];
    }
}
