using System.Collections.Immutable;
using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Management.Tenants;
using Sluice.Api.Wire;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Sluice.Metering.Prices;
using Sluice.Storage.Control;
using Sluice.Storage.Metrics;
using Sluice.Storage.Prices;

namespace Sluice.Api.Management.Prices;

/// <summary><c>PUT /api/v1/price-book</c></summary>
internal static class PutPriceBook
{
    /// <param name="EffectiveFrom">When it comes into force; usage admitted before is not rated again.</param>
    /// <param name="Currency">Whose tenants it is for.</param>
    /// <param name="Prices">All prices: what is not in it is unpriced from then on.</param>
    internal sealed record Request(DateTimeOffset? EffectiveFrom, string? Currency, IReadOnlyList<Price?>? Prices);

    /// <param name="Model">A model's name, or <c>*</c> for every model without a price of its own.</param>
    /// <param name="Metric">A usage metric.</param>
    /// <param name="Per">How many whole units the amounts are for.</param>
    /// <param name="Amount">Money; 0 where left out.</param>
    /// <param name="Credits">Credits; 0 where left out.</param>
    internal sealed record Price(
        string? Model, string? Metric, NumberText? Per, NumberText? Amount, NumberText? Credits);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/api/v1/price-book", HandleAsync)
        .Needs(Permission.SetPrices)
        .AsAction()
        .Describe("PutPriceBook", "Publishes the prices of a currency from an instant on")
        .Produces<PriceBookView>();

    private static async Task<Reply> HandleAsync(
        Request request, ControlTransaction tx, IPriceStore prices, IMetricStore metrics, CancellationToken ct)
    {
        var catalogue = await metrics.ReadAsync(ct);
        var rules = new RuleCheck();
        var edition = Read(request, catalogue, rules);
        // The domain's rules ask what the values mean; that makes sense once all of them could be read.
        if (rules.IsEmpty)
            rules.Break(PriceRules.Check(edition, catalogue));
        if (rules.Refusal is { } refusal)
            return Reply.Refused(refusal);

        var book = new StoredPriceBook(
            request.EffectiveFrom!.Value,
            edition.Currency,
            [
                .. edition.Prices
                    .Select(static price => new StoredPrice(
                        price.Model, price.Metric.Value, price.PerUnits, price.AmountMicros, price.CreditsMicros))
                    .OrderBy(static price => price.Model, StringComparer.Ordinal)
                    .ThenBy(static price => price.Metric),
            ]);
        return Reply.Ok(
            PriceBookView.Of(await prices.PutAsync(tx, book, ct), catalogue), ControlChange.Prices);
    }

    private static PriceEdition Read(Request request, MetricCatalogue catalogue, RuleCheck rules)
    {
        var fromMs = request.EffectiveFrom?.ToUnixTimeMilliseconds();
        if (fromMs is null)
            rules.Break("effectiveFrom", "required", "Must be given.");
        else if (fromMs is < TenantCalendar.EarliestMs or >= TenantCalendar.LatestMs)
            rules.Break("effectiveFrom", "range", "Must be in the years 1970 to 9998.");
        rules.Currency("currency", request.Currency);
        if (request.Prices is null)
            rules.Break("prices", "required", "Must be given; an empty list leaves everything unpriced.");
        var entries = ImmutableArray.CreateBuilder<PriceEntry>();
        for (var i = 0; i < (request.Prices?.Count ?? 0); i++)
            entries.Add(ReadPrice(request.Prices![i], $"prices[{i}]", catalogue, rules));
        return new(0, request.Currency ?? "", fromMs ?? 0, entries.ToImmutable());
    }

    private static PriceEntry ReadPrice(Price? price, string field, MetricCatalogue catalogue, RuleCheck rules)
    {
        var metric = MetricId.Amount;
        if (string.IsNullOrEmpty(price?.Metric))
            rules.Break($"{field}.metric", "required", "Must be given.");
        else if (!catalogue.TryGet(price.Metric, out var found))
            rules.Break($"{field}.metric", "metric-unknown", "There is no such metric.");
        else
            metric = found.Id;
        if (price?.Per is null)
            rules.Break($"{field}.per", "required", "Must be given.");
        if (price?.Amount is null && price?.Credits is null)
            rules.Break(field, "required", "Must have an amount or credits; 0 means free.");
        return new(
            price?.Model ?? "",
            metric,
            rules.Units($"{field}.per", price?.Per, 0, PriceEntry.MaxPerUnits) ?? 1,
            rules.Units($"{field}.amount", price?.Amount, 6, PriceEntry.MaxMicros) ?? 0,
            rules.Units($"{field}.credits", price?.Credits, 6, PriceEntry.MaxMicros) ?? 0);
    }
}
