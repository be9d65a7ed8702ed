using System.Diagnostics.CodeAnalysis;
using Sluice.TestSupport.Clocks;

/// <summary>
/// Runs in a program under test before its own code, if <c>DOTNET_STARTUP_HOOKS</c> names this assembly.
/// </summary>
[SuppressMessage("Design", "MA0047", Justification = "The runtime looks for this name, without a namespace.")]
[SuppressMessage("Design", "CA1050", Justification = "The runtime looks for this name, without a namespace.")]
internal static class StartupHook
{
    public static void Initialize()
    {
        var path = Environment.GetEnvironmentVariable(NodeClock.FileVariable)
            ?? throw new InvalidOperationException($"{NodeClock.FileVariable} names no file.");
        new HostClock(new ShiftedTimeProvider(new ClockFile(path))).Install();
    }
}
