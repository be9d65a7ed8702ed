using System.Globalization;
using Sluice.LoadTest.Runs;

namespace Sluice.LoadTest.Progress;

/// <summary>Formats a run's progress as text.</summary>
internal static class ProgressLine
{
    public static string Of(in RunProgress progress) => string.Create(
        CultureInfo.InvariantCulture,
        $"{progress.Events:N0} events, {progress.EventsPerSecond:N0}/s, {progress.Refused:N0} refused, "
        + $"{progress.Retried:N0} retried");
}
