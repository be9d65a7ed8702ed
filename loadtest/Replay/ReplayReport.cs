using System.Globalization;
using Sluice.LoadTest.Runs;

namespace Sluice.LoadTest.Replay;

/// <summary>Formats a replay's result as text.</summary>
internal static class ReplayReport
{
    public static void Print(TextWriter output, ReplayOptions options, RunResult result, int acknowledgedRows)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"run id      {options.Plan.RunId} (state in {options.StatePath}), {acknowledgedRows:N0} rows so far"));
        RunReport.Print(output, result);
    }
}
