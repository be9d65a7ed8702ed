using Spectre.Console;

namespace Sluice.LoadTest.Progress;

/// <summary>Chooses how progress is shown.</summary>
internal static class ProgressDisplay
{
    /// <summary>A bar on a terminal, plain lines where output is collected.</summary>
    public static IProgressDisplay Choose(TimeProvider time)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return Console.IsErrorRedirected || !console.Profile.Capabilities.Ansi
            ? new PlainProgress(Console.Error, time)
            : new TerminalProgress(console);
    }
}
