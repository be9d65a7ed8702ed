using System.Globalization;

namespace Sluice.EndToEnd.Abuse;

/// <summary>Something that the victim does from time to time while it is not let alone.</summary>
/// <param name="What">What it is.</param>
/// <param name="Failure">What went wrong; null if nothing did.</param>
/// <param name="Took">How long it took.</param>
internal sealed record Probe(string What, string? Failure, TimeSpan Took)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{What}: {Failure ?? "done"} after {Took.TotalMilliseconds:F0} ms");
}
