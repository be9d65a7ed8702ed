using System.Globalization;
using Sluice.EndToEnd.Traffic;

namespace Sluice.EndToEnd.Abuse;

/// <summary>What the victim's clients saw while something went on.</summary>
internal sealed class VictimReport(string name, IReadOnlyList<Attempt> attempts, TimeProvider time)
{
    private readonly TimeSpan[] _latencies =
        [.. attempts.Select(a => time.GetElapsedTime(a.SentAt, a.AnsweredAt)).Order()];

    public int Count => attempts.Count;

    /// <summary>Requests that were not counted, whatever the answer.</summary>
    public IReadOnlyList<Attempt> Failures => [.. attempts.Where(static a => !a.Acknowledged)];

    public TimeSpan P99 => Percentile(99);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{name}: {Count} requests, {Failures.Count} failed, p50 {Percentile(50).TotalMilliseconds:F1}, "
        + $"p99 {P99.TotalMilliseconds:F1}, longest {Percentile(100).TotalMilliseconds:F1} ms");

    private TimeSpan Percentile(double percent) =>
        _latencies.Length == 0 ? default : _latencies[(int)((_latencies.Length - 1) * percent / 100)];
}
