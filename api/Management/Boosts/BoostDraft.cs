using Sluice.Metering.Limits;
using Sluice.Metering.Periods;
using Sluice.Storage.Control.Limits;

namespace Sluice.Api.Management.Boosts;

/// <summary>A requested boost, before its limit is known.</summary>
internal sealed record BoostDraft(
    ScopeId Scope, Metric Metric, long ValueUnits, DateTimeOffset Until, LimitSource? Source, PeriodKind? Period)
{
    private const int MetricDecimalsMax = Metering.Metrics.Metric.MaxDecimals;

    public static Result<BoostDraft> Read(BoostRequest request, MetricCatalogue catalogue)
    {
        var rules = new FieldErrors();
        if (request.Scope is null)
            rules.Add("scope", "required", "Must be given.");
        var kind = Word<ScopeKind>("scope", request.Scope, rules);
        rules.Check("scopeId", request.ScopeId, FieldRules.Compared);
        Metric? metric = null;
        if (request.Metric is null || !catalogue.TryGet(request.Metric, out metric))
            rules.Add("metric", "metric-unknown", "Must be the name of a metric.");
        if (request.Value is null)
            rules.Add("value", "required", "Must be given.");
        var value = rules.Units("value", request.Value, metric?.Decimals ?? MetricDecimalsMax);
        if (request.Until is null)
            rules.Add("until", "required", "Must be given.");
        var source = Word<LimitSource>("source", request.Source, rules);
        var period = Word<PeriodKind>("period", request.Period, rules);
        if (rules.Error is { } error)
            return error;
        var scope = new ScopeId(kind!.Value, Ids.Read(IdText.PrefixOf(kind.Value), request.ScopeId));
        return new BoostDraft(scope, metric!, value!.Value, request.Until!.Value, source, period);
    }

    public bool Means(StoredLimit limit) =>
        (Source is null || limit.Source == Source) && (Period is null || limit.Period == Period);

    private static T? Word<T>(string field, string? text, FieldErrors rules)
        where T : struct, Enum
    {
        if (text is null)
            return null;
        foreach (var value in Enum.GetValues<T>())
        {
            if (Words.Of(value) == text)
                return value;
        }

        rules.Add(field, "one-of", $"Must be one of {string.Join(", ", Enum.GetValues<T>().Select(Words.Of))}.");
        return null;
    }
}
