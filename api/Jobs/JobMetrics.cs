using System.Diagnostics.Metrics;

namespace Sluice.Api.Jobs;

/// <summary>
/// Metrics of this process's jobs: meter <c>Sluice.Jobs</c>, each instrument with the tag <c>job</c>.
/// </summary>
internal sealed class JobMetrics
{
    public const string MeterName = "Sluice.Jobs";

    private readonly Counter<long> _runs;
    private readonly Counter<long> _done;
    private readonly Histogram<double> _seconds;

    public JobMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _runs = meter.CreateCounter<long>("sluice.job.runs", description: "Runs, by outcome: done, failed");
        _done = meter.CreateCounter<long>("sluice.job.done", description: "What the runs did: mails sent, …");
        _seconds = meter.CreateHistogram<double>("sluice.job.duration", "s", "How long runs took");
    }

    public void Ran(string job, TimeSpan took, long done, bool failed)
    {
        var name = KeyValuePair.Create<string, object?>("job", job);
        _runs.Add(1, name, KeyValuePair.Create<string, object?>("outcome", failed ? "failed" : "done"));
        _done.Add(done, name);
        _seconds.Record(took.TotalSeconds, name);
    }
}
