using System.Collections.Concurrent;
using Sluice.Api.Mail;
using Sluice.Storage.Outbox.Mail;

namespace Sluice.Api.Jobs;

/// <summary>
/// Sends the mails that are due, together with the other nodes: each claims some, sends them, and records the results.
/// If a node dies in between, its mails are due again when its lease has ended.
/// </summary>
internal sealed class MailJob : IJobWork
{
    /// <summary>The number of mails sent at the same time, each over a connection of its own.</summary>
    private const int LanesMax = 4;

    /// <summary>
    /// The number of mails claimed at a time: few, because those of a node that dies wait until the lease ends.
    /// </summary>
    private const int BatchMax = LanesMax;

    /// <summary>The lease of a claimed mail: longer than a mail can take, which is at most a minute.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(75);

    private readonly MailQueue _queue;
    private readonly MailSender _sender;
    private readonly MailMetrics _metrics;

    public MailJob(MailQueue queue, MailSender sender, MailMetrics metrics, ILogger<MailJob> logger)
    {
        (_queue, _sender, _metrics) = (queue, sender, metrics);
        if (!sender.HasServer)
            MailLog.NoServer(logger);
    }

    public string Name => "mail";

    public TimeSpan Every => TimeSpan.FromSeconds(1);

    public bool OncePerCluster => false;

    public string? WokenBy => "mail";

    public async Task<long> RunAsync(CancellationToken ct)
    {
        var sent = 0L;
        while (_sender.HasServer && !_sender.Pause.Lasts)
        {
            // After an outage, one mail probes whether the server is back.
            var limit = _sender.Pause.Length > TimeSpan.Zero ? 1 : BatchMax;
            var mails = await _queue.ClaimAsync(limit, Lease, ct);
            if (mails.Count == 0)
                break;
            sent += await SendAsync(mails, ct);
        }

        _metrics.Oldest(await _queue.OldestAsync(ct));
        return sent;
    }

    private async Task<long> SendAsync(IReadOnlyList<OutgoingMail> mails, CancellationToken ct)
    {
        var waiting = new ConcurrentQueue<OutgoingMail>(mails);
        var unsent = new ConcurrentBag<long>();
        var sent = 0L;
        try
        {
            await Task.WhenAll(Enumerable.Range(0, Math.Min(LanesMax, mails.Count)).Select(_ => DrainAsync()));
        }
        finally
        {
            // Mails left over by the pause or the node's shutdown are due at once, here or elsewhere.
            long[] left = [.. unsent, .. waiting.Select(static mail => mail.Id)];
            if (left.Length > 0)
                await _queue.GiveBackAsync(left, CancellationToken.None);
        }

        return sent;

        async Task DrainAsync()
        {
            while (!ct.IsCancellationRequested && !_sender.Pause.Lasts && waiting.TryDequeue(out var mail))
            {
                try
                {
                    if (await _sender.SendAsync(mail, ct))
                        Interlocked.Increment(ref sent);
                }
                catch (OperationCanceledException)
                {
                    unsent.Add(mail.Id);
                    throw;
                }
            }
        }
    }
}
