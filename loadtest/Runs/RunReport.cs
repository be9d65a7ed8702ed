using System.Globalization;

namespace Sluice.LoadTest.Runs;

/// <summary>Formats a run's result as text.</summary>
internal static class RunReport
{
    public static void Print(TextWriter output, RunResult result)
    {
        var tally = result.Tally;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"events      {tally.Events:N0} in {result.Elapsed.TotalSeconds:0.0} s, {result.EventsPerSecond:N0}/s"));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"counted     {tally.Counted:N0}, {tally.CountedTokens:N0} text_tokens"));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"duplicates  {tally.Duplicates:N0}, {tally.DuplicateTokens:N0} text_tokens not counted again"));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"refused     {tally.Refused:N0}"));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"retried     {tally.Retried:N0}, unanswered {tally.Unanswered:N0}, failed {tally.Failed:N0}"));
        output.WriteLine($"latency     {result.Latency}");
        if (tally.FirstFailure is not null)
            output.WriteLine($"first failure: {tally.FirstFailure}");
        if (result.Interrupted)
            output.WriteLine("Interrupted before the end.");
    }
}
