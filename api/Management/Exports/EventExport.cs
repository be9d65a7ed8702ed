using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Sluice.Api.Management.Events;
using Sluice.Storage.Control.Names;
using Sluice.Storage.Reports.Events;

namespace Sluice.Api.Management.Exports;

/// <summary>
/// The answer with all events of a span, as they are read. If it can't be ended, the connection is aborted: nobody
/// takes a part for all.
/// </summary>
internal sealed class EventExport(
    EventStore events, EventFilter filter, ExportFormat format, MetricCatalogue catalogue, NameStore names) : IResult
{
    /// <summary>Events whose names are read together.</summary>
    private const int ChunkMax = 1_000;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var life = httpContext.RequestServices.GetRequiredService<IHostApplicationLifetime>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(
            httpContext.RequestAborted, life.ApplicationStopping);
        response.ContentType = ExportTypes.TypeOf(format);
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentDisposition = $"attachment; filename=events.{Words.Of(format)}";
        var writer = WriterOf(httpContext);
        try
        {
            await foreach (var chunk in events.StreamAsync(filter.Query, filter.After, stop.Token).Chunk(ChunkMax))
            {
                var book = await names.ReadAsync(
                    filter.Query.TenantId,
                    chunk.Select(static item => IdText.Format(IdText.Key, item.Entry.KeyId)).Distinct(),
                    stop.Token);
                await writer.WriteAsync(
                    [.. chunk.Select(item => GetEventsItem.Of(item.Position, item.Entry, catalogue, book))],
                    stop.Token);
            }

            await writer.EndAsync(stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            httpContext.Abort();
        }
        finally
        {
            if (writer is IAsyncDisposable disposable)
                await disposable.DisposeAsync();
        }
    }

    private IEventWriter WriterOf(HttpContext http)
    {
        Metric[] metrics =
        [
            .. catalogue.All.Where(static metric => metric.Id != MetricId.Amount && metric.Id != MetricId.Credits)
                .OrderBy(static metric => metric.Name, StringComparer.Ordinal),
        ];
        return format switch
        {
            ExportFormat.Csv => new CsvEventWriter(
                http.Response.Body, [.. metrics.Select(static metric => metric.Name)], catalogue),
            ExportFormat.Ndjson => new NdjsonEventWriter(
                http.Response.Body,
                http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions),
            _ => new ParquetEventWriter(http.Response.Body, metrics, catalogue),
        };
    }
}
