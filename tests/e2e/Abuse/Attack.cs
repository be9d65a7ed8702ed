namespace Sluice.EndToEnd.Abuse;

/// <summary>Something that one caller does to a node.</summary>
/// <param name="Name">What it is, for people.</param>
/// <param name="RunAsync">Does it until stopped.</param>
internal sealed record Attack(string Name, Func<Attacker, CancellationToken, Task> RunAsync)
{
    /// <summary>Whether the attacker must have very much usage for it.</summary>
    public bool NeedsHistory { get; init; }

    public override string ToString() => Name;
}
