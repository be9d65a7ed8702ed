namespace Sluice.Engine.Control;

/// <summary>A part that must be ready before this node takes requests. A host may register several.</summary>
public interface IReadiness
{
    /// <summary>What the part is called in the answer of <c>/health/ready</c>.</summary>
    string Name { get; }

    /// <summary>Null when ready; otherwise the reason, in a sentence without secrets.</summary>
    ValueTask<string?> ReasonNotReadyAsync(CancellationToken ct);
}
