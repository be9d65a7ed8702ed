using System.Diagnostics.Metrics;

namespace Sluice.Api.Problems;

/// <summary>
/// The meter <c>Sluice.Bounds</c>: requests refused because of a bound, by the
/// name of the bound. Many of one name are an attack, or a bound that is too small.
/// </summary>
internal sealed class BoundMetrics
{
    public const string MeterName = "Sluice.Bounds";

    /// <summary>The bound of connections to the store that management shares.</summary>
    public const string Connections = "connections";

    private readonly Counter<long> _refused;

    public BoundMetrics(IMeterFactory meters) => _refused = meters.Create(MeterName).CreateCounter<long>(
        "sluice.bounds.refused", "{request}", "Requests refused by a bound, by its name.");

    /// <summary>Counts a refusal.</summary>
    /// <param name="http">The refused request.</param>
    /// <param name="bound">The bound, as in the problem's type: <c>projects</c> for <c>too-many-projects</c>.</param>
    public static void Refused(HttpContext http, string bound) =>
        http.RequestServices.GetRequiredService<BoundMetrics>()._refused.Add(
            1, new KeyValuePair<string, object?>("bound", bound));
}
