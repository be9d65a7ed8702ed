using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Metering.Keys;
using Sluice.Storage.Control;
using Sluice.Storage.Keys;

namespace Sluice.Api.Management.Keys;

/// <summary><c>POST /api/v1/tenants/{t}/projects/{p}/keys/{k}/regenerate</c></summary>
internal static class RegenerateProjectKey
{
    /// <summary>Longest grace time of an old secret, in seconds: 30 days.</summary>
    private const int MaxGraceSeconds = 30 * 24 * 3600;

    /// <param name="GraceSeconds">How long the old secret goes on working; 0, the default, for not at all.</param>
    internal sealed record Request(int? GraceSeconds);

    /// <param name="Secret">The whole key with its new secret; shown this once.</param>
    internal sealed record Response(string Id, string Name, DateTimeOffset? OldSecretUntil, string Secret);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/v1/tenants/{t}/projects/{p}/keys/{k}/regenerate", HandleAsync)
        .Needs(Permission.ManageProjectKeys)
        .AsAction()
        .Describe("RegenerateProjectKey", "Replaces a key's secret; the old one is dead when this returns")
        .Produces<Response>();

    private static async Task<Reply> HandleAsync(
        TenantId t,
        ProjectId p,
        KeyId k,
        Request? request,
        ControlTransaction tx,
        IKeyStore keys,
        CancellationToken ct)
    {
        var rules = new RuleCheck();
        var graceSeconds = request?.GraceSeconds ?? 0;
        if (graceSeconds is < 0 or > MaxGraceSeconds)
            rules.Break("graceSeconds", "range", $"Must be 0 to {MaxGraceSeconds}.");
        // An id that is none has no key to make a secret for.
        if (rules.Refusal is { } refusal)
            return Reply.Refused(refusal);
        if (k.Value == 0)
            return Reply.NotFound("key");

        var secret = ApiKeyFormat.Generate(KeyKind.Project, k.Value);
        var grace = TimeSpan.FromSeconds(graceSeconds);
        return Reply.Of(
            await keys.RegenerateAsync(tx, new(t.Value, p.Value, k.Value), [.. secret.Hash], grace, ct),
            key => Reply.Ok(
                new Response(Ids.Key(key.Id), key.Name, key.PreviousUntil, secret.Text), ControlChange.Key(key.Id)));
    }
}
