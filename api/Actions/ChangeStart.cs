using Sluice.Api.Problems;
using Sluice.Storage.Control.Idempotency;

namespace Sluice.Api.Actions;

/// <summary>
/// Begins the transaction of a change, and ends it. Between the two it holds a place of its tenant's and a connection,
/// so nothing may wait there for another request: turns and hashes come before, confirmations and the response after.
/// </summary>
internal static class ChangeStart
{
    /// <summary>Takes a place and claims the request's idempotency key, if it has one.</summary>
    /// <returns>The response of a request that must not be handled; null if it must.</returns>
    public static async Task<IResult?> BeginAsync(HttpContext http, CancellationToken ct)
    {
        var services = http.RequestServices;
        ChangePlace? place;
        try
        {
            place = await services.GetRequiredService<ChangePlaces>().TakeAsync(Caller.TenantOf(http), ct);
        }
        catch (TimeoutException)
        {
            return Busy(http);
        }

        if (place is null)
        {
            return ApiResult.Failure(new Error.TooMany(
                "changes",
                $"{ChangePlaces.RunningOfTenant} changes of a tenant run at the same time, and too many others wait.",
                RetryAfterSeconds: 1));
        }

        http.Features.Set(place);
        http.Response.RegisterForDispose(place);
        if (http.Features.Get<IdempotencyClaim>() is not { } claim)
            return null;
        var store = services.GetRequiredService<IdempotencyStore>();
        var state = await store.ClaimAsync(services.GetRequiredService<UnitOfWork>(), claim.Key, ct);
        if (state is Claim.First)
            return null;
        await EndAsync(http);
        return await claim.AnswerAsync(http, state);
    }

    /// <summary>
    /// Returns the response of a request that was repeated while it waited, and has been done; null if it has none.
    /// </summary>
    public static async Task<IResult?> FindAsync(HttpContext http, CancellationToken ct)
    {
        if (http.Features.Get<IdempotencyClaim>() is not { } claim)
            return null;
        var store = http.RequestServices.GetRequiredService<IdempotencyStore>();
        return await claim.AnswerAsync(http, await store.FindAsync(claim.Key, ct));
    }

    /// <summary>Frees the connection and the place; a transaction that is not committed is rolled back.</summary>
    public static async Task EndAsync(HttpContext http)
    {
        await http.RequestServices.GetRequiredService<UnitOfWork>().DisposeAsync();
        http.Features.Get<ChangePlace>()?.Dispose();
    }

    private static IResult Busy(HttpContext http)
    {
        BoundMetrics.Refused(http, "changes");
        http.Response.Headers.RetryAfter = "1";
        return Problem.Of(
            StatusCodes.Status503ServiceUnavailable,
            ProblemTypes.Unavailable,
            "The node is busy with other changes.",
            $"No place became free within {ChangePlaces.Patience.TotalSeconds:0} s. Nothing was changed; try again.");
    }
}
