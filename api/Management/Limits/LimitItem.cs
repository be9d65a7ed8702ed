using Sluice.Metering.Limits;
using Sluice.Metering.Periods;

namespace Sluice.Api.Management.Limits;

/// <summary>One limit in the list of all limits.</summary>
/// <param name="Id">The limit's id, a number; it stays the same until the limit's value changes.</param>
/// <param name="Scope">The kind of scope whose usage it watches.</param>
/// <param name="ScopeId">The id of that scope, such as <c>k0000000001a</c>.</param>
/// <param name="ScopeName">The name of that scope; for a seat, its holder's user name or null.</param>
/// <param name="Metric">The metric's name, such as <c>text_tokens</c>.</param>
/// <param name="Period">The period over which usage adds up.</param>
/// <param name="Kind">What happens when usage reaches it.</param>
/// <param name="Source">Where the limit comes from.</param>
/// <param name="SetBy">
/// Who sets it, and so who can raise it: <c>operator</c>, <c>plan</c>, <c>tenant_administrator</c> or
/// <c>key_manager</c>.
/// </param>
/// <param name="Value">
/// The value, in the metric's units; null for a warning at a percentage of the blocked value.
/// </param>
/// <param name="Percent">The percentage of the blocked value; null for a limit at a value.</param>
/// <param name="BoostedValue">
/// The raised value, in the metric's units, in force until <c>boostedUntil</c>; null without a boost.
/// </param>
/// <param name="BoostedUntil">The first instant without the boost, in UTC; null without a boost.</param>
/// <param name="Ceiling">
/// For an amount, the lowest blocked amount above it, from the quota or the tenant's limit; null if there is none.
/// </param>
/// <param name="Recipients">
/// The addresses to notify that were set with it; empty for callers who may not see them.
/// </param>
internal sealed record LimitItem(
    string Id,
    ScopeKind Scope,
    string ScopeId,
    string? ScopeName,
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
