using Xunit;

namespace Sluice.Engine.Nodes;

/// <summary>Waits for what other threads bring about; the test's own timeout ends it.</summary>
internal static class Until
{
    public static async Task TrueAsync(Func<Task<bool>> condition)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!await condition())
            await pace.WaitForNextTickAsync(TestContext.Current.CancellationToken);
    }

    public static Task TrueAsync(Func<bool> condition) => TrueAsync(() => Task.FromResult(condition()));
}
