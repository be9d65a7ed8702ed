using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Metering.Limits;
using Sluice.Metering.Periods;

namespace Sluice.Api.Management.Limits;

/// <summary>One limit in the list of all.</summary>
/// <param name="Id">Stays while the limit's value does.</param>
/// <param name="Scope">Whose usage it watches.</param>
/// <param name="ScopeId">Which of them.</param>
/// <param name="Metric">Name of the metric.</param>
/// <param name="Period">Over which period usage adds up.</param>
/// <param name="Kind">What reaching it does.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="SetBy">Who sets it, and so who can raise it.</param>
/// <param name="Value">Null for a warning at a share of the blocked value.</param>
/// <param name="Percent">Null for a value.</param>
/// <param name="BoostedValue">What it is raised to for some time.</param>
/// <param name="BoostedUntil">Until when.</param>
/// <param name="Ceiling">Of an amount: the tightest blocked amount above it, from the quota or the tenant's limit.
/// </param>
/// <param name="Recipients">Who else is told; empty for those who only see what is set for the whole tenant.</param>
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
