using System.ComponentModel.DataAnnotations;

namespace Sluice.Api.Management.Limits;

/// <summary>The new limit of a tenant, a project or a key, as a whole.</summary>
/// <param name="Blocked">The value at which requests are refused, in the metric's units; null for none.</param>
/// <param name="Warnings">At most 16 values at which people are notified; none if omitted.</param>
/// <param name="Recipients">At most 20 addresses to notify; none if omitted.</param>
/// <param name="Period">The period over which usage adds up; <c>month</c> if omitted. Only keys have others.</param>
internal sealed record LimitRequest(
    Optional<JsonDecimal?> Blocked,
    IReadOnlyList<LimitRequest.Warning?>? Warnings = null,
    IReadOnlyList<string?>? Recipients = null,
    [AllowedValues("month", "day", "total")] string? Period = null)
{
    /// <param name="Value">The value, above 0, in the metric's units; either this or <c>percent</c> is given.</param>
    /// <param name="Percent">
    /// The percentage of the blocked value, above 0 up to 1,000 with at most 2 decimals; either this or <c>value</c> is
    /// given.
    /// </param>
    internal sealed record Warning(JsonDecimal? Value = null, JsonDecimal? Percent = null);
}
