using FastEndpoints;
using Sluice.Api.Problems;
using Sluice.Storage.Control.Idempotency;

namespace Sluice.Api.Actions;

/// <summary>
/// Answers a change whose idempotency key was used before with the stored response, even if the request would break a
/// rule by now. That answer waits for the nodes' confirmation too. Nothing is claimed yet: see
/// <see cref="ChangeStart"/>.
/// </summary>
internal sealed class IdempotencyPreProcessor : IGlobalPreProcessor
{
    public static readonly IdempotencyPreProcessor Instance = new();

    public async Task PreProcessAsync(IPreProcessorContext context, CancellationToken ct)
    {
        var http = context.HttpContext;
        var work = http.RequestServices.GetRequiredService<UnitOfWork>();
        work.Origin = new(http.User.Identity?.Name ?? "unknown", http.Connection.RemoteIpAddress?.ToString());
        if (!IdempotentRequest.TryReadKey(http, out var key))
        {
            await SendAsync(http, Problem.Unreadable(
                IdempotentRequest.Header, $"Is one text of 1 to {IdempotentRequest.MaxKeyLength} characters."));
        }
        else if (key is not null && await FindAsync(http, work, key, ct) is { } result)
        {
            await SendAsync(http, result);
        }
    }

    /// <summary>Returns the response of a request that must not be handled; null if it must.</summary>
    private static async Task<IResult?> FindAsync(HttpContext http, UnitOfWork work, string key, CancellationToken ct)
    {
        var cipher = new ResponseCipher(CredentialOf(http), key);
        http.Response.RegisterForDispose(cipher);
        var claim = new IdempotencyClaim(
            await IdempotentRequest.IdentifyAsync(http, work.Origin.Actor, key), cipher);
        http.Features.Set(claim);
        var store = http.RequestServices.GetRequiredService<IdempotencyStore>();
        return await claim.AnswerAsync(http, await store.FindAsync(claim.Key, ct));
    }

    /// <summary>
    /// Returns the caller's credential; empty for endpoints that need none, whose responses are encrypted with the
    /// idempotency key alone.
    /// </summary>
    private static string CredentialOf(HttpContext http) => http.Features.Get<Caller>()?.Credential ?? "";

    private static async Task SendAsync(HttpContext http, IResult result)
    {
        await result.ExecuteAsync(http);
        http.MarkResponseStart();
    }
}
