using Sluice.Metering.Limits;
using Sluice.Metering.Periods;

namespace Sluice.Api.Management.Limits;

/// <summary>One limit in the list of all limits.</summary>
/// <param name="Id">The id; it stays the same until the limit's value changes.</param>
/// <param name="Scope">The kind of scope whose usage it watches.</param>
/// <param name="ScopeId">The id of that scope.</param>
/// <param name="Metric">Name of the metric.</param>
/// <param name="Period">The period over which usage adds up.</param>
/// <param name="Kind">What happens when usage reaches it.</param>
/// <param name="Source">Where the limit comes from.</param>
/// <param name="SetBy">Who sets it, and so who can raise it.</param>
/// <param name="Value">The value; null for a warning at a share of the blocked value.</param>
/// <param name="Percent">The share; null for a warning at a value.</param>
/// <param name="BoostedValue">The temporarily raised value.</param>
/// <param name="BoostedUntil">The end of the raised value.</param>
/// <param name="Ceiling">
/// For an amount: the lowest blocked amount above it, from the quota or the tenant's limit.
/// </param>
/// <param name="Recipients">
/// Who else is notified; empty for callers who only see what is set for the whole tenant.
/// </param>
internal sealed record LimitItem(
    string Id,
    ScopeKind Scope,
    string ScopeId,
    string Metric,
    PeriodKind Period,
    LimitKind Kind,
    LimitSource Source,
    string SetBy,
    JsonDecimal? Value,
    JsonDecimal? Percent,
    JsonDecimal? BoostedValue,
    DateTimeOffset? BoostedUntil,
    JsonDecimal? Ceiling,
    IReadOnlyList<string> Recipients);
