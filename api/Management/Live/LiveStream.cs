using Microsoft.AspNetCore.Http.Features;

namespace Sluice.Api.Management.Live;

/// <summary>
/// The answer of one listener, which ends when its credential or its tenant does, or when the node stops. Between two
/// events it waits for the next poll of its tenant, without a thread or a timer of its own.
/// </summary>
internal sealed class LiveStream(
    LiveListener listener, LiveRights rights, Caller caller, LiveSight sight, TimeProvider time) : IResult
{
    /// <summary>The type of a stream of server-sent events.</summary>
    public const string ContentType = "text/event-stream";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var life = httpContext.RequestServices.GetRequiredService<IHostApplicationLifetime>();
        // A reader that takes nothing must not delay the end of the node.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(
            httpContext.RequestAborted, life.ApplicationStopping);
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-store";
        // Else a proxy such as nginx would keep events until it has enough of them.
        response.Headers["X-Accel-Buffering"] = "no";
        httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        using (listener)
        {
            try
            {
                await SendAllAsync(new LiveEvents(response.BodyWriter), stop.Token);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // The listener has left, or the node stops.
            }
        }
    }

    private async Task SendAllAsync(LiveEvents events, CancellationToken ct)
    {
        var (seen, checkedAt, sentAt) = (sight, time.GetTimestamp(), time.GetTimestamp());
        while (true)
        {
            // The tick is taken together with the snapshot: one that is published now ends it.
            var (latest, hasEnded, tick) = listener.Feed.Look();
            if (hasEnded)
                return;
            if (time.GetElapsedTime(checkedAt) >= LiveBounds.CheckEvery)
            {
                if (await rights.CheckAsync(caller.Credential, listener.Feed.TenantId, ct) is not { } now)
                    return;
                (seen, checkedAt) = (now, time.GetTimestamp());
            }

            if (latest is not null && await events.SendAsync(latest, seen, ct))
            {
                sentAt = time.GetTimestamp();
            }
            else if (time.GetElapsedTime(sentAt) >= LiveBounds.SilenceMax)
            {
                await events.KeepAliveAsync(ct);
                sentAt = time.GetTimestamp();
            }

            await tick.WaitAsync(ct);
        }
    }
}
