namespace Sluice.Storage.Reports.Usage;

/// <summary>Keeps the largest values of one group; the usage of all others is one sum.</summary>
/// <param name="Group">The group, which is also among the query's.</param>
/// <param name="Count">How many values are kept, 1 to <see cref="CountMax"/>.</param>
/// <param name="Values">
/// The values to keep, as <see cref="UsageRow.TextOf"/> returns them; null for those with the most usage.
/// </param>
public sealed record UsageTop(UsageGroup Group, int Count, IReadOnlyList<string>? Values = null)
{
    public const int CountMax = 100;
}
