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

/// <param name="EverySeconds">The time from the end of a run to the start of the next.</param>
/// <param name="OncePerCluster">False if all nodes share the work.</param>
/// <param name="LastRun">The last run; null before the first.</param>
internal sealed record ListJobsItem(string Name, double EverySeconds, bool OncePerCluster, ListJobsRun? LastRun);

/// <param name="Node">The node that ran it.</param>
/// <param name="EndedAt">When it ended; null while it runs, or if its node died.</param>
/// <param name="SucceededAt">When a run last succeeded.</param>
/// <param name="Error">Why the last one failed.</param>
/// <param name="Done">What the last successful run did: mails sent, months closed.</param>
internal sealed record ListJobsRun(
    string Node,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    DateTimeOffset? SucceededAt,
    string? Error,
    long Done,
    long Runs,
    long Failures);
