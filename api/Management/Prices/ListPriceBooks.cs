using System.ComponentModel.DataAnnotations;
using FastEndpoints;
using FluentValidation;
using Sluice.Storage.Control.Prices;

namespace Sluice.Api.Management.Prices;

/// <summary><c>GET /api/v1/price-books?currency</c></summary>
internal sealed class ListPriceBooks(PriceBookStore books, TimeProvider time) : ManagementEndpoint<ListPriceBooksQuery>
{
    public override void Configure()
    {
        Get("/price-books");
        Group<PricesAndMetricsEndpoints>();
        Requires(Permission.SetPrices);
        Describe("List the dated price books, the latest first; filter with ?currency=");
        Returns<ListResponse<PriceBookItem>>();
    }

    public override async Task<ApiResult> ExecuteAsync(ListPriceBooksQuery query, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var found = await books.ListAsync(string.IsNullOrEmpty(query.Currency) ? null : query.Currency, ct);
        return query.Cut(found.Select(book => PriceBookItem.Of(book, now)), static book => book.Id);
    }
}

/// <param name="Currency">The ISO 4217 code of the currency, such as <c>JPY</c>; all currencies if omitted.</param>
/// <param name="After">The <c>next</c> of the previous page; the first page if omitted.</param>
/// <param name="Limit">The most items of the page, 1 to 500; 50 if omitted.</param>
internal sealed record ListPriceBooksQuery(
    string? Currency = null,
    string? After = null,
    [Range(1, PageRequest.MaxLimit)] string? Limit = null) : PageQuery(After, Limit);

internal sealed class ListPriceBooksQueryValidator : Validator<ListPriceBooksQuery>
{
    public ListPriceBooksQueryValidator()
    {
        RuleFor(static q => q.Currency).Follows(FieldRules.Currency)
            .When(static q => !string.IsNullOrEmpty(q.Currency));
    }
}

/// <summary>A dated price book; its prices are at <c>/api/v1/price-book?currency&amp;at</c>.</summary>
/// <param name="Id">The price book's id, such as <c>r0000000001a</c>.</param>
/// <param name="EffectiveFrom">When it comes into force, in UTC.</param>
/// <param name="Currency">The ISO 4217 code of the currency, such as <c>JPY</c>.</param>
/// <param name="State">Whether usage is rated by it now, was before, or will be.</param>
/// <param name="CreatedAt">When it was created, in UTC.</param>
/// <param name="Prices">The number of its prices.</param>
internal sealed record PriceBookItem(
    string Id, DateTimeOffset EffectiveFrom, string Currency, PriceBookTime State, DateTimeOffset CreatedAt, int Prices)
{
    public static PriceBookItem Of(PriceBookEdition book, DateTimeOffset now) => new(
        Ids.PriceBook(book.Id),
        book.EffectiveFrom,
        book.Currency,
        book.IsInForce ? PriceBookTime.Current : book.EffectiveFrom > now ? PriceBookTime.Future : PriceBookTime.Past,
        book.CreatedAt,
        book.Prices);
}
