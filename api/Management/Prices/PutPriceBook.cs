using System.Collections.Immutable;
using Sluice.Api.Management.Tenants;
using Sluice.Metering.Periods;
using Sluice.Metering.Prices;
using Sluice.Storage.Control.Metrics;
using Sluice.Storage.Control.Prices;

namespace Sluice.Api.Management.Prices;

/// <summary><c>PUT /api/v1/price-book</c></summary>
internal sealed class PutPriceBook(UnitOfWork work, PriceStore prices, MetricStore metrics)
    : ManagementEndpoint<PutPriceBookRequest>
{
    public override void Configure()
    {
        Put("/price-book");
        Group<PricesAndMetricsEndpoints>();
        Requires(Permission.SetPrices);
        Transactional();
        Guarded();
        Describe("Publish the prices of a currency, effective from a given time");
        Returns<PriceBookResponse>();
    }

    public override async Task<ApiResult> ExecuteAsync(PutPriceBookRequest request, CancellationToken ct)
    {
        var catalogue = await metrics.ReadAsync(ct);
        var rules = new FieldErrors();
        var edition = Read(request, catalogue, rules);
        // The domain's rules check the meaning of the values, so all of them must be readable first.
        if (rules.IsEmpty)
            rules.Add(PriceRules.Check(edition, catalogue));
        if (rules.Error is { } error)
            return ApiResult.Failure(error);

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
        return ApiResult.Ok(
            PriceBookResponse.Of(await prices.PutAsync(work, book, ct), catalogue), ControlChange.Prices);
    }

    private static PriceEdition Read(PutPriceBookRequest request, MetricCatalogue catalogue, FieldErrors rules)
    {
        var fromMs = request.EffectiveFrom?.ToUnixTimeMilliseconds();
        if (fromMs is null)
            rules.Add("effectiveFrom", "required", "Must be given.");
        else if (fromMs is < TenantCalendar.EarliestMs or >= TenantCalendar.LatestMs)
            rules.Add("effectiveFrom", "range", "Must be in the years 1970 to 9998.");
        rules.Check("currency", request.Currency, FieldRules.Currency);
        if (request.Prices is null)
            rules.Add("prices", "required", "Must be given.");
        else if (request.Prices.Count == 0)
            rules.Add("prices", "empty", "Must have a price: an empty book would leave everything unpriced.");
        var entries = ImmutableArray.CreateBuilder<PriceEntry>();
        for (var i = 0; i < (request.Prices?.Count ?? 0); i++)
            entries.Add(ReadPrice(request.Prices![i], $"prices[{i}]", catalogue, rules));
        return new(0, request.Currency ?? "", fromMs ?? 0, entries.ToImmutable());
    }

    private static PriceEntry ReadPrice(
        PutPriceBookPrice? price, string field, MetricCatalogue catalogue, FieldErrors rules)
    {
        var metric = MetricId.Amount;
        if (string.IsNullOrEmpty(price?.Metric))
            rules.Add($"{field}.metric", "required", "Must be given.");
        else if (!catalogue.TryGet(price.Metric, out var found))
            rules.Add($"{field}.metric", "metric-unknown", "There is no such metric.");
        else
            metric = found.Id;
        if (price?.Per is null)
            rules.Add($"{field}.per", "required", "Must be given.");
        if (price?.Amount is null && price?.Credits is null)
            rules.Add(field, "required", "Must have an amount or credits; 0 means free.");
        return new(
            price?.Model ?? "",
            metric,
            rules.Units($"{field}.per", price?.Per, 0, PriceEntry.MaxPerUnits) ?? 1,
            rules.Units($"{field}.amount", price?.Amount, 6, PriceEntry.MaxMicros) ?? 0,
            rules.Units($"{field}.credits", price?.Credits, 6, PriceEntry.MaxMicros) ?? 0);
    }

    /// <summary>Returns the book that the new one replaces at the time from which it is effective.</summary>
    protected override async Task<ApiResult> LockAsync(PutPriceBookRequest request, CancellationToken ct)
    {
        var catalogue = await metrics.ReadAsync(ct);
        return await prices.LockAsync(work, request.Currency, request.EffectiveFrom ?? work.Now, ct) is { } book
            ? ApiResult.Ok(PriceBookResponse.Of(book, catalogue))
            : ApiResult.NotFound("price book");
    }
}

/// <param name="EffectiveFrom">
/// When it comes into force, in the years 1970 to 9998; usage admitted before is not rated again.
/// </param>
/// <param name="Currency">
/// The ISO 4217 code of the currency, such as <c>JPY</c>; the book applies to tenants with this currency.
/// </param>
/// <param name="Prices">
/// All prices, 1 to 10,000: a model or metric that is missing here is unpriced from then on.
/// </param>
internal sealed record PutPriceBookRequest(
    DateTimeOffset? EffectiveFrom, string? Currency, IReadOnlyList<PutPriceBookPrice?>? Prices);

/// <param name="Model">
/// The model's name, at most 128 printable ASCII characters without spaces, or <c>*</c> for every model without a price
/// of its own.
/// </param>
/// <param name="Metric">
/// The metric's name, such as <c>text_tokens</c>; neither <c>amount</c> nor <c>credits</c>.
/// </param>
/// <param name="Per">The number of whole units of the metric that the prices are for, 1 to 1,000,000,000.</param>
/// <param name="Amount">
/// The price of so many units, in the book's currency, with at most 6 decimals; 0 if only <c>credits</c> is given.
/// </param>
/// <param name="Credits">
/// The credits for so many units, with at most 6 decimals; 0 if only <c>amount</c> is given.
/// </param>
internal sealed record PutPriceBookPrice(
    string? Model, string? Metric, JsonDecimal? Per, JsonDecimal? Amount = null, JsonDecimal? Credits = null);
