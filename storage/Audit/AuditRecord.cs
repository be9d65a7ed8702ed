namespace Sluice.Storage.Audit;

/// <summary>One entry of the audit log, as it was written.</summary>
public sealed record AuditRecord
{
    public required long Id { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary><c>operator</c>, <c>system</c> or the id of a member.</summary>
    public required string Actor { get; init; }

    public required string Action { get; init; }

    public required string Target { get; init; }

    /// <summary>JSON; null where there was nothing before.</summary>
    public string? Before { get; init; }

    /// <summary>JSON; null where there is nothing afterwards.</summary>
    public string? After { get; init; }

    public string? Address { get; init; }
}
