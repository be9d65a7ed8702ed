using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Metering.Keys;
using Sluice.Storage.Control;
using Sluice.Storage.Keys;

namespace Sluice.Api.Management.Keys;

/// <summary>What personal keys and seat keys have in common: their holder has at most one.</summary>
internal sealed class HeldKeys(ControlTransaction tx, IHeldKeyStore keys, TimeProvider time)
{
    public async Task<Reply> ShowAsync(HeldKey held, CancellationToken ct) =>
        Reply.Of(await keys.FindAsync(held, ct), static key => Reply.Ok(KeyView.Of(key)));

    // A node that has never seen the key looks it up, so nothing has to be told to anyone.
    public async Task<Reply> CreateAsync(
        HeldKey held,
        string name,
        DateTimeOffset? expiresAt,
        Func<StoredKey, string, Reply> show,
        CancellationToken ct)
    {
        var rules = new RuleCheck();
        rules.Text("name", name);
        rules.Expiry("expiresAt", expiresAt, time);
        if (rules.Refusal is { } refusal)
            return Reply.Refused(refusal);
        var secret = ApiKeyFormat.Generate(held.Kind, IdText.NewValue());
        var key = new NewHeldKey(secret.Parts.KeyId, name, [.. secret.Hash], expiresAt);
        return Reply.Of(await keys.CreateAsync(tx, held, key, ct), created => show(created, secret.Text));
    }

    public async Task<Reply> RegenerateAsync(
        HeldKey held,
        RegenerateRequest? request,
        Func<StoredKey, string, object> show,
        CancellationToken ct)
    {
        var rules = new RuleCheck();
        var grace = rules.Grace("graceSeconds", request?.GraceSeconds);
        if (rules.Refusal is { } refusal)
            return Reply.Refused(refusal);
        if ((await keys.LockAsync(tx, held, ct)).IsRefused(out var missing, out var before))
            return Reply.Refused(missing);
        var secret = ApiKeyFormat.Generate(held.Kind, before.Id);
        var after = await keys.RegenerateAsync(tx, before, [.. secret.Hash], grace, ct);
        return Reply.Ok(show(after, secret.Text), ControlChange.Key(after.Id));
    }

    public async Task<Reply> DeleteAsync(HeldKey held, CancellationToken ct) =>
        Reply.Of(
            await keys.DeleteAsync(tx, held, ct),
            static key => Reply.NoContent(ControlChange.Key(key.Id)));
}
