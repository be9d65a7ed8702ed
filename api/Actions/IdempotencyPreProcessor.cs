using FastEndpoints;
using Sluice.Api.Problems;
using Sluice.Engine.Signals;
using Sluice.Storage.Control.Idempotency;

namespace Sluice.Api.Actions;

/// <summary>
/// Begins a change: claims its idempotency key in the transaction of the change, or answers with the stored response if
/// the same request was handled before. That answer waits for the nodes' confirmation too.
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
        else if (key is not null && await ClaimAsync(http, work, key, ct) is { } result)
        {
            await SendAsync(http, result);
        }
    }

    /// <summary>Returns the response of a request that must not be handled; null if it must.</summary>
    private static async Task<IResult?> ClaimAsync(HttpContext http, UnitOfWork work, string key, CancellationToken ct)
    {
        var cipher = new ResponseCipher(CredentialOf(http), key);
        http.Response.RegisterForDispose(cipher);
        var action = await IdempotentRequest.IdentifyAsync(http, work.Origin.Actor, key);
        switch (await http.RequestServices.GetRequiredService<IdempotencyStore>().ClaimAsync(work, action, ct))
        {
            case Claim.Done(var stored) when cipher.TryOpen(stored.SealedBody, out var body):
                // Nothing is left to do in the transaction, and the nodes' confirmation can take a while.
                await work.DisposeAsync();
                var signals = http.RequestServices.GetRequiredService<ControlSignals>();
                await ControlChange.TellAllAsync(ControlChange.ParseAll(stored.Changes), signals);
                return new StoredApiResult(stored.Status, stored.ContentType, stored.Location, body);
            case Claim.Done or Claim.OtherRequest:
                return Problem.Of(
                    422,
                    ProblemTypes.KeyReused,
                    "The idempotency key was used for another request.",
                    $"{IdempotentRequest.Header}: use a new key for a new request, the same key only to repeat one.");
            default:
                http.Features.Set(new IdempotencyClaim(action, cipher));
                return null;
        }
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
