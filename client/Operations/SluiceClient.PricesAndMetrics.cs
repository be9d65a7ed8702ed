// Written from the OpenAPI document by a test of the API, which says how.
using Sluice.Client.Models;

namespace Sluice.Client;

public sealed partial class SluiceClient
{
    /// <summary>Add a metric; metrics can't be changed or removed, because usage refers to them.</summary>
    /// <param name="body">What is sent.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<MetricResponse>> AddMetricAsync(
        AddMetricRequest body,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync<MetricResponse>(
            SluiceRequest.To("POST", "/api/v1/metrics")
                .Sends(body)
                .Once(idempotencyKey),
            ct);

    /// <summary>Get the prices in force at a given time, or else the first ones to come into force.</summary>
    /// <param name="currency">
    /// The ISO 4217 code of the currency, such as <c>JPY</c>; that of the book that came into force last if omitted.
    /// </param>
    /// <param name="at">The instant whose prices are wanted; now if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<PriceBookResponse>> GetPriceBookAsync(
        string? currency = null,
        string? at = null,
        CancellationToken ct = default) =>
        SendAsync<PriceBookResponse>(
            SluiceRequest.To("GET", "/api/v1/price-book")
                .With("currency", currency)
                .With("at", at),
            ct);

    /// <summary>List all metrics, the built-in ones first.</summary>
    /// <param name="after">The <c>next</c> of the previous page; the first page if omitted.</param>
    /// <param name="limit">The most items of the page, 1 to 500; 50 if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<MetricListResponse>> ListMetricsAsync(
        string? after = null,
        int? limit = null,
        CancellationToken ct = default) =>
        SendAsync<MetricListResponse>(
            SluiceRequest.To("GET", "/api/v1/metrics")
                .With("after", after)
                .With("limit", limit),
            ct);

    /// <summary>List the dated price books, the latest first; filter with ?currency=.</summary>
    /// <param name="currency">The ISO 4217 code of the currency, such as <c>JPY</c>; all currencies if omitted.</param>
    /// <param name="after">The <c>next</c> of the previous page; the first page if omitted.</param>
    /// <param name="limit">The most items of the page, 1 to 500; 50 if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<PriceBookItemListResponse>> ListPriceBooksAsync(
        string? currency = null,
        string? after = null,
        int? limit = null,
        CancellationToken ct = default) =>
        SendAsync<PriceBookItemListResponse>(
            SluiceRequest.To("GET", "/api/v1/price-books")
                .With("currency", currency)
                .With("after", after)
                .With("limit", limit),
            ct);

    /// <summary>Publish the prices of a currency, effective from a given time.</summary>
    /// <param name="body">What is sent.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ifMatch">
    /// The version that is changed, from the result that was read; whatever is there if omitted.
    /// </param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<PriceBookResponse>> PutPriceBookAsync(
        PutPriceBookRequest body,
        string? idempotencyKey = null,
        string? ifMatch = null,
        CancellationToken ct = default) =>
        SendAsync<PriceBookResponse>(
            SluiceRequest.To("PUT", "/api/v1/price-book")
                .Sends(body)
                .Once(idempotencyKey)
                .OnlyIf(ifMatch),
            ct);

    /// <summary>Withdraw a price book that is not in force yet.</summary>
    /// <param name="priceBookId">The id of the price book.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult> WithdrawPriceBookAsync(
        string priceBookId,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync(
            SluiceRequest.To("DELETE", "/api/v1/price-books/{b}", priceBookId)
                .Once(idempotencyKey),
            ct);
}
