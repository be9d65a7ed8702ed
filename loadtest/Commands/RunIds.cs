using System.Globalization;
using Sluice.LoadTest.Events;

namespace Sluice.LoadTest.Commands;

/// <summary>Generates run ids for runs without one.</summary>
internal static class RunIds
{
    /// <summary>
    /// Generates a run id; different for every run that starts in another millisecond, and with that time at its end.
    /// </summary>
    public static string New(string command, TimeProvider time) =>
        command + time.GetUtcNow().ToString(EventIdWriter.StartForm, CultureInfo.InvariantCulture);
}
