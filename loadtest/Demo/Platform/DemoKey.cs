namespace Sluice.LoadTest.Demo.Platform;

/// <summary>An API key of a demo's project.</summary>
/// <param name="Name">The name.</param>
/// <param name="PerDay">About what it spends on a weekday, in the demo's currency.</param>
internal sealed record DemoKey(string Name, double PerDay);
