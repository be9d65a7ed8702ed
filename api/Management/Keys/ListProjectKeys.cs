using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Storage.Keys;

namespace Sluice.Api.Management.Keys;

/// <summary><c>GET /api/v1/tenants/{t}/projects/{p}/keys</c></summary>
internal static class ListProjectKeys
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/tenants/{t}/projects/{p}/keys", HandleAsync)
        .Needs(Permission.ManageProjectKeys)
        .Describe("ListProjectKeys", "Lists a project's keys, oldest first")
        .Lists<KeyView>();

    private static async Task<Reply> HandleAsync(
        TenantId t, ProjectId p, [AsParameters] PageQuery query, IKeyStore keys, CancellationToken ct)
    {
        if (query.Read(IdText.Key).IsRefused(out var refusal, out var page))
            return Reply.Refused(refusal);
        return Reply.Of(
            await keys.ListAsync(t.Value, p.Value, page, ct),
            static found => Reply.Ok(ListOf<KeyView>.Of(found, KeyView.Of, static key => Ids.Key(key.Id))));
    }
}
