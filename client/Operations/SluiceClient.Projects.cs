// Written from the OpenAPI document by a test of the API, which says how.
using Sluice.Client.Models;

namespace Sluice.Client;

public sealed partial class SluiceClient
{
    /// <summary>Rename a project.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="projectId">The project's id.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ifMatch">
    /// The version that is changed, from the result that was read; whatever is there if omitted.
    /// </param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<ProjectResponse>> ChangeProjectAsync(
        string tenantId,
        string projectId,
        ChangeProjectRequest body,
        string? idempotencyKey = null,
        string? ifMatch = null,
        CancellationToken ct = default) =>
        SendAsync<ProjectResponse>(
            SluiceRequest.To("PATCH", "/api/v1/tenants/{t}/projects/{p}", tenantId, projectId)
                .Sends(body)
                .Once(idempotencyKey)
                .OnlyIf(ifMatch),
            ct);

    /// <summary>Create a project.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<ProjectResponse>> CreateProjectAsync(
        string tenantId,
        CreateProjectRequest body,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync<ProjectResponse>(
            SluiceRequest.To("POST", "/api/v1/tenants/{t}/projects", tenantId)
                .Sends(body)
                .Once(idempotencyKey),
            ct);

    /// <summary>Delete a project; its keys no longer work when this returns.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="projectId">The project's id.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ifMatch">
    /// The version that is changed, from the result that was read; whatever is there if omitted.
    /// </param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult> DeleteProjectAsync(
        string tenantId,
        string projectId,
        string? idempotencyKey = null,
        string? ifMatch = null,
        CancellationToken ct = default) =>
        SendAsync(
            SluiceRequest.To("DELETE", "/api/v1/tenants/{t}/projects/{p}", tenantId, projectId)
                .Once(idempotencyKey)
                .OnlyIf(ifMatch),
            ct);

    /// <summary>Get a project.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="projectId">The project's id.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<ProjectResponse>> GetProjectAsync(
        string tenantId,
        string projectId,
        CancellationToken ct = default) =>
        SendAsync<ProjectResponse>(
            SluiceRequest.To("GET", "/api/v1/tenants/{t}/projects/{p}", tenantId, projectId),
            ct);

    /// <summary>List the projects of a tenant that the caller may see, oldest first.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="after">The <c>next</c> of the previous page; the first page if omitted.</param>
    /// <param name="limit">The most items of the page, 1 to 500; 50 if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<ProjectListResponse>> ListProjectsAsync(
        string tenantId,
        string? after = null,
        int? limit = null,
        CancellationToken ct = default) =>
        SendAsync<ProjectListResponse>(
            SluiceRequest.To("GET", "/api/v1/tenants/{t}/projects", tenantId)
                .With("after", after)
                .With("limit", limit),
            ct);
}
