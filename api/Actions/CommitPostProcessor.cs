using FastEndpoints;
using Sluice.Engine.Signals;
using Sluice.Storage.Control.Idempotency;

namespace Sluice.Api.Actions;

/// <summary>
/// Completes a change: stores the response for repeated requests, commits both, notifies the nodes, and only then
/// answers. A crash before the commit leaves nothing; after it, the same request finds its response and waits for the
/// nodes again.
/// </summary>
internal sealed class CommitPostProcessor : IGlobalPostProcessor
{
    public static readonly CommitPostProcessor Instance = new();

    public async Task PostProcessAsync(IPostProcessorContext context, CancellationToken ct)
    {
        var http = context.HttpContext;
        // After a failed validation there is no result either, and an exception on the way there is already thrown.
        if (context.HasExceptionOccurred || context.HasValidationFailures || http.ResponseStarted())
        {
            await ChangeStart.EndAsync(http);
            return;
        }

        // A refused request changes nothing, not even its idempotency claim: the transaction is never committed.
        var result = context.Response as ApiResult
            ?? throw new InvalidOperationException("The endpoint has no result.");
        if (result.IsOther)
            throw new InvalidOperationException("The result of a change is a resource or an error, nothing else.");
        var response = result.Error is null ? await CommitAsync(http, result, ct) : result;
        // A caller may read slowly.
        await ChangeStart.EndAsync(http);
        await response.ExecuteAsync(http);
        http.MarkResponseStart();
    }

    private static async Task<IResult> CommitAsync(HttpContext http, ApiResult result, CancellationToken ct)
    {
        var work = http.RequestServices.GetRequiredService<UnitOfWork>();
        var body = result.BodyOf(http);
        if (http.Features.Get<IdempotencyClaim>() is { } claim)
        {
            var stored = new StoredResponse(
                result.Status,
                result.ContentType,
                result.Location,
                claim.Cipher.Close(body),
                string.Join(';', result.Changes));
            await http.RequestServices.GetRequiredService<IdempotencyStore>()
                .RememberAsync(work, claim.Key, stored, ct);
        }

        // From here on a caller that disconnects must not keep the nodes from learning of the commit.
        await work.CommitAsync(CancellationToken.None);
        // The nodes' confirmation can take a while.
        await ChangeStart.EndAsync(http);
        await ControlChange.TellAllAsync(
            result.Changes, http.RequestServices.GetRequiredService<ControlSignals>());
        return new StoredApiResult(result.Status, result.ContentType, result.Location, body);
    }
}
