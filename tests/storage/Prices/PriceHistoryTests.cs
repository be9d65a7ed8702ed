using Sluice.Metering.Metrics;
using Sluice.Metering.Prices;
using Sluice.Storage.Ledger;
using Xunit;

namespace Sluice.Storage.Control.Prices;

public sealed class PriceHistoryTests(MeteringDatabase database) : IClassFixture<MeteringDatabase>
{
    [Fact]
    public async Task EveryEditionIsRead_WithItsPrices_AnEmptyOneToo()
    {
        var cancellation = TestContext.Current.CancellationToken;
        Assert.Empty(await new PriceHistory(database.Source).ReadAsync(cancellation));
        await database.ExecuteAsync(
            """
            insert into price_book (effective_from, currency, created_at) values
              ('2026-07-15Z', 'JPY', now()), ('2026-07-16Z', 'JPY', now()), ('2026-07-15Z', 'EUR', now());
            insert into price values (1, 'modèle', 3, 1000, 20, 5), (1, '*', 3, 1, 2, 0), (3, '*', 4, 60, 7, 9);
            """);

        var editions = await new PriceHistory(database.Source).ReadAsync(cancellation);

        Assert.Equal(
            [
                (1L, "JPY", MeteringDatabase.NowMs, 2),
                (2L, "JPY", MeteringDatabase.NowMs + 86_400_000, 0),
                (3L, "EUR", MeteringDatabase.NowMs, 1),
            ],
            editions.Select(e => (e.Id, e.Currency, e.EffectiveFromMs, e.Prices.Length)));
        Assert.Contains(new PriceEntry("modèle", MetricId.TextTokens, 1000, 20, 5), editions[0].Prices);
        Assert.Equal(new PriceEntry("*", MetricId.AudioTranscribedSeconds, 60, 7, 9), editions[2].Prices[0]);
    }
}
