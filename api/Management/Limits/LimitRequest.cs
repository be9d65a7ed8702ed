namespace Sluice.Api.Management.Limits;

/// <summary>The new limit of a tenant, a project or a key, as a whole.</summary>
/// <param name="Blocked">
/// The value at which requests are refused; null, which must be explicit, for no such value.
/// </param>
/// <param name="Warnings">The values at which people are notified; none if omitted.</param>
/// <param name="Recipients">Who else is notified.</param>
/// <param name="Period"><c>month</c>, <c>day</c> or <c>total</c>; a month if omitted.</param>
internal sealed record LimitRequest(
    Optional<JsonDecimal?> Blocked,
    IReadOnlyList<LimitRequest.Warning?>? Warnings,
    IReadOnlyList<string?>? Recipients,
    string? Period)
{
    /// <param name="Value">The value itself, or</param>
    /// <param name="Percent">a percentage of the blocked value, above 0 up to 1,000 with at most 2 decimals.</param>
    internal sealed record Warning(JsonDecimal? Value, JsonDecimal? Percent);
}
