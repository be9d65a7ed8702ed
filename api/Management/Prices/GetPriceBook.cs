using Sluice.Api.Management.Tenants;
using Sluice.Storage.Control.Metrics;
using Sluice.Storage.Control.Prices;

namespace Sluice.Api.Management.Prices;

/// <summary><c>GET /api/v1/price-book?currency&amp;at</c></summary>
internal sealed class GetPriceBook(PriceStore prices, MetricStore metrics, TimeProvider time)
    : ManagementEndpoint<GetPriceBookQuery>
{
    public override void Configure()
    {
        Get("/price-book");
        Group<PricesAndMetricsEndpoints>();
        Requires(Permission.SetPrices);
        Describe("Get the prices in force at a given time, or else the first ones to come into force");
        Tagged();
        Returns<PriceBookResponse>();
    }

    public override async Task<ApiResult> ExecuteAsync(GetPriceBookQuery query, CancellationToken ct)
    {
        var rules = new FieldErrors();
        if (query.Currency is not null)
            rules.Check("currency", query.Currency, FieldRules.Currency);
        var instant = time.GetUtcNow();
        if (query.At is not null && !Rfc3339.TryParse(query.At, out instant))
            rules.Add("at", "time-form", "Must be a time such as 2026-11-21T09:30:00Z.");
        if (rules.Error is { } error)
            return ApiResult.Failure(error);
        return await prices.FindAsync(query.Currency, instant, ct) is { } book
            ? ApiResult.Ok(PriceBookResponse.Of(book, await metrics.ReadAsync(ct)))
            : ApiResult.NotFound("price book");
    }
}

/// <param name="Currency">
/// The ISO 4217 code of the currency, such as <c>JPY</c>; that of the book that came into force last if omitted.
/// </param>
/// <param name="At">The instant whose prices are wanted; now if omitted.</param>
internal sealed record GetPriceBookQuery(string? Currency = null, string? At = null);
