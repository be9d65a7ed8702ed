using Sluice.TestSupport.Mail;
using Xunit;

namespace Sluice.EndToEnd.Mails;

/// <summary>
/// Compares the mails that the server took with those in the database, these with the transitions, and those with the
/// ledger. Knows nothing of how a node sends.
/// </summary>
internal sealed class MailAudit(Outbox outbox, SmtpServer server, TimeProvider time)
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(20);

    // How many kills found a mail claimed: so often may it have gone out without a record.
    private readonly Dictionary<string, int> _interrupted = [];

    /// <summary>
    /// To be called when a node was killed, before it is back: what it may have been sending may go out once more.
    /// </summary>
    /// <returns>Those mails.</returns>
    public async Task<IReadOnlyList<string>> NoteKillAsync(CancellationToken ct)
    {
        var mails = await outbox.MailsAsync(ct);
        string[] claimed = [.. mails.Where(static mail => mail.Claimed).Select(static mail => mail.MessageId)];
        foreach (var id in claimed)
            _interrupted[id] = _interrupted.GetValueOrDefault(id) + 1;
        return claimed;
    }

    /// <summary>Limits that usage has reached and that have not fired, which is right only for a moment.</summary>
    public async Task<IReadOnlyList<FiredLimit>> MissingAsync(CancellationToken ct) =>
        [.. (await outbox.ReachedAsync(ct)).Except(await outbox.FiredAsync(ct))];

    /// <summary>Waits until every limit that was reached has fired; none may have fired twice, or too early.</summary>
    /// <returns>How many have.</returns>
    public async Task<int> AllFireAsync(CancellationToken ct)
    {
        await BecomesAsync(async () => await MissingAsync(ct) is [], "limits that were reached did not fire", ct);
        Assert.Equal(await outbox.ReachedAsync(ct), await outbox.FiredAsync(ct));
        return (await outbox.FiredAsync(ct)).Count;
    }

    /// <summary>Waits until the server has taken so many mails, repeats included.</summary>
    public Task TakesAsync(int count, CancellationToken ct) =>
        BecomesAsync(() => Task.FromResult(server.TakenCount >= count), "mails did not go out", ct);

    /// <summary>Waits until the mails that are left are in a state.</summary>
    public Task BecomesAsync(Func<IReadOnlyList<MailRow>, bool> state, string otherwise, CancellationToken ct) =>
        BecomesAsync(async () => state(await outbox.MailsAsync(ct)), otherwise, ct);

    /// <summary>The message ids that the server has taken, each with how often.</summary>
    public IReadOnlyDictionary<string, int> Taken() =>
        server.Taken().CountBy(static mail => mail.MessageId).ToDictionary();

    /// <summary>
    /// At the end: one mail for each transition, every one taken at least once, and more often only for a kill; and
    /// nothing that is not in the database.
    /// </summary>
    public async Task CheckAsync(int transitions, CancellationToken ct)
    {
        var mails = await outbox.MailsAsync(ct);
        Assert.Equal(transitions, mails.Count);
        Assert.Equal(transitions, mails.Select(static m => m.TransitionId).OfType<long>().Distinct().Count());
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
