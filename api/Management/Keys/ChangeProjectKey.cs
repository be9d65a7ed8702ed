using FastEndpoints;
using FluentValidation;
using Sluice.Storage.Control.Keys;

namespace Sluice.Api.Management.Keys;

/// <summary><c>PATCH /api/v1/tenants/{t}/projects/{p}/keys/{k}</c></summary>
internal sealed class ChangeProjectKey(UnitOfWork work, KeyStore keys, TimeProvider time)
    : ManagementEndpoint<ChangeProjectKeyRequest>
{
    public override void Configure()
    {
        Patch("/projects/{p}/keys/{k}");
        Group<KeysEndpoints>();
        Requires(Permission.ManageProjectKeys);
        Transactional();
        Guarded();
        Describe("Rename a key or change its expiry");
        Returns<KeyResponse>();
    }

    public override void OnBeforeValidate(ChangeProjectKeyRequest request) =>
        CheckExpiry(request.ExpiresAt.Value, time.GetUtcNow());

    public override async Task<ApiResult> ExecuteAsync(ChangeProjectKeyRequest request, CancellationToken ct)
    {
        var change = new KeyChange(request.Name, request.ExpiresAt.HasValue, request.ExpiresAt.Value);
        return ApiResult.Of(
            await keys.ChangeAsync(work, new(TenantId, ProjectId, KeyId), change, ct),
            key => request.ExpiresAt.HasValue
                ? ApiResult.Ok(KeyResponse.Of(key), ControlChange.Key(key.Id))
                : ApiResult.Ok(KeyResponse.Of(key)));
    }

    protected override async Task<ApiResult> LockAsync(ChangeProjectKeyRequest request, CancellationToken ct) =>
        await keys.LockAsync(work, new(TenantId, ProjectId, KeyId), ct) is { DeletedAt: null } key
            ? ApiResult.Ok(KeyResponse.Of(key))
            : ApiResult.NotFound("key");
}

/// <summary>The fields to change.</summary>
/// <param name="Name">
/// The key's name, 1 to 100 characters; unique among the keys of the project, ignoring case. Unchanged if omitted.
/// </param>
internal sealed record ChangeProjectKeyRequest(string? Name = null)
{
    // Not a parameter, which the document would show as required: its generator can't write a structure's default.

    /// <summary>When it expires, in the future; null for never, and unchanged if omitted.</summary>
    public Optional<DateTimeOffset?> ExpiresAt { get; init; }
}

internal sealed class ChangeProjectKeyRequestValidator : Validator<ChangeProjectKeyRequest>
{
    public ChangeProjectKeyRequestValidator()
    {
        RuleFor(static r => r.Name).Follows(FieldRules.Text).When(static r => r.Name is not null);
    }
}
