using System.Text;

namespace Sluice.Bench.Reports;

/// <summary>Writes the figures of two builds side by side as Markdown.</summary>
internal static class BuildReport
{
    /// <param name="otherProgram">The program of the other build.</param>
    /// <param name="ratios">In the order of the table.</param>
    public static string Write(string otherProgram, IReadOnlyList<BuildRatio> ratios)
    {
        var text = new StringBuilder("\nThis build against another (").Append(BuildFacts.Describe(otherProgram))
            .Append("), measured in turn in the same run. A ratio is this build's figure to the other's; that of the ")
            .Append("medians, then the lowest and the highest of one round:\n\n")
            .Append("| figure | this build | other build | ratio | of one round |\n|---|--:|--:|--:|--:|\n");
        foreach (var ratio in ratios)
            text.Append(ratio.Write());
        return text.ToString();
    }
}
