using System.Diagnostics;

namespace Sluice.Api.Tests.Hosting;

/// <summary>Asks again until an answer is there that is known to come: numbers that are at most a second old.</summary>
internal static class Eventually
{
    /// <summary>After this the last answer counts, and the caller's assertion fails with it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Between questions, so that asking does not hold up what is asked for.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>The value once it is as expected, else the last one.</summary>
    public static Task<T> IsAsync<T>(Func<Task<T>> ask, T expected) =>
        BecomesAsync(ask, value => EqualityComparer<T>.Default.Equals(value, expected));

    /// <summary>The value once it is as wanted, else the last one.</summary>
    public static async Task<T> BecomesAsync<T>(Func<Task<T>> ask, Predicate<T> wanted)
    {
        var since = Stopwatch.GetTimestamp();
        using var pause = new PeriodicTimer(Pause);
        while (true)
        {
            var value = await ask();
            if (wanted(value) || Stopwatch.GetElapsedTime(since) > Patience)
                return value;
            await pause.WaitForNextTickAsync();
        }
    }
}
