using Microsoft.Extensions.Options;
using Sluice.Api.Management.Keys;
using Sluice.Api.Settings;
using Sluice.Storage.Control.Keys;

namespace Sluice.Api.Management.Seats;

/// <summary><c>POST /api/v1/tenants/{t}/seats/{s}/key/regenerate</c></summary>
internal sealed class RegenerateSeatKey(HeldKeys keys, IOptions<SluiceOptions> options)
    : ManagementEndpoint<RegenerateRequest>
{
    public override void Configure()
    {
        Post("/seats/{s}/key/regenerate");
        Group<SeatsEndpoints>();
        Requires(Permission.ManageSeats);
        Transactional();
        Describe("Replace the secret of a seat's key; the old one no longer works when this returns");
        Returns<HandedKeyResponse>();
        OptionalBody();
    }

    public override Task<ApiResult> ExecuteAsync(RegenerateRequest request, CancellationToken ct) =>
        keys.RegenerateAsync(
            HeldKey.OfSeat(TenantId, RouteId("s", IdText.Seat)),
            request,
            (key, secret) => HandedKeyResponse.Of(key, secret, options.Value.LinkBase),
            ct);
}
