using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;

namespace Sluice.Api.Management.Limits;

/// <summary>A limit as it was set.</summary>
/// <param name="Scope"><c>tenant</c>, <c>project</c> or <c>key</c>.</param>
/// <param name="ScopeId">The id of that scope.</param>
/// <param name="Metric">The metric's name.</param>
/// <param name="Period"><c>month</c>, <c>day</c> or <c>total</c>.</param>
/// <param name="Source">Who may set it.</param>
/// <param name="Blocked">The value at which requests are refused; null for no such value.</param>
/// <param name="Warnings">The values at which people are notified.</param>
/// <param name="Recipients">Who else is notified.</param>
internal sealed record LimitResponse(
    string Scope,
    string ScopeId,
    string Metric,
    string Period,
    string Source,
    JsonDecimal? Blocked,
    IReadOnlyList<LimitResponse.Warning> Warnings,
    IReadOnlyList<string> Recipients)
{
    internal sealed record Warning(JsonDecimal? Value, JsonDecimal? Percent);

    public static LimitResponse Of(
        ScopeId scope, LimitSource source, Metric metric, LimitDraft draft, IReadOnlyList<string> recipients) => new(
        Words.Of(scope.Kind),
        scope.ToString(),
        metric.Name,
        Words.Of(draft.Period),
        Words.Of(source),
        Amount(draft.BlockedUnits, metric),
        [.. draft.Warnings.Select(warning => new Warning(Amount(warning.Units, metric), Percent(warning.Percent)))],
        recipients);

    public static JsonDecimal? Amount(long? units, Metric metric) =>
        units is { } value ? JsonDecimal.Of(value, metric.Decimals) : null;

    public static JsonDecimal? Percent(decimal? percent) =>
        percent is { } value ? new JsonDecimal(value.ToString("0.##")) : null;
}
