using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace Sluice.Api.Endpoints;

/// <summary>
/// Gives each tenant a few places for what reads much: its callers wait for each other, and not the callers of others
/// for them. Who finds no place is refused before anything is read.
/// </summary>
internal sealed class PlaceLimiter : IRateLimiterPolicy<long>
{
    /// <summary>Usage over months, statements, exports: they read for seconds.</summary>
    public static readonly PlaceLimiter Reports = new("reports", running: 2, waiting: 16);

    /// <summary>
    /// Live state: shorter than reports, and pages ask for it several times, so it has places of its own.
    /// </summary>
    public static readonly PlaceLimiter State = new("state-reads", running: 2, waiting: 32);

    private readonly int _running;
    private readonly int _waiting;

    private PlaceLimiter(string name, int running, int waiting)
    {
        (Name, _running, _waiting) = (name, running, waiting);
        var what = name.Replace('-', ' ');
        var refusal = ApiResult.Failure(new Error.TooMany(
            name,
            $"{running} {what} of a tenant run at the same time, and {waiting} wait; this one would be one more.",
            RetryAfterSeconds: 1));
        OnRejected = (context, _) => new ValueTask(refusal.ExecuteAsync(context.HttpContext));
    }

    /// <summary>The name of the policy: what has the places.</summary>
    public string Name { get; }

    public Func<OnRejectedContext, CancellationToken, ValueTask>? OnRejected { get; }

    public static void Add(RateLimiterOptions limiter)
    {
        limiter.AddPolicy(Reports.Name, Reports);
        limiter.AddPolicy(State.Name, State);
    }

    /// <summary>The places are the caller's tenant's: nobody takes another's by asking for its reports.</summary>
    public RateLimitPartition<long> GetPartition(HttpContext httpContext) =>
        RateLimitPartition.GetConcurrencyLimiter(Caller.TenantOf(httpContext), _ => new ConcurrencyLimiterOptions
        {
            PermitLimit = _running,
            QueueLimit = _waiting,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
}
