using FastEndpoints;
using FluentValidation;
using Sluice.Api.Auth;
using Sluice.Api.Management.Keys;
using Sluice.Storage.Control.Accounts;

namespace Sluice.Api.Management.Account;

/// <summary><c>POST /api/v1/me/tokens</c></summary>
internal sealed class CreateToken(UnitOfWork work, AccountStore accounts, TimeProvider time)
    : ManagementEndpoint<CreateTokenRequest>
{
    public override void Configure()
    {
        Post("/me/tokens");
        Group<AccountEndpoints>();
        Requires(Permission.ManageOwnTokens);
        Transactional();
        Bounded();
        Describe("Create an access token; its secret is shown once");
        Returns<CreateTokenResponse>(StatusCodes.Status201Created);
    }

    public override void OnBeforeValidate(CreateTokenRequest request) =>
        CheckExpiry(request.ExpiresAt, time.GetUtcNow());

    public override async Task<ApiResult> ExecuteAsync(CreateTokenRequest request, CancellationToken ct)
    {
        var secret = SecretText.Make(SecretText.AccessToken);
        var token = new NewAccessToken(
            IdText.NewValue(),
            request.Name!,
            SecretText.HashOf(secret),
            [.. request.Scopes!.Distinct()!],
            request.ExpiresAt);
        return ApiResult.Of(
            await accounts.CreateTokenAsync(work, Caller.MemberId, token, ct),
            made => ApiResult.Created(
                $"/api/v1/me/tokens/{Ids.AccessToken(made.Id)}",
                new CreateTokenResponse(
                    Ids.AccessToken(made.Id), made.Name, made.Scopes, made.CreatedAt, made.ExpiresAt, secret)));
    }
}

/// <param name="Name">The token's name, 1 to 100 characters; unique among the member's tokens, ignoring case.</param>
/// <param name="Scopes">
/// 1 to 32 scopes: <c>*</c>, <c>read</c>, <c>write</c>, an area such as <c>usage:read</c> or <c>projects:*</c>, or a
/// permission. The token never has a permission that its member lacks.
/// </param>
/// <param name="ExpiresAt">When it expires, in the future; never if omitted.</param>
internal sealed record CreateTokenRequest(
    string? Name, IReadOnlyList<string?>? Scopes, DateTimeOffset? ExpiresAt = null);

/// <param name="Id">The token's id, such as <c>a0000000001a</c>.</param>
/// <param name="Name">The token's name.</param>
/// <param name="Scopes">The token's scopes; it never has a permission that its member lacks.</param>
/// <param name="CreatedAt">When it was created, in UTC.</param>
/// <param name="ExpiresAt">When it expires, in UTC; null if never.</param>
/// <param name="Secret">The token, to be sent as the bearer token; shown once.</param>
internal sealed record CreateTokenResponse(
    string Id,
    string Name,
    IReadOnlyList<string> Scopes,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    string Secret);

internal sealed class CreateTokenRequestValidator : Validator<CreateTokenRequest>
{
    public CreateTokenRequestValidator()
    {
        RuleFor(static r => r.Name).Follows(FieldRules.Text);
        RuleFor(static r => r.Scopes).Follows(HasAFew);
        RuleForEach(static r => r.Scopes).Follows(Exists)
            .When(static r => r.Scopes is { Count: <= TokenScopes.Max });
    }
    private static Violation? HasAFew(IReadOnlyList<string?>? scopes)
    {
        if (scopes is not { Count: > 0 })
            return new("required", "At least one; ['*'] for all that you may.");
        return scopes.Count > TokenScopes.Max ? new("too-many", $"At most {TokenScopes.Max}.") : null;
    }

    private static Violation? Exists(string? scope) => scope is not null && TokenScopes.Exists(scope)
        ? null
        : new("scope-unknown", "Is '*', 'read', 'write', or like 'usage:read'.");
}
