using FastEndpoints;
using FluentValidation;
using Sluice.Metering.Keys;
using Sluice.Storage.Control.Keys;

namespace Sluice.Api.Management.Keys;

/// <summary><c>POST /api/v1/tenants/{t}/projects/{p}/keys</c></summary>
internal sealed class CreateProjectKey(UnitOfWork work, KeyStore keys, TimeProvider time)
    : ManagementEndpoint<CreateProjectKeyRequest>
{
    public override void Configure()
    {
        Post("/projects/{p}/keys");
        Group<KeysEndpoints>();
        Requires(Permission.ManageProjectKeys);
        Transactional();
        Bounded();
        Describe("Create a project key; its secret is shown once");
        Returns<CreateProjectKeyResponse>(StatusCodes.Status201Created);
    }

    // A node that has never seen the key looks it up, so no node must be notified.
    public override void OnBeforeValidate(CreateProjectKeyRequest request) =>
        CheckExpiry(request.ExpiresAt, time.GetUtcNow());

    public override async Task<ApiResult> ExecuteAsync(CreateProjectKeyRequest request, CancellationToken ct)
    {
        var secret = ApiKeyFormat.Generate(KeyKind.Project, IdText.NewValue());
        var key = new NewProjectKey(secret.Parts.KeyId, request.Name!, [.. secret.Hash], request.ExpiresAt);
        return ApiResult.Of(
            await keys.CreateAsync(work, TenantId, ProjectId, key, ct),
            created => ApiResult.Created(
                $"/api/v1/tenants/{Ids.Tenant(TenantId)}/projects/{Ids.Project(ProjectId)}/keys",
                new CreateProjectKeyResponse(
                    Ids.Key(created.Id), created.Name, created.ExpiresAt, created.CreatedAt, secret.Text)));
    }
}

/// <param name="Name">The key's name, 1 to 100 characters; unique among the keys of the project, ignoring case.</param>
/// <param name="ExpiresAt">When it expires, in the future; never if omitted.</param>
internal sealed record CreateProjectKeyRequest(string? Name, DateTimeOffset? ExpiresAt = null);

/// <param name="Id">The key's id, such as <c>k0000000001a</c>.</param>
/// <param name="Name">The key's name.</param>
/// <param name="ExpiresAt">When it expires, in UTC; null if never.</param>
/// <param name="CreatedAt">When it was created, in UTC.</param>
/// <param name="Secret">The whole key, to be sent as the bearer token; shown once.</param>
internal sealed record CreateProjectKeyResponse(
    string Id, string Name, DateTimeOffset? ExpiresAt, DateTimeOffset CreatedAt, string Secret);

internal sealed class CreateProjectKeyRequestValidator : Validator<CreateProjectKeyRequest>
{
    public CreateProjectKeyRequestValidator()
    {
        RuleFor(static r => r.Name).Follows(FieldRules.Text);
    }
}
