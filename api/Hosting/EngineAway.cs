using Sluice.Engine.Control;
using Sluice.Metering.Identity;

namespace Sluice.Api.Hosting;

/// <summary>
/// Stands where no engine is composed into the host. It confirms nothing: changes are saved and answered with the
/// truth, 503 "not yet in force everywhere", and the node is never ready.
/// </summary>
internal sealed class EngineAway : IControlSignals, IReadiness
{
    private const string Reason = "This node runs no engine.";

    public string Name => "engine";

    public ValueTask<string?> ReasonNotReadyAsync(CancellationToken ct) => new(Reason);

    public Task LimitsChangedAsync(ScopeId scope, CancellationToken ct) => throw Away();

    public Task KeyChangedAsync(long keyId, CancellationToken ct) => throw Away();

    public Task TenantChangedAsync(long tenantId, CancellationToken ct) => throw Away();

    public Task ProjectDeletedAsync(long tenantId, long projectId, CancellationToken ct) => throw Away();

    public Task PricesChangedAsync(CancellationToken ct) => throw Away();

    public Task MetricsChangedAsync(CancellationToken ct) => throw Away();

    public Task<IReadOnlyList<ScopeLiveState>> StateAsync(long tenantId, CancellationToken ct) => throw Away();

    private static SignalUnavailableException Away() => new(Reason);
}
