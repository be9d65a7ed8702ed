using System.Globalization;
using Parquet;
using Parquet.Schema;
using Sluice.Api.Management.Events;

namespace Sluice.Api.Management.Exports;

/// <summary>
/// Writes events as Apache Parquet: texts, instants in UTC, and decimals with as many digits as their metric has.
/// </summary>
internal sealed class ParquetEventWriter : IEventWriter, IAsyncDisposable
{
    /// <summary>Events of a row group, which is made in memory.</summary>
    private const int GroupMax = 20_000;

    private const int Digits = 28;

    private readonly Stream _output;
    private readonly GroupStream _file = new();
    private readonly List<GetEventsItem> _waiting = [];
    private readonly (DataField Field, Func<GetEventsItem, string?> Of)[] _texts;
    private readonly (DataField Field, Func<GetEventsItem, DateTimeOffset> Of)[] _instants;
    private readonly (DataField Field, Func<GetEventsItem, JsonDecimal?> Of)[] _numbers;
    private ParquetWriter? _writer;

    public ParquetEventWriter(Stream output, IReadOnlyList<Metric> metrics, MetricCatalogue catalogue)
    {
        _output = output;
        _texts =
        [
            Text("id", static item => item.Id),
            Text("eventId", static item => item.EventId),
            Text("kind", static item => Words.Of(item.Kind)),
            Text("keyId", static item => item.KeyId),
            Text("keyName", static item => item.KeyName),
            Text("projectId", static item => item.ProjectId),
            Text("seatId", static item => item.SeatId),
            Text("member", static item => item.Member),
            Text("model", static item => item.Model),
            Text("unpriced", static item => string.Join(' ', item.Unpriced)),
        ];
        _instants =
        [
            (Instant("at"), static item => item.At),
            (Instant("admittedAt"), static item => item.AdmittedAt),
        ];
        _numbers =
        [
            .. metrics.Select(metric => Number(
                metric, item => item.Metrics.TryGetValue(metric.Name, out var value) ? value : null)),
            Number(catalogue[MetricId.Amount], static item => item.Amount),
            Number(catalogue[MetricId.Credits], static item => item.Credits),
        ];
    }

    public async Task WriteAsync(IReadOnlyList<GetEventsItem> items, CancellationToken ct)
    {
        _waiting.AddRange(items);
        if (_waiting.Count >= GroupMax)
            await WriteGroupAsync(ct);
    }

    public async Task EndAsync(CancellationToken ct)
    {
        if (_waiting.Count > 0)
            await WriteGroupAsync(ct);
        await (await BeginAsync(ct)).DisposeAsync();
        await _file.DrainAsync(_output, ct);
    }

    public async ValueTask DisposeAsync()
    {
        if (_writer is not null)
            await _writer.DisposeAsync();
        await _file.DisposeAsync();
    }

    private static (DataField Field, Func<GetEventsItem, string?> Of) Text(
        string name, Func<GetEventsItem, string?> of) => (new DataField(name, typeof(string), isNullable: true), of);

    private static DateTimeDataField Instant(string name) => new(
        name, DateTimeFormat.Timestamp, isAdjustedToUTC: true, DateTimeTimeUnit.Millis, isNullable: false);

    private static (DataField Field, Func<GetEventsItem, JsonDecimal?> Of) Number(
        Metric metric, Func<GetEventsItem, JsonDecimal?> of) =>
        (new DecimalDataField(metric.Name, Digits, metric.Decimals, isNullable: true), of);

    private async Task<ParquetWriter> BeginAsync(CancellationToken ct) => _writer ??= await ParquetWriter.CreateAsync(
        new ParquetSchema(
            _texts.Select(static c => c.Field).Concat(_instants.Select(static c => c.Field))
                .Concat(_numbers.Select(static c => c.Field)).Cast<Field>().ToArray()),
        _file,
        cancellationToken: ct);

    private async Task WriteGroupAsync(CancellationToken ct)
    {
        var writer = await BeginAsync(ct);
        using (var group = writer.CreateRowGroup())
        {
            foreach (var (field, of) in _texts)
            {
                string?[] values = [.. _waiting.Select(of)];
                await group.WriteAsync(field, values);
            }

            foreach (var (field, of) in _instants)
            {
                DateTime[] values = [.. _waiting.Select(item => of(item).UtcDateTime)];
                await group.WriteAsync<DateTime>(field, values, cancellationToken: ct);
            }

            foreach (var (field, of) in _numbers)
            {
                decimal?[] values = [.. _waiting.Select(item => ValueOf(of(item)))];
                await group.WriteAsync<decimal>(field, values, cancellationToken: ct);
            }

            group.CompleteValidate();
        }

        _waiting.Clear();
        await _file.DrainAsync(_output, ct);
    }

    private static decimal? ValueOf(JsonDecimal? number) =>
        number is { } value ? decimal.Parse(value.Text, CultureInfo.InvariantCulture) : null;
}
