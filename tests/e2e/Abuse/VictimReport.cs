using System.Globalization;
using Sluice.EndToEnd.Traffic;

namespace Sluice.EndToEnd.Abuse;

/// <summary>What the victim's clients saw while something went on.</summary>
internal sealed class VictimReport(
    string name, IReadOnlyList<Attempt> attempts, IReadOnlyList<Probe> probes, TimeProvider time)
{
    private readonly TimeSpan[] _latencies =
        [.. attempts.Select(a => time.GetElapsedTime(a.SentAt, a.AnsweredAt)).Order()];

    public int Count => attempts.Count;

    /// <summary>Requests that were not counted, whatever the answer.</summary>
    public IReadOnlyList<Attempt> Failures => [.. attempts.Where(static a => !a.Acknowledged)];

    /// <summary>What the victim did besides, and could not.</summary>
    public IReadOnlyList<Probe> FailedProbes => [.. probes.Where(static p => p.Failure is not null)];

    /// <summary>The kinds of what it did besides.</summary>
    public IReadOnlyCollection<string> Probed => [.. probes.Select(static p => p.What).Distinct()];

    public TimeSpan P99 => Percentile(99);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{name}: {Count} requests, {Failures.Count} failed, p50 {Percentile(50).TotalMilliseconds:F1}, "
        + $"p99 {P99.TotalMilliseconds:F1}, longest {Percentile(100).TotalMilliseconds:F1} ms; {SlowestProbes}");

    private string SlowestProbes => string.Join(
        ", ", probes.GroupBy(static p => p.What).Select(static kind => kind.MaxBy(static p => p.Took)));

    private TimeSpan Percentile(double percent) =>
        _latencies.Length == 0 ? default : _latencies[(int)((_latencies.Length - 1) * percent / 100)];
}
