namespace Sluice.LoadTest.Demo.Platform;

/// <summary>A project of a demo's tenant.</summary>
/// <param name="Name">The name.</param>
/// <param name="Mix">What it uses.</param>
/// <param name="LimitShare">The share of its limit that it has used; at 1 there is nothing left.</param>
internal sealed record DemoProject(string Name, DemoMix Mix, decimal LimitShare)
{
    /// <summary>Its API keys.</summary>
    public required IReadOnlyList<DemoKey> Keys { get; init; }
}
