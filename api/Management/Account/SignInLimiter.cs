using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Sluice.Api.Problems;
using Sluice.Engine.Keys;

namespace Sluice.Api.Management.Account;

/// <summary>Limits sign-in attempts, because hashing passwords is expensive on purpose.</summary>
internal static class SignInLimiter
{
    public const string Policy = "sign-in";

    // A core hashes twice as many. Of a burst, those that find no place among the waiting checks are refused too.
    private const int Burst = 200;
    private const int PerSecond = 10;

    public static void Add(IServiceCollection services) => services.AddRateLimiter(static limiter =>
    {
        limiter.AddPolicy(Policy, static http => RateLimitPartition.GetTokenBucketLimiter(
            SenderNetwork.Of(http.Connection.RemoteIpAddress),
            static _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = Burst,
                TokensPerPeriod = PerSecond,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                QueueLimit = 0,
            }));
        limiter.OnRejected = static (context, _) =>
        {
            var seconds = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait)
                ? Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds))
                : 1;
            context.HttpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            var problem = ProblemOf("Too many sign-ins from this address; try again after the time in Retry-After.");
            var http = context.HttpContext;
            BoundMetrics.Refused(http, "attempts");
            return new ValueTask(FailurePage.Of(http, http.GetEndpoint(), problem).ExecuteAsync(http));
        };
    });

    private static IResult ProblemOf(string detail) => Problem.Of(
        StatusCodes.Status429TooManyRequests, ProblemTypes.TooMany, "Too many attempts.", detail);
}
