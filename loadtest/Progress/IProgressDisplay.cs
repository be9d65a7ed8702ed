using Sluice.LoadTest.Runs;

namespace Sluice.LoadTest.Progress;

/// <summary>Shows a run while it runs, on standard error: standard output is for results.</summary>
internal interface IProgressDisplay
{
    /// <summary>Runs <paramref name="work"/>, which reports its progress.</summary>
    Task<RunResult> ShowAsync(string title, Func<Action<RunProgress>, Task<RunResult>> work);
}
