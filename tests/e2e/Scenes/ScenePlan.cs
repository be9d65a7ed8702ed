namespace Sluice.EndToEnd.Scenes;

/// <summary>The parts of a scene.</summary>
/// <param name="Nodes">The most processes that may be started.</param>
internal sealed record ScenePlan(int Nodes)
{
    /// <summary>The role of each process, as in <c>SLUICE_ROLE</c>.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [.. Enumerable.Repeat("all", Nodes)];

    /// <summary>How many of them, the first ones, are started with the scene.</summary>
    public int Started { get; init; } = Nodes;

    /// <summary>
    /// Whether each process has a data folder of its own, as on separate machines. Otherwise they share one, as with
    /// <c>./run cluster</c>.
    /// </summary>
    public bool Apart { get; init; }

    /// <summary>Whether silos reach each other, and the store, through relays that a test can break.</summary>
    public bool Wired { get; init; }

    /// <summary>The number of projects of the only tenant.</summary>
    public int Projects { get; init; } = 1;

    /// <summary>The number of keys of each project.</summary>
    public int Keys { get; init; } = 4;

    /// <summary>The limit of the tenant in tokens, in force from the start; null for none.</summary>
    public long? Limit { get; init; }

    /// <summary>Additional settings of all processes.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>The time limit, after which the whole test fails.</summary>
    public TimeSpan AtMost { get; init; } = TimeSpan.FromMinutes(5);
}
