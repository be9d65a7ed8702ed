using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Auth;
using Sluice.Api.Wire;
using Sluice.Storage.Accounts;
using Sluice.Storage.Control;
using Sluice.Storage.Members;
using Sluice.Storage.Projects;

namespace Sluice.Api.Management.Account;

/// <summary><c>GET /api/v1/me</c></summary>
internal static class GetMe
{
    /// <param name="Projects">
    /// The projects that the member sees: those it is in, or all for owners and administrators, who may do there what
    /// a project's administrator may.
    /// </param>
    internal sealed record Response(
        string MemberId,
        string TenantId,
        string UserName,
        TenantRole TenantRole,
        bool MfaEnabled,
        bool MustChangePassword,
        IReadOnlyList<ProjectMembership> Projects);

    internal sealed record ProjectMembership(string ProjectId, ProjectRole Role);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/me", HandleAsync)
        .Needs(Permission.OwnAccount)
        .Describe("GetMe", "Who is signed in, and with what rights")
        .Produces<Response>();

    private static async Task<Reply> HandleAsync(
        Caller caller, IAccountStore accounts, IProjectStore projects, CancellationToken ct)
    {
        if (await accounts.FindAsync(caller.MemberId, ct) is not { } account)
            return Reply.NotFound("member");
        var seen = caller.SeesAll
            ? (await projects.ListIdsAsync(caller.TenantId, ct))
                .Select(static id => KeyValuePair.Create(id, ProjectRole.ProjectAdministrator))
            : caller.Projects;
        return Reply.Ok(new Response(
            Ids.Member(caller.MemberId),
            Ids.Tenant(caller.TenantId),
            caller.UserName,
            caller.Role,
            account.TotpConfirmedAt is not null,
            caller.MustChangePassword,
            [.. seen.Select(static p => new ProjectMembership(Ids.Project(p.Key), p.Value))
                .OrderBy(static p => p.ProjectId, StringComparer.Ordinal)]));
    }
}
