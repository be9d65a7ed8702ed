using Sluice.Api.Management.Seats;
using Sluice.Metering.Limits;
using Sluice.Metering.Periods;

namespace Sluice.Api.Management.Limits;

/// <summary><c>GET /api/v1/tenants/{t}/seats/{s}/limits/credits</c></summary>
internal sealed class GetSeatWarnings(LimitSetter setter) : ManagementEndpoint
{
    public override void Configure()
    {
        Get("/seats/{s}/limits/credits");
        Group<LimitsEndpoints>();
        Requires(Permission.ReadLimits);
        Describe("Get a seat's monthly credits and the warnings on them");
        Tagged();
        Returns<LimitResponse>();
    }

    protected override Task<ApiResult> ExecuteAsync(CancellationToken ct) => setter.ShowAsync(
        TenantId,
        new(ScopeKind.Seat, RouteId("s", IdText.Seat)),
        LimitSource.Plan,
        SubscriptionResponse.Credits,
        PeriodKind.Month,
        Caller,
        ct);
}
