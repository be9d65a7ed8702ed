using System.Diagnostics;

namespace Sluice.Api.Tests.Hosting;

/// <summary>Polls for an answer that is known to come: numbers that are at most a second old.</summary>
internal static class Eventually
{
    /// <summary>
    /// How long to poll; after that the last answer counts, and the caller's assertion fails with it.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>The pause between polls, so that polling does not delay the answer.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Polls until the value is as expected; returns the last value.</summary>
    public static Task<T> IsAsync<T>(Func<Task<T>> ask, T expected) =>
        BecomesAsync(ask, value => EqualityComparer<T>.Default.Equals(value, expected));

    /// <summary>Polls until the value meets a condition; returns the last value.</summary>
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
