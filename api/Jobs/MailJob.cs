using System.Collections.Concurrent;
using Sluice.Api.Mail;
using Sluice.Storage.Mail;

namespace Sluice.Api.Jobs;

/// <summary>
/// Sends the mails that are due, together with the other nodes: each claims some, sends them, and writes down what
/// became of them. A node that dies in between leaves mails that are due again when its lease has ended.
/// </summary>
internal sealed class MailJob : IJobWork
{
    /// <summary>Mails sent at the same time, each over a connection of its own.</summary>
    private const int LanesMax = 4;

    /// <summary>Mails claimed at a time: few, for those of a node that dies wait until the lease is over.</summary>
    private const int BatchMax = LanesMax;

    /// <summary>More than a mail can take, which has at most a minute.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(75);

    private readonly IMailQueue _queue;
    private readonly MailSender _sender;
    private readonly MailMetrics _metrics;

    public MailJob(IMailQueue queue, MailSender sender, MailMetrics metrics, ILogger<MailJob> logger)
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
            // Whether a server that was away is back, one mail finds out.
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
            // What the pause or the end of the node has left is due at once, here or elsewhere.
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
