using System.Text.Json.Serialization;

namespace Sluice.Api.Management.Usage;

/// <summary>Sums of usage.</summary>
/// <param name="Items">
/// The rows: a value for each requested group, null if the usage has none, and its name, then <c>metric</c> and
/// <c>value</c>.
/// </param>
/// <param name="Previous">The usage of the span before; missing unless it was asked for.</param>
internal sealed record GetUsageResponse(
    IReadOnlyList<Dictionary<string, object?>> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] GetUsagePrevious? Previous = null);

/// <param name="From">The start of the span before, in UTC.</param>
/// <param name="To">Its end, exclusive, in UTC: where the requested span begins.</param>
/// <param name="Items">Its rows, in the same groups.</param>
internal sealed record GetUsagePrevious(
    DateTimeOffset From, DateTimeOffset To, IReadOnlyList<Dictionary<string, object?>> Items);
