using Microsoft.Extensions.Options;
using Sluice.Api.Management.Keys;
using Sluice.Api.Settings;
using Sluice.Storage.Control.Keys;

namespace Sluice.Api.Management.Seats;

/// <summary><c>POST /api/v1/tenants/{t}/seats/{s}/key</c></summary>
internal sealed class CreateSeatKey(HeldKeys keys, IOptions<SluiceOptions> options, TimeProvider time)
    : ManagementEndpoint<CreateSeatKeyRequest>
{
    private const string Name = "Seat key";

    public override void Configure()
    {
        Post("/seats/{s}/key");
        Group<SeatsEndpoints>();
        Requires(Permission.ManageSeats);
        Transactional();
        Describe("Create the key of an assigned seat; its secret is shown once");
        Returns<HandedKeyResponse>(StatusCodes.Status201Created);
        OptionalBody();
    }

    public override void OnBeforeValidate(CreateSeatKeyRequest request) =>
        CheckExpiry(request.ExpiresAt, time.GetUtcNow());

    public override Task<ApiResult> ExecuteAsync(CreateSeatKeyRequest request, CancellationToken ct) =>
        keys.CreateAsync(
            HeldKey.OfSeat(TenantId, RouteId("s", IdText.Seat)),
            Name,
            request.ExpiresAt,
            (key, secret) => ApiResult.Created(
                $"/api/v1/tenants/{Ids.Tenant(TenantId)}/seats/{Ids.Seat(RouteId("s", IdText.Seat))}/key",
                HandedKeyResponse.Of(key, secret, options.Value.LinkBase)),
            ct);
}

/// <param name="ExpiresAt">
/// When it expires, in the future; no expiry of its own if omitted. It ends with the plan at the latest.
/// </param>
internal sealed record CreateSeatKeyRequest(DateTimeOffset? ExpiresAt = null);
