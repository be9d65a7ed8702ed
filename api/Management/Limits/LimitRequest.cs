using Sluice.Api.Wire;

namespace Sluice.Api.Management.Limits;

/// <summary>What the limit of a tenant, a project or a key is set to, as a whole.</summary>
/// <param name="Blocked">From where on requests are refused; null, which has to be said, for nowhere.</param>
/// <param name="Warnings">Where people are told; none where left out.</param>
/// <param name="Recipients">Who else is told.</param>
/// <param name="Period"><c>month</c>, <c>day</c> or <c>total</c>; a month where left out.</param>
internal sealed record LimitRequest(
    Optional<JsonDecimal?> Blocked,
    IReadOnlyList<LimitRequest.Warning?>? Warnings,
    IReadOnlyList<string?>? Recipients,
    string? Period)
{
    /// <param name="Value">The value itself, or</param>
    /// <param name="Percent">a share of the blocked value, above 0 up to 100 with at most 2 decimals.</param>
    internal sealed record Warning(JsonDecimal? Value, JsonDecimal? Percent);
}
