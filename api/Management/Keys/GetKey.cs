using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Storage.Keys;

namespace Sluice.Api.Management.Keys;

/// <summary><c>GET /api/v1/tenants/{t}/keys/{k}</c></summary>
internal static class GetKey
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/tenants/{t}/keys/{k}", HandleAsync)
        .Needs(Permission.ReadKeys)
        .Describe("GetKey", "Shows a key of any kind to those who manage it")
        .Produces<KeyView>();

    private static async Task<Reply> HandleAsync(
        TenantId t, KeyId k, Caller caller, IKeyStore keys, CancellationToken ct)
    {
        var key = await keys.FindAsync(t.Value, k.Value, ct);
        return caller.WhyNotManaged(key, Permission.ReadKeys) is { } refusal
            ? Reply.Refused(refusal)
            : Reply.Ok(KeyView.Of(key!));
    }
}
