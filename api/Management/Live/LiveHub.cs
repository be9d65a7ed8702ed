namespace Sluice.Api.Management.Live;

/// <summary>
/// The listeners of this node. A tenant with any is polled once a second, however many there are; one without is not
/// polled at all.
/// </summary>
internal sealed partial class LiveHub(
    LiveSource source,
    LiveMetrics metrics,
    IHostApplicationLifetime life,
    TimeProvider time,
    ILogger<LiveHub> logger)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, LiveFeed> _feeds = [];
    private int _listeners;

    /// <summary>Adds a listener. Refused if there are too many on this node, or of this tenant.</summary>
    public Result<LiveListener> Join(long tenantId)
    {
        lock (_gate)
        {
            var feed = _feeds.GetValueOrDefault(tenantId);
            if (_listeners >= LiveBounds.NodeMax || feed?.Listeners >= LiveBounds.TenantMax)
            {
                metrics.Refused();
                return new Error.TooMany(
                    "listeners",
                    $"A node has at most {LiveBounds.NodeMax} listeners, {LiveBounds.TenantMax} of them of one tenant. "
                    + "Close streams that are not read any more, or poll the state.");
            }

            if (feed is null)
                _feeds.Add(tenantId, feed = Start(tenantId));
            feed.Listeners++;
            metrics.Joined();
            _listeners++;
            return new LiveListener(this, feed);
        }
    }

    internal void Leave(LiveFeed feed)
    {
        lock (_gate)
        {
            _listeners--;
            feed.Listeners--;
        }

        metrics.Left();
    }

    private LiveFeed Start(long tenantId)
    {
        var feed = new LiveFeed(tenantId);
        // The polls belong to no request, and must not be traced as part of the one that happened to come first. They
        // stay in its lane, where they wait, like everything there, without a thread.
        using (ExecutionContext.SuppressFlow())
            _ = PollAsync(feed);
        return feed;
    }

    private async Task PollAsync(LiveFeed feed)
    {
        // Not within the lock of the listener that comes first.
        await Task.Yield();
        Exception? failure = null;
        try
        {
            failure = await PollAsync(feed, life.ApplicationStopping);
        }
        catch (OperationCanceledException) when (life.ApplicationStopping.IsCancellationRequested)
        {
            // The node stops, and with it all streams.
        }
#pragma warning disable CA1031 // Nothing awaits the polls; the listener that waits for the first answers with it.
        catch (Exception e)
        {
            failure = e;
            PollBroke(logger, e);
        }
#pragma warning restore CA1031
        finally
        {
            // Forgotten first: a listener that comes now gets a feed of its own.
            lock (_gate)
                Forget(feed);
            feed.End(failure);
        }
    }

    /// <summary>
    /// Polls until there is no listener any more, the tenant is gone, or the state can't be read; returns why it can't,
    /// or null.
    /// </summary>
    private async Task<Exception?> PollAsync(LiveFeed feed, CancellationToken stop)
    {
        var failures = 0;
        while (IsWanted(feed))
        {
            try
            {
                if (await ReadAsync(feed, stop) is not { } states)
                    return null;
                feed.Publish(states);
                failures = 0;
            }
            catch (Exception e) when (LiveFailures.AreExpected(e) && !stop.IsCancellationRequested)
            {
                var hasBegun = feed.Look().Latest is not null;
                PollFailed(logger, Ids.Tenant(feed.TenantId), e.Message);
                if (!hasBegun || ++failures >= LiveBounds.FailuresMax)
                    return e is OperationCanceledException ? new TimeoutException("The poll took too long.", e) : e;
                feed.Wake();
            }

            await Task.Delay(LiveBounds.PollEvery, time, stop);
        }

        return null;
    }

    /// <summary>Reads the state; a listener has more to do than to wait for it, and is woken all the same.</summary>
    private async Task<IReadOnlyList<(string ScopeId, byte[] Json)>?> ReadAsync(LiveFeed feed, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(LiveBounds.PollMax, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        var reading = source.ReadAsync(feed.TenantId, both.Token);
        // Not cancelled with the node, because a wait that has ended would be no wait; the read is.
        while (await Task.WhenAny(reading, Task.Delay(LiveBounds.PollEvery, time, CancellationToken.None)) != reading)
            feed.Wake();
        return await reading;
    }

    /// <summary>
    /// Whether the feed has a listener. If not, it is forgotten at once: one that comes now starts another.
    /// </summary>
    private bool IsWanted(LiveFeed feed)
    {
        lock (_gate)
        {
            if (feed.Listeners == 0)
                Forget(feed);
            return feed.Listeners > 0;
        }
    }

    private void Forget(LiveFeed feed)
    {
        if (_feeds.GetValueOrDefault(feed.TenantId) == feed)
            _feeds.Remove(feed.TenantId);
    }

    [LoggerMessage(1541, LogLevel.Warning, "Live state of tenant {Tenant} could not be read: {Reason}")]
    private static partial void PollFailed(ILogger logger, string tenant, string reason);

    [LoggerMessage(1542, LogLevel.Error, "Polling live state failed unexpectedly; its streams end")]
    private static partial void PollBroke(ILogger logger, Exception exception);
}
