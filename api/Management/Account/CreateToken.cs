using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Auth;
using Sluice.Api.Management.Keys;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Storage.Accounts;
using Sluice.Storage.Control;

namespace Sluice.Api.Management.Account;

/// <summary><c>POST /api/v1/me/tokens</c></summary>
internal static class CreateToken
{
    /// <param name="Name">Unique among the member's tokens.</param>
    /// <param name="Scopes">What it may be used for; never more than its member may.</param>
    /// <param name="ExpiresAt">When it ends; never where left out.</param>
    internal sealed record Request(string? Name, IReadOnlyList<string?>? Scopes, DateTimeOffset? ExpiresAt);

    /// <param name="Secret">The token, to be sent as the bearer token; shown this once.</param>
    internal sealed record Response(
        string Id,
        string Name,
        IReadOnlyList<string> Scopes,
        DateTimeOffset CreatedAt,
        DateTimeOffset? ExpiresAt,
        string Secret);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/v1/me/tokens", HandleAsync)
        .Needs(Permission.ManageOwnTokens)
        .AsAction()
        .Describe("CreateToken", "Makes an access token; its secret is shown this once")
        .Produces<Response>(StatusCodes.Status201Created);

    private static async Task<Reply> HandleAsync(
        Caller caller,
        Request request,
        ControlTransaction tx,
        IAccountStore accounts,
        TimeProvider time,
        CancellationToken ct)
    {
        var rules = new RuleCheck();
        rules.Text("name", request.Name);
        rules.Expiry("expiresAt", request.ExpiresAt, time);
        Check(rules, request.Scopes);
        if (rules.Refusal is { } refusal)
            return Reply.Refused(refusal);

        var secret = SecretText.Make(SecretText.AccessToken);
        var token = new NewAccessToken(
            IdText.NewValue(),
            request.Name!,
            SecretText.HashOf(secret),
            [.. request.Scopes!.Distinct()!],
            request.ExpiresAt);
        return Reply.Of(
            await accounts.CreateTokenAsync(tx, caller.MemberId, token, ct),
            made => Reply.Created(
                $"/api/v1/me/tokens/{Ids.AccessToken(made.Id)}",
                new Response(
                    Ids.AccessToken(made.Id), made.Name, made.Scopes, made.CreatedAt, made.ExpiresAt, secret)));
    }

    private static void Check(RuleCheck rules, IReadOnlyList<string?>? scopes)
    {
        if (scopes is not { Count: > 0 })
        {
            rules.Break("scopes", "required", "At least one; ['*'] for all that you may.");
            return;
        }

        if (scopes.Count > Scopes.Max)
            rules.Break("scopes", "too-many", $"At most {Scopes.Max}.");
        for (var i = 0; i < Math.Min(scopes.Count, Scopes.Max); i++)
        {
            if (scopes[i] is not { } scope || !Scopes.Exists(scope))
                rules.Break($"scopes[{i}]", "scope-unknown", "Is '*', 'read', 'write', or like 'usage:read'.");
        }
    }
}
