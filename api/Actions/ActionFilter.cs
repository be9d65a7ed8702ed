using Sluice.Api.Access;
using Sluice.Api.Problems;
using Sluice.Engine.Control;
using Sluice.Storage.Control;
using Sluice.Storage.Idempotency;

namespace Sluice.Api.Actions;

/// <summary>
/// Runs a mutation: claim its idempotency key, do it, remember the answer, commit all of that at once, tell the nodes,
/// and only then answer. A crash before the commit leaves nothing; after it, the same request finds its answer and
/// waits for the nodes' confirmation again.
/// </summary>
internal sealed class ActionFilter(IIdempotencyStore remembered, IControlSignals signals) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!IdempotentRequest.TryReadKey(http, out var key))
        {
            return Problem.Unreadable(
                IdempotentRequest.Header, $"Is one text of 1 to {IdempotentRequest.MaxKeyLength} characters.");
        }

        var tx = http.RequestServices.GetRequiredService<ControlTransaction>();
        tx.Origin = new(http.User.Identity?.Name ?? "unknown", http.Connection.RemoteIpAddress?.ToString());
        if (key is null)
            return await DoAsync(http, tx, await RunAsync(context, next), null);

        using var seal = new AnswerSeal(CredentialOf(http), key);
        var action = await IdempotentRequest.IdentifyAsync(http, tx.Origin.Actor, key);
        switch (await remembered.ClaimAsync(tx, action, http.RequestAborted))
        {
            case Claim.Done(var answer) when seal.TryOpen(answer.SealedBody, out var body):
                // Nothing is left to do here; what the nodes are asked to confirm can take its time.
                await tx.DisposeAsync();
                await TellAsync(answer.Changes.Split(';', StringSplitOptions.RemoveEmptyEntries)
                    .Select(ControlChange.Parse));
                return new WrittenReply(answer.Status, answer.ContentType, answer.Location, body);
            case Claim.Done or Claim.OtherRequest:
                return Problem.Of(
                    422,
                    ProblemTypes.KeyReused,
                    "The idempotency key was used for another request.",
                    $"{IdempotentRequest.Header}: use a new key for a new request, the same key only to repeat one.");
            default:
                return await DoAsync(http, tx, await RunAsync(context, next), (action, seal));
        }
    }

    /// <summary>Nothing for what anybody may send; such an answer is sealed by the idempotency key alone.</summary>
    private static string CredentialOf(HttpContext http) => http.Features.Get<Caller>()?.Credential ?? "";

    private static async Task<Reply> RunAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        await next(context) as Reply
        ?? throw new InvalidOperationException("An action's handler answers with a Reply.");

    private async Task<IResult> DoAsync(
        HttpContext http, ControlTransaction tx, Reply reply, (ActionKey Key, AnswerSeal Seal)? remember)
    {
        // What is refused changes nothing, its claim included: the transaction is never committed.
        if (reply.Refusal is not null)
            return reply;
        var body = reply.BodyOf(http);
        if (remember is var (key, seal))
        {
            var answer = new RememberedAnswer(
                reply.Status,
                reply.ContentType,
                reply.Location,
                seal.Close(body),
                string.Join(';', reply.Changes));
            await remembered.RememberAsync(tx, key, answer, http.RequestAborted);
        }

        // From here on the caller going away must not keep nodes from hearing of what is committed.
        await tx.CommitAsync(CancellationToken.None);
        await TellAsync(reply.Changes);
        return new WrittenReply(reply.Status, reply.ContentType, reply.Location, body);
    }

    private async Task TellAsync(IEnumerable<ControlChange> changes)
    {
        foreach (var change in changes)
            await change.TellAsync(signals, CancellationToken.None);
    }
}
