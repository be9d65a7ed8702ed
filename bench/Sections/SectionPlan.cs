using System.Globalization;
using Sluice.Bench.Http;

namespace Sluice.Bench.Sections;

/// <summary>How to measure a section with servers.</summary>
/// <param name="Http">Duration, rounds and connections.</param>
/// <param name="OtherProgram">The node's program of another build to compare with; null for none.</param>
/// <param name="ChartPath">The file to draw the rates to.</param>
internal sealed record SectionPlan(HttpPlan Http, string? OtherProgram, string ChartPath)
{
    /// <summary>The options that request this plan, without the folder of another build.</summary>
    public string Arguments => string.Create(
        CultureInfo.InvariantCulture,
        $"--seconds {Http.Duration.TotalSeconds} --rounds {Http.Rounds} --connections {Http.Connections}")
        + (OtherProgram is null ? string.Empty : $" --against {Path.GetFileName(OtherProgram)}");
}
