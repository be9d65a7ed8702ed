namespace Sluice.Storage.Reports.AuditTrail;

/// <summary>One entry of the audit log, as written.</summary>
public sealed record AuditRecord
{
    public required long Id { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The actor: <c>operator</c>, <c>system</c> or the id of a member.</summary>
    public required string Actor { get; init; }

    public required string Action { get; init; }

    public required string Target { get; init; }

    /// <summary>The state before, as JSON; null if there was none.</summary>
    public string? Before { get; init; }

    /// <summary>The state after, as JSON; null if there is none.</summary>
    public string? After { get; init; }

    public string? Address { get; init; }
}
