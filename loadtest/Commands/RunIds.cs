using System.Globalization;

namespace Sluice.LoadTest.Commands;

/// <summary>Generates run ids for runs without one.</summary>
internal static class RunIds
{
    /// <summary>Generates a run id; different for every run that starts in another millisecond.</summary>
    public static string New(string command, TimeProvider time) =>
        command + time.GetUtcNow().ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture);
}
