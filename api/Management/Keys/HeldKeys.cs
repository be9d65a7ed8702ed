using Sluice.Metering.Keys;
using Sluice.Storage.Control.Keys;

namespace Sluice.Api.Management.Keys;

/// <summary>Shows, creates, regenerates and deletes personal keys and seat keys; a holder has at most one.</summary>
internal sealed class HeldKeys(UnitOfWork work, HeldKeyStore keys)
{
    public async Task<ApiResult> ShowAsync(HeldKey held, CancellationToken ct) =>
        ApiResult.Of(await keys.FindAsync(held, ct), static key => ApiResult.Ok(KeyResponse.Of(key)));

    // A node that has never seen the key looks it up, so no node must be notified.
    public async Task<ApiResult> CreateAsync(
        HeldKey held,
        string name,
        DateTimeOffset? expiresAt,
        Func<StoredKey, string, ApiResult> show,
        CancellationToken ct)
    {
        var secret = ApiKeyFormat.Generate(held.Kind, IdText.NewValue());
        var key = new NewHeldKey(secret.Parts.KeyId, name, [.. secret.Hash], expiresAt);
        return ApiResult.Of(await keys.CreateAsync(work, held, key, ct), created => show(created, secret.Text));
    }

    public async Task<ApiResult> RegenerateAsync(
        HeldKey held,
        RegenerateRequest request,
        Func<StoredKey, string, object> show,
        CancellationToken ct)
    {
        if ((await keys.LockAsync(work, held, ct)).IsError(out var missing, out var before))
            return ApiResult.Failure(missing);
        var secret = ApiKeyFormat.Generate(held.Kind, before.Id);
        var after = await keys.RegenerateAsync(work, before, [.. secret.Hash], request.Grace, ct);
        return ApiResult.Ok(show(after, secret.Text), ControlChange.Key(after.Id));
    }

    public async Task<ApiResult> DeleteAsync(HeldKey held, CancellationToken ct) =>
        ApiResult.Of(
            await keys.DeleteAsync(work, held, ct),
            static key => ApiResult.NoContent(ControlChange.Key(key.Id)));
}
