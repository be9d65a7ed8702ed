using Npgsql;
using Sluice.Engine.Authorities;
using Sluice.Metering.Identity;
using Sluice.Metering.Periods;
using Sluice.Storage.Credentials;
using Sluice.Storage.Members;

namespace Sluice.Engine.Control;

/// <summary>Carries what the control plane has committed to the authorities and edges.</summary>
public sealed class ControlSignals(
    IAuthorityDirectory directory, CredentialStore credentials, LiveStateReader states) : IControlSignals
{
    public Task LimitsChangedAsync(ScopeId scope, CancellationToken ct) => directory.RefreshAsync(scope, ct);

    public Task KeyChangedAsync(long keyId, CancellationToken ct) => directory.RevokeAsync([keyId], ct);

    public Task TenantChangedAsync(long tenantId, CancellationToken ct) => directory.RevokeTenantAsync(tenantId, ct);

    // Not the tenant's keys all together: requests that are under way with those of other projects go on.
    public Task ProjectDeletedAsync(long tenantId, long projectId, CancellationToken ct) => RevokeAsync(
        () => credentials.KeysOfProjectAsync(projectId, ct),
        "The project is deleted, but its keys are not dead yet.",
        ct);

    public Task SubscriptionChangedAsync(long subscriptionId, CancellationToken ct) => RevokeAsync(
        () => credentials.KeysOfSubscriptionAsync(subscriptionId, ct),
        "The plan is renewed, but not in force everywhere yet.",
        ct);

    public Task PricesChangedAsync(CancellationToken ct) => RatesAsync(ct);

    public Task MetricsChangedAsync(CancellationToken ct) => RatesAsync(ct);

    public async Task<IReadOnlyList<ScopeLiveState>> StateAsync(
        long tenantId, Visibility? visibility, CancellationToken ct)
    {
        var zone = await credentials.TimeZoneOfAsync(tenantId, ct) ?? "UTC";
        if (!TenantCalendar.TryCreate(zone, out var calendar, out var error))
            throw new InvalidOperationException(error);
        return await states.ReadAsync(tenantId, visibility, calendar, ct);
    }

    private async Task RevokeAsync(
        Func<Task<IReadOnlyList<long>>> find, string saved, CancellationToken ct)
    {
        try
        {
            await directory.RevokeAsync(await find(), ct);
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
        {
            throw new SignalUnavailableException(saved, e);
        }
    }

    private async Task RatesAsync(CancellationToken ct)
    {
        try
        {
            await directory.RatesChangedAsync(ct);
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
        {
            throw new SignalUnavailableException("The change is saved, but not in force everywhere yet.", e);
        }
    }
}
