using System.Globalization;
using Sluice.LoadTest.Runs;

namespace Sluice.LoadTest.Progress;

/// <summary>Prints one line every few seconds: readable in a log, bounded in a long run.</summary>
internal sealed class PlainProgress(TextWriter writer, TimeProvider time) : IProgressDisplay
{
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(2);

    public async Task<RunResult> ShowAsync(string title, Func<Action<RunProgress>, Task<RunResult>> work)
    {
        var last = time.GetTimestamp();
        return await work(progress =>
        {
            var isOver = progress.Fraction >= 1;
            if (!isOver && time.GetElapsedTime(last) < LineEvery)
                return;
            last = time.GetTimestamp();
            var percent = (progress.Fraction * 100).ToString("0", CultureInfo.InvariantCulture);
            writer.WriteLine($"{title} {percent,3} %  {ProgressLine.Of(progress)}");
        });
    }
}
