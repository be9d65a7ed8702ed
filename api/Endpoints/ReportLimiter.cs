using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Sluice.Api.Problems;

namespace Sluice.Api.Endpoints;

/// <summary>
/// Gives each tenant a few places for what reads much: its callers wait for each other, and not the callers of others
/// for them. Who finds no place is refused before anything is read.
/// </summary>
internal sealed class ReportLimiter : IRateLimiterPolicy<long>
{
    public const string Policy = "reports";

    /// <summary>Reports of one tenant that run at the same time.</summary>
    public const int Running = 2;

    /// <summary>Reports of one tenant that wait for one that runs.</summary>
    public const int Waiting = 16;

    public Func<OnRejectedContext, CancellationToken, ValueTask> OnRejected { get; } = static (context, _) =>
    {
        context.HttpContext.Response.Headers.RetryAfter = "1";
        var problem = Problem.Of(
            StatusCodes.Status429TooManyRequests,
            ProblemTypes.TooManyReports,
            "Too many reports at once.",
            $"{Running} reports of a tenant run at the same time, and {Waiting} wait; this one would be one more.");
        return new ValueTask(problem.ExecuteAsync(context.HttpContext));
    };

    /// <summary>The places are the caller's tenant's: nobody takes another's by asking for its reports.</summary>
    public RateLimitPartition<long> GetPartition(HttpContext httpContext)
    {
        var caller = httpContext.Features.Get<Caller>();
        var tenant = caller is { IsOperator: true }
            ? Ids.Read(IdText.Tenant, httpContext.Request.RouteValues["t"] as string ?? "")
            : caller?.TenantId ?? -1;
        return RateLimitPartition.GetConcurrencyLimiter(tenant, static _ => new ConcurrencyLimiterOptions
        {
            PermitLimit = Running,
            QueueLimit = Waiting,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
    }
}
