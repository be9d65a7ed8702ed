namespace Sluice.LoadTest.Demo;

/// <summary>What one scope of the demo has spent.</summary>
/// <param name="Name">The name in the table.</param>
/// <param name="Used">The amount used this month, in the demo's currency.</param>
/// <param name="Limit">The amount at which it is refused; null for none.</param>
/// <param name="State"><c>ok</c>, <c>warning</c> or <c>blocked</c>.</param>
internal sealed record DemoScope(string Name, decimal Used, decimal? Limit, string State)
{
    /// <summary>The used share of the limit, 0 to 1; null without a limit.</summary>
    public decimal? Share => Limit is { } limit ? Math.Min(1, limit == 0 ? 1 : Used / limit) : null;
}
