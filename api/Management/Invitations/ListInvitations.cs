using Sluice.Storage.Control.Invitations;

namespace Sluice.Api.Management.Invitations;

/// <summary><c>GET /api/v1/tenants/{t}/invitations</c></summary>
internal sealed class ListInvitations(InvitationStore invitations, TimeProvider time) : ManagementEndpoint<PageQuery>
{
    public override void Configure()
    {
        Get("/tenants/{t}/invitations");
        Group<InvitationsEndpoints>();
        Requires(Permission.ReadInvitations);
        Describe("List the open and expired invitations, oldest first");
        Returns<ListResponse<InvitationResponse>>();
    }

    public override async Task<ApiResult> ExecuteAsync(PageQuery query, CancellationToken ct)
    {
        if (query.Read(IdText.Invitation).IsError(out var error, out var page))
            return ApiResult.Failure(error);
        var now = time.GetUtcNow();
        return ApiResult.Of(
            await invitations.ListAsync(TenantId, page, ct),
            found => ApiResult.Ok(ListResponse<InvitationResponse>.Of(
                found,
                invitation => InvitationResponse.Of(invitation, now),
                static invitation => Ids.Invitation(invitation.Id))));
    }
}
