using Npgsql;
using Sluice.Engine.Authorities;
using Sluice.Metering.Identity;
using Sluice.Metering.Periods;
using Sluice.Storage.Credentials;

namespace Sluice.Engine.Control;

/// <summary>Carries what the control plane has committed to the authorities and edges.</summary>
public sealed class ControlSignals(
    IAuthorityDirectory directory, CredentialStore credentials, LiveStateReader states) : IControlSignals
{
    public Task LimitsChangedAsync(ScopeId scope, CancellationToken ct) => directory.RefreshAsync(scope, ct);

    public Task KeyChangedAsync(long keyId, CancellationToken ct) => directory.RevokeAsync([keyId], ct);

    public Task TenantChangedAsync(long tenantId, CancellationToken ct) => directory.RevokeTenantAsync(tenantId, ct);

    public async Task ProjectDeletedAsync(long tenantId, long projectId, CancellationToken ct)
    {
        try
        {
            // Not the tenant's keys all together: requests that are under way with those of other projects go on.
            await directory.RevokeAsync(await credentials.KeysOfProjectAsync(projectId, ct), ct);
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
        {
            throw new SignalUnavailableException("The project is deleted, but its keys are not dead yet.", e);
        }
    }

    public Task PricesChangedAsync(CancellationToken ct) => RatesAsync(ct);

    public Task MetricsChangedAsync(CancellationToken ct) => RatesAsync(ct);

    public async Task<IReadOnlyList<ScopeLiveState>> StateAsync(long tenantId, CancellationToken ct)
    {
        var zone = await credentials.TimeZoneOfAsync(tenantId, ct) ?? "UTC";
        if (!TenantCalendar.TryCreate(zone, out var calendar, out var error))
            throw new InvalidOperationException(error);
        return await states.ReadAsync(tenantId, calendar, ct);
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
