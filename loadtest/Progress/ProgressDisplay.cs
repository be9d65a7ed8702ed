using Spectre.Console;

namespace Sluice.LoadTest.Progress;

/// <summary>Chooses how to show progress.</summary>
internal static class ProgressDisplay
{
    /// <summary>Returns a bar on a terminal, plain lines if output is redirected.</summary>
    public static IProgressDisplay Choose(TimeProvider time)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return Console.IsErrorRedirected || !console.Profile.Capabilities.Ansi
            ? new PlainProgress(Console.Error, time)
            : new TerminalProgress(console);
    }
}
