using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Management.Tenants;
using Sluice.Api.Wire;
using Sluice.Storage.Metrics;
using Sluice.Storage.Prices;

namespace Sluice.Api.Management.Prices;

/// <summary><c>GET /api/v1/price-book?currency&amp;at</c></summary>
internal static class GetPriceBook
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/price-book", HandleAsync)
        .Needs(Permission.SetPrices)
        .Describe("GetPriceBook", "Shows the prices in force at an instant, or the first ones to come")
        .Produces<PriceBookView>();

    /// <param name="currency">The currency whose book came into force last where left out.</param>
    /// <param name="at">Now where left out.</param>
    /// <param name="prices">The price books.</param>
    /// <param name="metrics">The catalogue.</param>
    /// <param name="time">Says what now is.</param>
    /// <param name="ct">Cancels the query.</param>
    private static async Task<Reply> HandleAsync(
        string? currency,
        string? at,
        IPriceStore prices,
        IMetricStore metrics,
        TimeProvider time,
        CancellationToken ct)
    {
        var rules = new RuleCheck();
        if (currency is not null)
            rules.Currency("currency", currency);
        var instant = time.GetUtcNow();
        if (at is not null && !InstantText.TryParse(at, out instant))
            rules.Break("at", "time-form", "Must be a time such as 2026-11-21T09:30:00Z.");
        if (rules.Refusal is { } refusal)
            return Reply.Refused(refusal);
        return await prices.FindAsync(currency, instant, ct) is { } book
            ? Reply.Ok(PriceBookView.Of(book, await metrics.ReadAsync(ct)))
            : Reply.NotFound("price book");
    }
}
