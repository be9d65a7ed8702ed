using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Sluice.Metering.Metrics;

/// <summary>
/// All metrics of an installation: the built-in ones and the operator's own. Immutable; a change is a new catalogue.
/// Lookups are allocation-free, by number, by name and by the UTF-8 name in a request.
/// </summary>
public sealed class MetricCatalogue
{
    private static readonly ImmutableArray<Metric> BuiltInMetrics =
    [
        new(MetricId.Amount, "amount", 6, Derived: true),
        new(MetricId.Credits, "credits", 6, Derived: true),
        new(MetricId.Requests, "requests", 0, Derived: false),
        new(MetricId.TextTokens, "text_tokens", 0, Derived: false),
        new(MetricId.AudioTranscribedSeconds, "audio_transcribed_seconds", 3, Derived: false),
        new(MetricId.AudioAnalyzedSeconds, "audio_analyzed_seconds", 3, Derived: false),
    ];

    /// <summary>The catalogue of an installation without metrics of its own.</summary>
    public static readonly MetricCatalogue BuiltIn = new(BuiltInMetrics);

    private readonly Metric?[] _byId = new Metric?[MetricId.Max];
    // Not a frozen dictionary: small ones don't take an alternate key.
    private readonly Dictionary<string, Metric> _byName;
    private readonly Dictionary<string, Metric>.AlternateLookup<ReadOnlySpan<byte>> _byUtf8Name;

    private MetricCatalogue(ImmutableArray<Metric> metrics)
    {
        All = metrics.Sort(static (a, b) => a.Id.Value.CompareTo(b.Id.Value));
        foreach (var metric in All)
            _byId[metric.Id.Value] = metric;
        _byName = All.ToDictionary(static m => m.Name, AsciiTextComparer.Instance);
        _byUtf8Name = _byName.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>All metrics, by rising number.</summary>
    public ImmutableArray<Metric> All { get; }

    /// <summary>Gets a metric by its number, which must exist.</summary>
    /// <exception cref="KeyNotFoundException">No metric has that number.</exception>
    public Metric this[MetricId id] => TryGet(id, out var metric)
        ? metric
        : throw new KeyNotFoundException($"no metric has the number {id.Value}");

    /// <summary>
    /// Creates the catalogue of the built-in metrics and the operator's own. Returns null and every broken rule if the
    /// operator's are invalid: a name of the wrong form or used twice, a number outside 16 to 255 or used twice, more
    /// than 6 decimals, or a metric marked as derived (only the built-in amount and credits are).
    /// </summary>
    public static MetricCatalogue? TryCreate(IReadOnlyList<Metric> custom, out ImmutableArray<FieldError> broken)
    {
        var rules = ImmutableArray.CreateBuilder<FieldError>();
        var names = BuiltInMetrics.Select(static m => m.Name).ToHashSet(StringComparer.Ordinal);
        var ids = new HashSet<MetricId>();
        for (var i = 0; i < custom.Count; i++)
        {
            var metric = custom[i];
            Check(metric, $"metrics[{i}]", rules);
            if (!names.Add(metric.Name))
                rules.Add(new($"metrics[{i}].name", "name-taken", $"Another metric is called {metric.Name}."));
            if (!ids.Add(metric.Id))
                rules.Add(new($"metrics[{i}].id", "id-taken", $"Another metric has the number {metric.Id.Value}."));
        }

        broken = rules.ToImmutable();
        return broken.IsEmpty ? new MetricCatalogue(BuiltInMetrics.AddRange(custom)) : null;
    }

    public bool TryGet(MetricId id, [NotNullWhen(true)] out Metric? metric)
    {
        metric = id.Value is >= 0 and < MetricId.Max ? _byId[id.Value] : null;
        return metric is not null;
    }

    public bool TryGet(string name, [NotNullWhen(true)] out Metric? metric) => _byName.TryGetValue(name, out metric);

    /// <summary>Looks up a name from a request body, unescaped.</summary>
    public bool TryGet(ReadOnlySpan<byte> utf8Name, [NotNullWhen(true)] out Metric? metric)
    {
        // A name longer than any metric's isn't worth hashing; a request may hold a megabyte of it.
        metric = null;
        return utf8Name.Length <= Metric.MaxNameLength && _byUtf8Name.TryGetValue(utf8Name, out metric);
    }

    private static void Check(Metric metric, string field, ImmutableArray<FieldError>.Builder rules)
    {
        if (!Metric.IsName(metric.Name))
        {
            rules.Add(new($"{field}.name", "name-form",
                "A name starts with a lower case letter and has at most 63 lower case letters, digits and _."));
        }

        if (metric.Id.Value < MetricId.FirstCustom.Value || metric.Id.Value >= MetricId.Max)
        {
            rules.Add(new($"{field}.id", "id-range",
                $"The operator's metrics have numbers from {MetricId.FirstCustom.Value} to {MetricId.Max - 1}."));
        }

        if (metric.Decimals is < 0 or > Metric.MaxDecimals)
            rules.Add(new($"{field}.decimals", "decimals-range", $"Decimals are 0 to {Metric.MaxDecimals}."));
        if (metric.Derived)
            rules.Add(new($"{field}.derived", "derived", "Only the built-in amount and credits are derived."));
    }
}
