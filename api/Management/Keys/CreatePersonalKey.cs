using FastEndpoints;
using FluentValidation;
using Sluice.Storage.Control.Keys;

namespace Sluice.Api.Management.Keys;

/// <summary><c>POST /api/v1/tenants/{t}/me/personal-key</c>, <c>POST /api/v1/me/personal-key</c></summary>
internal sealed class CreatePersonalKey(HeldKeys keys, TimeProvider time)
    : ManagementEndpoint<CreatePersonalKeyRequest>
{
    private const string DefaultName = "Personal key";

    public override void Configure()
    {
        Post("/tenants/{t}/me/personal-key", "/me/personal-key");
        Group<PersonalKeysEndpoints>();
        Requires(Permission.OwnPersonalKey);
        Transactional();
        Describe("Create the caller's personal key, one per member; its secret is shown once");
        OptionalBody();
        Returns<CreatePersonalKeyResponse>(StatusCodes.Status201Created);
    }

    public override void OnBeforeValidate(CreatePersonalKeyRequest request) =>
        CheckExpiry(request.ExpiresAt, time.GetUtcNow());

    public override Task<ApiResult> ExecuteAsync(CreatePersonalKeyRequest request, CancellationToken ct) =>
        keys.CreateAsync(
            HeldKey.Personal(Caller.TenantId, Caller.MemberId),
            request.Name ?? DefaultName,
            request.ExpiresAt,
            static (key, secret) => ApiResult.Created(
                "/api/v1/me/personal-key",
                new CreatePersonalKeyResponse(
                    Ids.Key(key.Id),
                    key.Name,
                    Ids.Member(key.MemberId!.Value),
                    key.ExpiresAt,
                    key.CreatedAt,
                    secret)),
            ct);
}

/// <param name="Name">The key's name, 1 to 100 characters; <c>Personal key</c> if omitted.</param>
/// <param name="ExpiresAt">When it expires, in the future; never if omitted.</param>
internal sealed record CreatePersonalKeyRequest(string? Name = null, DateTimeOffset? ExpiresAt = null);

/// <param name="Id">The key's id, such as <c>k0000000001a</c>.</param>
/// <param name="Name">The key's name.</param>
/// <param name="MemberId">The member's id, such as <c>m0000000001a</c>.</param>
/// <param name="ExpiresAt">When it expires, in UTC; null if never.</param>
/// <param name="CreatedAt">When it was created, in UTC.</param>
/// <param name="Secret">The whole key, to be sent as the bearer token; shown once.</param>
internal sealed record CreatePersonalKeyResponse(
    string Id,
    string Name,
    string MemberId,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset CreatedAt,
    string Secret);

internal sealed class CreatePersonalKeyRequestValidator : Validator<CreatePersonalKeyRequest>
{
    public CreatePersonalKeyRequestValidator()
    {
        RuleFor(static r => r.Name).Follows(FieldRules.Text).When(static r => r.Name is not null);
    }
}
