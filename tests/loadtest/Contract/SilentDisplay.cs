using Sluice.LoadTest.Progress;
using Sluice.LoadTest.Runs;

namespace Sluice.LoadTest.Tests.Contract;

/// <summary>Shows nothing.</summary>
internal sealed class SilentDisplay : IProgressDisplay
{
    public Task<RunResult> ShowAsync(string title, Func<Action<RunProgress>, Task<RunResult>> work) =>
        work(_ => { });
}
