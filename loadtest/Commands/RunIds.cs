using System.Globalization;

namespace Sluice.LoadTest.Commands;

/// <summary>Run ids for runs that were given none.</summary>
internal static class RunIds
{
    /// <summary>Different for every run that starts in another millisecond.</summary>
    public static string New(string command, TimeProvider time) =>
        command + time.GetUtcNow().ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture);
}
