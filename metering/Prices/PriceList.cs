using System.Collections.Immutable;
using Sluice.Metering.Metrics;

namespace Sluice.Metering.Prices;

/// <summary>
/// The prices in force in one currency over one interval of time. Immutable: keep it until
/// <see cref="EffectiveUntilMs"/> or the next price book.
/// </summary>
public sealed class PriceList
{
    private readonly Dictionary<string, ModelPrices> _byModel = new(AsciiTextComparer.Instance);
    private readonly Dictionary<string, ModelPrices>.AlternateLookup<ReadOnlySpan<byte>> _byUtf8Model;
    private readonly ModelPrices _anyModel;

    internal PriceList(
        ImmutableArray<PriceEntry> entries, MetricCatalogue metrics, long effectiveFromMs, long effectiveUntilMs)
    {
        EffectiveFromMs = effectiveFromMs;
        EffectiveUntilMs = effectiveUntilMs;
        foreach (var (model, applying) in ModelPrices.ByModel(entries))
            _byModel.Add(model, new ModelPrices(applying, metrics));
        _anyModel = _byModel[PriceEntry.AnyModel];
        _byUtf8Model = _byModel.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>First instant it is in force, Unix milliseconds; <see cref="long.MinValue"/> before any edition.
    /// </summary>
    public long EffectiveFromMs { get; }

    /// <summary>First instant another list is in force instead; <see cref="long.MaxValue"/> if none is planned.
    /// </summary>
    public long EffectiveUntilMs { get; }

    /// <summary>
    /// Gets the prices for a model; null, or a model without lines of its own, gets those for any model.
    /// </summary>
    public ModelPrices For(string? model) =>
        model is not null && _byModel.TryGetValue(model, out var prices) ? prices : _anyModel;

    /// <summary>Gets the prices for a model name from a request body, unescaped; empty for none.</summary>
    public ModelPrices For(ReadOnlySpan<byte> utf8Model) =>
        utf8Model.Length <= PriceEntry.MaxModelLength && _byUtf8Model.TryGetValue(utf8Model, out var prices)
            ? prices
            : _anyModel;

    /// <summary>Rates a single quantity. A price for the model beats one for any model.</summary>
    /// <inheritdoc cref="ModelPrices.Rate(ReadOnlySpan{Quantity})"/>
    public Rating Rate(string? model, MetricId metric, long units) => For(model).Rate(metric, units);
}
