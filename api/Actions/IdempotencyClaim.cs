using Sluice.Api.Problems;
using Sluice.Engine.Signals;
using Sluice.Storage.Control.Idempotency;

namespace Sluice.Api.Actions;

/// <summary>The idempotency key of a request, while the request is being handled.</summary>
/// <param name="Key">The key, as it is stored.</param>
/// <param name="Cipher">Encrypts the response for a repeated request with the same credential.</param>
internal sealed record IdempotencyClaim(ActionKey Key, ResponseCipher Cipher)
{
    /// <summary>Returns the response that the state of the key asks for; null if the request must be handled.</summary>
    /// <param name="http">The request. It must have no transaction by now: confirmation can take a while.</param>
    /// <param name="state">The state of the key.</param>
    public async Task<IResult?> AnswerAsync(HttpContext http, Claim state)
    {
        switch (state)
        {
            case Claim.Done(var stored) when Cipher.TryOpen(stored.SealedBody, out var body):
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
                return null;
        }
    }
}
