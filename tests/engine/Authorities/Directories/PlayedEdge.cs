using System.Threading.Channels;
using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Messages;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Xunit;

namespace Sluice.Engine.Authorities.Directories;

/// <summary>
/// The edge of one session as authorities see it: it sends what the test wants, and keeps what it receives.
/// </summary>
internal sealed class PlayedEdge(SessionId session) : IEdgeEndpoint
{
    /// <summary>Tokens of July 2026, the month of the tests' clock.</summary>
    public static readonly CounterId Tokens = new(MetricId.TextTokens, PeriodKey.Month(2026, 7));

    /// <summary>After how long a request is repeated, because an authority may leave one unanswered.</summary>
    private static readonly TimeSpan AgainAfter = TimeSpan.FromMilliseconds(200);

    private readonly Channel<LimitsPush> _pushes = Channel.CreateUnbounded<LimitsPush>();
    private readonly Channel<Recall> _recalls = Channel.CreateUnbounded<Recall>();
    private readonly Channel<string> _orders = Channel.CreateUnbounded<string>();
    private long _sequence;

    public SessionId Session => session;

    /// <summary>The version of the limits that this edge reports to follow.</summary>
    public long LimitVersion { get; set; }

    /// <summary>The highest epoch that it reports to know.</summary>
    public long Epoch { get; set; }

    public long Granted { get; private set; }

    public long Used { get; set; }

    public long Returned { get; set; }

    public long RecallFollowed { get; set; }

    /// <summary>The task that must complete before revocations and price changes are confirmed.</summary>
    public Task Confirms { get; set; } = Task.CompletedTask;

    /// <summary>Limits as they are pushed.</summary>
    public ChannelReader<LimitsPush> Pushes => _pushes.Reader;

    public ChannelReader<Recall> Recalls => _recalls.Reader;

    /// <summary>Revocations and price changes, each as a text, as they arrive.</summary>
    public ChannelReader<string> Orders => _orders.Reader;

    public void OnLimits(LimitsPush push) => _pushes.Writer.TryWrite(push);

    public void OnRecall(Recall recall) => _recalls.Writer.TryWrite(recall);

    public void OnHoldEnded(Guid reservationId) => _orders.Writer.TryWrite($"hold {reservationId}");

    public Task ApplyAsync(NodeChange change, CancellationToken ct) => ObeyAsync(change switch
    {
        NodeChange.Keys keys => $"keys {string.Join(' ', keys.Ids)}",
        NodeChange.Tenant tenant => $"tenant {tenant.Id}",
        _ => "rates",
    });

    /// <summary>Attaches to a scope, and follows the limits that it receives.</summary>
    public async Task AttachAsync(IAuthorityDirectory directory, ScopeId scope)
    {
        await AskAsync(directory, scope, attach: true);
        await AskAsync(directory, scope);
    }

    /// <summary>
    /// Reports and asks until an authority answers, and follows the answer. Asks again while rights are out of reach,
    /// as edges do: on a slow machine a session of an earlier test may not be settled yet.
    /// </summary>
    public async Task<SyncReply> AskAsync(
        IAuthorityDirectory directory, ScopeId scope, long need = 0, bool attach = false)
    {
        while (true)
        {
            var answer = SayAsync(directory, scope, need, attach);
            await Task.WhenAny(answer, Task.Delay(AgainAfter, TestContext.Current.CancellationToken));
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            if (!answer.IsCompleted || await answer is not { } reply)
                continue;
            if (reply.Outcome == SyncOutcome.Answered)
            {
                Hear(reply);
                if (reply.Lines.Any(static line => line.Verdict == LeaseVerdict.Stranded))
                    continue;
                return reply;
            }

            _sequence = Math.Max(_sequence, reply.KnownSequence);
        }
    }

    /// <summary>Reports and asks once; the test sees the result.</summary>
    public Task<SyncReply?> SayAsync(
        IAuthorityDirectory directory, ScopeId scope, long need = 0, bool attach = false) =>
        directory.SyncAsync(
            new SyncRequest(
                session, scope, Interlocked.Increment(ref _sequence), LimitVersion, Epoch, attach, false,
                attach ? [] : [Report(need)]),
            TestContext.Current.CancellationToken);

    private CounterReport Report(long need) => new(
        Tokens, Used, 0, Returned, Granted, 0, 0, 0, need, false, RecallFollowed, 0);

    private void Hear(SyncReply reply)
    {
        Epoch = Math.Max(Epoch, reply.Epoch);
        LimitVersion = Math.Max(LimitVersion, reply.Limits.Version);
        foreach (var line in reply.Lines)
        {
            if (line.GrantedUnits > Granted)
                RecallFollowed = 0;
            Granted = Math.Max(Granted, line.GrantedUnits);
        }
    }

    private Task ObeyAsync(string order)
    {
        _orders.Writer.TryWrite(order);
        return Confirms;
    }
}
