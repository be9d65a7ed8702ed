namespace Sluice.LoadTest.Settings;

/// <summary>The exit codes of commands.</summary>
internal static class ExitCode
{
    /// <summary>Everything sent is accounted for.</summary>
    public const int Exact = 0;

    /// <summary>A difference, a failed or an unanswered request.</summary>
    public const int Different = 1;

    /// <summary>The run could not start: settings, files, a refused setup call.</summary>
    public const int NotStarted = 2;

    /// <summary>Stopped by a signal (128 + SIGINT).</summary>
    public const int Interrupted = 130;
}
