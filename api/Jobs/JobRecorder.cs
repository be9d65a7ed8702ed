using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Sluice.Api.Settings;
using Sluice.Storage.Control.Jobs;

namespace Sluice.Api.Jobs;

/// <summary>
/// Decides whose turn it is to run a job, and records the result: in the store for people, as metrics for machines.
/// </summary>
internal sealed class JobRecorder(
    JobRunStore runs, JobMetrics metrics, IOptions<SluiceOptions> options, TimeProvider time)
{
    /// <summary>How often a shared run that found nothing to do is recorded, to show that it is alive.</summary>
    private static readonly TimeSpan IdleNote = TimeSpan.FromSeconds(10);

    // When this node last recorded a shared run; the store need not be asked for that every second.
    private readonly ConcurrentDictionary<string, long> _notedAt = new(StringComparer.Ordinal);

    private string Node => options.Value.Node.Length == 0
        ? Environment.MachineName
        : $"{Environment.MachineName}/{options.Value.Node}";

    /// <summary>
    /// Takes the lock of work that one node in the cluster does; null while another node does it or has just done it.
    /// </summary>
    public async Task<IAsyncDisposable?> TryTurnAsync(IJobWork work, CancellationToken ct)
    {
        var turn = await runs.TryLockAsync(work.Name, ct);
        if (turn is null || !await WasJustDoneAsync(work, ct))
            return turn;
        await turn.DisposeAsync();
        return null;
    }

    /// <summary>Does the work and records the result; a failure of the work does not throw.</summary>
    /// <returns>Whether the work succeeded.</returns>
    public async Task<bool> RecordAsync(
        IJobWork work, Func<CancellationToken, Task<(long Done, string? Error)>> run, CancellationToken ct)
    {
        var noted = work.OncePerCluster || IsNoteDue(work);
        var startedAt = time.GetUtcNow();
        if (noted)
            await runs.BeginAsync(work.Name, Node, startedAt, ct);
        var from = time.GetTimestamp();
        var (done, error) = await run(ct);
        metrics.Ran(work.Name, time.GetElapsedTime(from), done, error is not null);
        var matters = done > 0 || error is not null;
        if (!noted && matters)
            await runs.BeginAsync(work.Name, Node, startedAt, ct);
        if (!noted && !matters)
            return true;
        await runs.EndAsync(work.Name, time.GetUtcNow(), done, error, ct);
        _notedAt[work.Name] = time.GetTimestamp();
        return error is null;
    }

    /// <summary>
    /// Whether another node has just done the work: its schedule has the same interval, only at other moments.
    /// </summary>
    private async Task<bool> WasJustDoneAsync(IJobWork work, CancellationToken ct)
    {
        if (await runs.FindDoneAsync(work.Name, ct) is not { } started)
            return false;
        var ago = time.GetUtcNow() - started;

        // A start in the future was recorded before the clock was set back, and says nothing.
        return ago >= TimeSpan.Zero && ago < work.Every / 2;
    }

    private bool IsNoteDue(IJobWork work) =>
        !_notedAt.TryGetValue(work.Name, out var noted) || time.GetElapsedTime(noted) > IdleNote;
}
