using Npgsql;
using Sluice.Engine.Authorities;
using Sluice.Engine.LiveState;
using Sluice.Metering.Identity;
using Sluice.Storage.Control.Credentials;
using Sluice.Storage.Control.Members;

namespace Sluice.Engine.Signals;

/// <summary>Forwards committed control plane changes to the authorities and edges.</summary>
public sealed class ControlSignals(
    IAuthorityDirectory directory, CredentialStore credentials, LiveStateReader states)
{
    /// <summary>Applies limits of a scope that were set, raised or removed.</summary>
    public Task LimitsChangedAsync(ScopeId scope, CancellationToken ct) => directory.RefreshAsync(scope, ct);

    /// <summary>
    /// Applies a key that was regenerated or deleted, or whose expiry was changed; returns once no node accepts the old
    /// secret.
    /// </summary>
    public Task KeyChangedAsync(long keyId, CancellationToken ct) =>
        directory.PropagateAsync(new NodeChange.Keys([keyId]), ct);

    /// <summary>Applies a tenant that was suspended, resumed or deleted, or whose time zone was changed.</summary>
    public Task TenantChangedAsync(long tenantId, CancellationToken ct) =>
        directory.PropagateAsync(new NodeChange.Tenant(tenantId), ct);

    // Revoke only these keys, not all of the tenant's: in-flight requests of other projects continue.
    /// <summary>Applies the deletion of a project and all its keys; returns once no node accepts any of them.</summary>
    public Task ProjectDeletedAsync(long tenantId, long projectId, CancellationToken ct) => RevokeAsync(
        () => credentials.KeysOfProjectAsync(projectId, ct),
        "The project is deleted, but its keys are not dead yet.",
        ct);

    /// <summary>
    /// Applies the renewal of a seat plan; returns once every node uses its new end and accepts no key that this took
    /// away.
    /// </summary>
    public Task SubscriptionChangedAsync(long subscriptionId, CancellationToken ct) => RevokeAsync(
        () => credentials.KeysOfSubscriptionAsync(subscriptionId, ct),
        "The plan is renewed, but not in force everywhere yet.",
        ct);

    /// <summary>Applies an added price book.</summary>
    public Task PricesChangedAsync(CancellationToken ct) => RatesAsync(ct);

    /// <summary>Applies an added metric.</summary>
    public Task MetricsChangedAsync(CancellationToken ct) => RatesAsync(ct);

    /// <summary>Reads live usage, holds and states of a tenant and of everything in it; at most 1 s old.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="visibility">The part of the tenant that may be seen; null for everything.</param>
    /// <param name="filter">What of it is asked for.</param>
    /// <param name="ct">Cancels the read.</param>
    public Task<StatePage> StateAsync(
        long tenantId, Visibility? visibility, StateFilter filter, CancellationToken ct) =>
        states.ReadAsync(tenantId, visibility, filter, ct);

    /// <summary>Lists the scopes of the part of a tenant that <see cref="StateAsync"/> reads.</summary>
    public Task<IReadOnlyList<ScopeId>> ScopesAsync(long tenantId, Visibility visibility, CancellationToken ct) =>
        states.ScopesAsync(tenantId, visibility, ct);

    private async Task RevokeAsync(
        Func<Task<IReadOnlyList<long>>> find, string saved, CancellationToken ct)
    {
        try
        {
            await directory.PropagateAsync(new NodeChange.Keys(await find()), ct);
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
        {
            throw new SignalUnavailableException(saved, e);
        }
    }

    private async Task RatesAsync(CancellationToken ct)
    {
        var rates = new NodeChange.Rates();
        try
        {
            await directory.PropagateAsync(rates, ct);
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
        {
            throw new SignalUnavailableException(rates.NotYet, e);
        }
    }
}
