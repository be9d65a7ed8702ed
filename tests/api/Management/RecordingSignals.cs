using System.Collections.Concurrent;
using Sluice.Engine.Control;
using Sluice.Metering.Identity;

namespace Sluice.Api.Tests.Management;

/// <summary>Stands for the nodes: keeps what they were told, and can be out of reach.</summary>
public sealed class RecordingSignals : IControlSignals, IReadiness
{
    private readonly ConcurrentQueue<string> _told = new();

    /// <summary>What was told so far, in order, as in <c>key k…</c>.</summary>
    public IReadOnlyList<string> Told => [.. _told];

    /// <summary>While true, every call fails as if a node could not be reached.</summary>
    public bool OutOfReach { get; set; }

    /// <summary>What <see cref="StateAsync"/> answers.</summary>
    public IReadOnlyList<ScopeLiveState> Live { get; set; } = [];

    /// <summary>Runs while a key change is being confirmed.</summary>
    public Func<Task> WhileConfirmingKey { get; set; } = static () => Task.CompletedTask;

    public string Name => "engine";

    public ValueTask<string?> ReasonNotReadyAsync(CancellationToken ct) => new(OutOfReach ? "Out of reach." : null);

    public Task LimitsChangedAsync(ScopeId scope, CancellationToken ct) => TellAsync($"limits {scope}");

    public async Task KeyChangedAsync(long keyId, CancellationToken ct)
    {
        await WhileConfirmingKey();
        await TellAsync($"key {IdText.Format(IdText.Key, keyId)}");
    }

    public Task TenantChangedAsync(long tenantId, CancellationToken ct) =>
        TellAsync($"tenant {IdText.Format(IdText.Tenant, tenantId)}");

    public Task ProjectDeletedAsync(long tenantId, long projectId, CancellationToken ct) =>
        TellAsync($"project {IdText.Format(IdText.Project, projectId)}");

    public Task PricesChangedAsync(CancellationToken ct) => TellAsync("prices");

    public Task MetricsChangedAsync(CancellationToken ct) => TellAsync("metrics");

    public Task<IReadOnlyList<ScopeLiveState>> StateAsync(long tenantId, CancellationToken ct) =>
        OutOfReach ? throw new SignalUnavailableException() : Task.FromResult(Live);

    private Task TellAsync(string what)
    {
        if (OutOfReach)
            throw new SignalUnavailableException();
        _told.Enqueue(what);
        return Task.CompletedTask;
    }
}
