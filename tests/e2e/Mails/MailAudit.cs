using Sluice.TestSupport.Mail;
using Xunit;

namespace Sluice.EndToEnd.Mails;

/// <summary>
/// Compares the mails that the server received with those in the database, these with the threshold events, and
/// those with the ledger. Knows nothing of how a node sends.
/// </summary>
internal sealed class MailAudit(Outbox outbox, MailServer server, TimeProvider time)
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(20);

    // How many kills found a mail claimed: it may have been sent that often without a record.
    private readonly Dictionary<string, int> _interrupted = [];

    /// <summary>
    /// Notes the mails that a killed node may have been sending, because they may be sent once more. To be called after
    /// a kill, before the node is back.
    /// </summary>
    /// <returns>The ids of those mails.</returns>
    public async Task<IReadOnlyList<string>> NoteKillAsync(CancellationToken ct)
    {
        var mails = await outbox.MailsAsync(ct);
        string[] claimed = [.. mails.Where(static mail => mail.Claimed).Select(static mail => mail.MessageId)];
        foreach (var id in claimed)
            _interrupted[id] = _interrupted.GetValueOrDefault(id) + 1;
        return claimed;
    }

    /// <summary>
    /// Returns limits that usage has reached and that have not fired, which is right only for a moment.
    /// </summary>
    public async Task<IReadOnlyList<FiredLimit>> MissingAsync(CancellationToken ct) =>
        [.. (await outbox.ReachedAsync(ct)).Except(await outbox.FiredAsync(ct))];

    /// <summary>Waits until every limit that was reached has fired; none may have fired twice, or too early.</summary>
    /// <returns>The number of limits that have fired.</returns>
    public async Task<int> AllFireAsync(CancellationToken ct)
    {
        await BecomesAsync(async () => await MissingAsync(ct) is [], "limits that were reached did not fire", ct);
        Assert.Equal(await outbox.ReachedAsync(ct), await outbox.FiredAsync(ct));
        return (await outbox.FiredAsync(ct)).Count;
    }

    /// <summary>Waits until the server has received a number of mails, repeats included.</summary>
    public Task TakesAsync(int count, CancellationToken ct) =>
        BecomesAsync(() => Task.FromResult(server.TakenCount >= count), "mails did not go out", ct);

    /// <summary>Waits until the remaining mails are in a state.</summary>
    public Task BecomesAsync(Func<IReadOnlyList<MailRow>, bool> state, string otherwise, CancellationToken ct) =>
        BecomesAsync(async () => state(await outbox.MailsAsync(ct)), otherwise, ct);

    /// <summary>Returns the message ids that the server has received, each with how often.</summary>
    public IReadOnlyDictionary<string, int> Taken() =>
        server.Taken().CountBy(static mail => mail.MessageId).ToDictionary();

    /// <summary>
    /// Checks at the end that there is one mail for each threshold event, received at least once, and more often only
    /// because of a kill; and that the server received nothing that is not in the database.
    /// </summary>
    public async Task CheckAsync(int thresholdEvents, CancellationToken ct)
    {
        var mails = await outbox.MailsAsync(ct);
        Assert.Equal(thresholdEvents, mails.Count);
        Assert.Equal(thresholdEvents, mails.Select(static m => m.ThresholdEventId).OfType<long>().Distinct().Count());
        Assert.All(mails, static mail => Assert.True(mail.IsSent, mail.ToString()));
        var taken = Taken();
        Assert.Empty(taken.Keys.Except(mails.Select(static m => m.MessageId)));
        Assert.All(mails, mail => Assert.InRange(
            taken.GetValueOrDefault(mail.MessageId), 1, 1 + _interrupted.GetValueOrDefault(mail.MessageId)));
    }

    private async Task BecomesAsync(Func<Task<bool>> state, string otherwise, CancellationToken ct)
    {
        try
        {
            while (!await state())
                await Task.Delay(PollEvery, time, ct);
        }
        catch (OperationCanceledException late)
        {
            var mails = await outbox.MailsAsync(CancellationToken.None);
            var missing = await MissingAsync(CancellationToken.None);
            throw new TimeoutException(
                $"{otherwise}; {mails.Count} mails, {mails.Count(static m => m.IsSent)} sent, "
                    + $"{mails.Count(static m => m.Claimed)} claimed, {server.TakenCount} taken; "
                    + $"{missing.Count} limits missing {string.Join(',', missing.Take(1))}",
                late);
        }
    }
}
