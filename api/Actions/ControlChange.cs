using System.Globalization;
using Sluice.Engine.Authorities;
using Sluice.Engine.Signals;

namespace Sluice.Api.Actions;

/// <summary>
/// A committed change that nodes must learn of before the request is answered. It has a text form, because the response
/// to a repeated request waits for the same confirmation.
/// </summary>
internal readonly record struct ControlChange
{
    /// <summary>Maximum changes that are propagated at the same time.</summary>
    private const int AtOnceMax = 32;

    private readonly Kinds _kind;
    private readonly long _first;
    private readonly long _second;

    private ControlChange(Kinds kind, long first = 0, long second = 0) =>
        (_kind, _first, _second) = (kind, first, second);

    /// <summary>The kinds of change. Their numbers are stored with responses, so they must not change.</summary>
    private enum Kinds
    {
        Limits = 1,
        Key = 2,
        Tenant = 3,
        Project = 4,
        Prices = 5,
        Metrics = 6,
        Subscription = 7,
    }

    public static ControlChange Prices => new(Kinds.Prices);

    public static ControlChange Metrics => new(Kinds.Metrics);

    public static ControlChange Limits(ScopeId scope) => new(Kinds.Limits, (long)scope.Kind, scope.Value);

    public static ControlChange Key(long keyId) => new(Kinds.Key, keyId);

    public static ControlChange Tenant(long tenantId) => new(Kinds.Tenant, tenantId);

    public static ControlChange ProjectDeleted(long tenantId, long projectId) =>
        new(Kinds.Project, tenantId, projectId);

    public static ControlChange Subscription(long subscriptionId) => new(Kinds.Subscription, subscriptionId);

    /// <summary>Notifies the nodes and waits until they have confirmed.</summary>
    /// <exception cref="SignalUnavailableException">A node can't be reached.</exception>
    private Task TellAsync(ControlSignals signals, CancellationToken ct) => _kind switch
    {
        Kinds.Limits => signals.LimitsChangedAsync(new((ScopeKind)_first, _second), ct),
        Kinds.Key => signals.KeyChangedAsync(_first, ct),
        Kinds.Tenant => signals.TenantChangedAsync(_first, ct),
        Kinds.Project => signals.ProjectDeletedAsync(_first, _second, ct),
        Kinds.Subscription => signals.SubscriptionChangedAsync(_first, ct),
        Kinds.Prices => signals.PricesChangedAsync(ct),
        Kinds.Metrics => signals.MetricsChangedAsync(ct),
        _ => throw new InvalidOperationException($"{_kind} is no change"),
    };

    /// <inheritdoc cref="TellAsync"/>
    public static async Task TellAllAsync(IEnumerable<ControlChange> changes, ControlSignals signals)
    {
        // A renewal may change thousands of seats. A failure is answered after the rest of its batch.
        foreach (var batch in changes.Chunk(AtOnceMax))
            await Task.WhenAll(batch.Select(change => change.TellAsync(signals, CancellationToken.None)));
    }

    /// <summary>Reads the changes of a stored response.</summary>
    public static IEnumerable<ControlChange> ParseAll(string text) =>
        text.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(Parse);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)_kind}:{_first}:{_second}");

    /// <summary>Parses what <see cref="ToString"/> wrote.</summary>
    private static ControlChange Parse(string text)
    {
        var parts = text.Split(':');
        return new(
            (Kinds)int.Parse(parts[0], CultureInfo.InvariantCulture),
            long.Parse(parts[1], CultureInfo.InvariantCulture),
            long.Parse(parts[2], CultureInfo.InvariantCulture));
    }
}
