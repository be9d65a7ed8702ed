using Sluice.Api.Jobs;
using Sluice.Storage.Control.Jobs;

namespace Sluice.Api.Management.Jobs;

/// <summary><c>GET /api/v1/jobs</c></summary>
internal sealed class ListJobs(IEnumerable<IJobWork> works, JobRunStore runs) : ManagementEndpoint<PageQuery>
{
    public override void Configure()
    {
        Get("/jobs");
        Group<JobsEndpoints>();
        Requires(Permission.ReadPlatform);
        Describe("List the scheduled jobs, each with its last run on any node");
        Returns<ListResponse<ListJobsItem>>();
    }

    public override async Task<ApiResult> ExecuteAsync(PageQuery query, CancellationToken ct)
    {
        var last = (await runs.ListAsync(ct)).ToDictionary(static run => run.Name, StringComparer.Ordinal);
        return query.Cut(
            works.OrderBy(static work => work.Name, StringComparer.Ordinal).Select(work => Show(work, last)),
            static job => job.Name);
    }

    private static ListJobsItem Show(IJobWork work, Dictionary<string, JobRun> last) => new(
        work.Name,
        work.Every.TotalSeconds,
        work.OncePerCluster,
        last.GetValueOrDefault(work.Name) is { } run
            ? new ListJobsRun(
                run.Node, run.StartedAt, run.EndedAt, run.SucceededAt, run.Error, run.Done, run.Runs, run.Failures)
            : null);
}

/// <param name="Name">The job's name, such as <c>close-periods</c>.</param>
/// <param name="EverySeconds">The seconds from the end of a run to the start of the next.</param>
/// <param name="OncePerCluster">Whether one node does the work for all; false if all nodes share it.</param>
/// <param name="LastRun">The last run on any node; null before the first.</param>
internal sealed record ListJobsItem(string Name, double EverySeconds, bool OncePerCluster, ListJobsRun? LastRun);

/// <param name="Node">The node that ran it.</param>
/// <param name="StartedAt">When it started, in UTC.</param>
/// <param name="EndedAt">When it ended, in UTC; null while it runs, or if its node died.</param>
/// <param name="SucceededAt">When a run last succeeded, in UTC; null if none has.</param>
/// <param name="Error">Why the last run failed; null if it did not.</param>
/// <param name="Done">How much the last successful run did, such as mails sent or months closed.</param>
/// <param name="Runs">The number of runs.</param>
/// <param name="Failures">The number of runs that failed.</param>
internal sealed record ListJobsRun(
    string Node,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    DateTimeOffset? SucceededAt,
    string? Error,
    long Done,
    long Runs,
    long Failures);
