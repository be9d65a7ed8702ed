using System.Globalization;
using Sluice.Bench.Http;

namespace Sluice.Bench.Sections;

/// <summary>How a section with servers is measured.</summary>
/// <param name="Http">How long, how often and over how many connections.</param>
/// <param name="OtherProgram">The node's program of another build, to measure beside this one; or null.</param>
/// <param name="ChartPath">The file to draw the rates to.</param>
internal sealed record SectionPlan(HttpPlan Http, string? OtherProgram, string ChartPath)
{
    /// <summary>The options that ask for this plan, without the folder of another build.</summary>
    public string Arguments => string.Create(
        CultureInfo.InvariantCulture,
        $"--seconds {Http.Duration.TotalSeconds} --rounds {Http.Rounds} --connections {Http.Connections}")
        + (OtherProgram is null ? string.Empty : $" --against {Path.GetFileName(OtherProgram)}");
}
