using Sluice.Storage.Control.Prices;

namespace Sluice.Api.Management.Prices;

/// <summary><c>DELETE /api/v1/price-books/{b}</c></summary>
internal sealed class WithdrawPriceBook(UnitOfWork work, PriceBookStore books) : ManagementEndpoint
{
    public override void Configure()
    {
        Delete("/price-books/{b}");
        Group<PricesAndMetricsEndpoints>();
        Requires(Permission.SetPrices);
        Transactional();
        Describe("Withdraw a price book that is not in force yet");
        Returns(StatusCodes.Status204NoContent);
    }

    protected override async Task<ApiResult> ExecuteAsync(CancellationToken ct) => ApiResult.Of(
        await books.WithdrawAsync(work, RouteId("b", IdText.PriceBook), ct),
        static _ => ApiResult.NoContent(ControlChange.Prices));
}
