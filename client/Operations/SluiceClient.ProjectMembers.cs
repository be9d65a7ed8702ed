// Written from the OpenAPI document by a test of the API, which says how.
using Sluice.Client.Models;

namespace Sluice.Client;

public sealed partial class SluiceClient
{
    /// <summary>Get a member of a project.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="projectId">The project's id.</param>
    /// <param name="memberId">The member's id.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<ProjectMemberResponse>> GetProjectMemberAsync(
        string tenantId,
        string projectId,
        string memberId,
        CancellationToken ct = default) =>
        SendAsync<ProjectMemberResponse>(
            SluiceRequest.To("GET", "/api/v1/tenants/{t}/projects/{p}/members/{m}", tenantId, projectId, memberId),
            ct);

    /// <summary>List the members of a project; every member of the tenant is in the Default project.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="projectId">The project's id.</param>
    /// <param name="after">The <c>next</c> of the previous page; the first page if omitted.</param>
    /// <param name="limit">The most items of the page, 1 to 500; 50 if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<ProjectMemberListResponse>> ListProjectMembersAsync(
        string tenantId,
        string projectId,
        string? after = null,
        int? limit = null,
        CancellationToken ct = default) =>
        SendAsync<ProjectMemberListResponse>(
            SluiceRequest.To("GET", "/api/v1/tenants/{t}/projects/{p}/members", tenantId, projectId)
                .With("after", after)
                .With("limit", limit),
            ct);

    /// <summary>Remove a member from a project; members can't be removed from the Default project.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="projectId">The project's id.</param>
    /// <param name="memberId">The member's id.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult> RemoveProjectMemberAsync(
        string tenantId,
        string projectId,
        string memberId,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync(
            SluiceRequest.To("DELETE", "/api/v1/tenants/{t}/projects/{p}/members/{m}", tenantId, projectId, memberId)
                .Once(idempotencyKey),
            ct);

    /// <summary>Add a member of the tenant to a project, or change their role in it.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="projectId">The project's id.</param>
    /// <param name="memberId">The member's id.</param>
    /// <param name="body">What is sent.</param>
    /// <param name="idempotencyKey">Repeats with the same key are done once; one of its own if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<ProjectMemberResponse>> SetProjectMemberAsync(
        string tenantId,
        string projectId,
        string memberId,
        SetProjectMemberRequest body,
        string? idempotencyKey = null,
        CancellationToken ct = default) =>
        SendAsync<ProjectMemberResponse>(
            SluiceRequest.To("PUT", "/api/v1/tenants/{t}/projects/{p}/members/{m}", tenantId, projectId, memberId)
                .Sends(body)
                .Once(idempotencyKey),
            ct);
}
