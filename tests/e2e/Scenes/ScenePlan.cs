namespace Sluice.EndToEnd.Scenes;

/// <summary>The parts of a scene.</summary>
/// <param name="Nodes">How many processes may be started.</param>
internal sealed record ScenePlan(int Nodes)
{
    /// <summary>Role of each process, as <c>SLUICE_ROLE</c> has it.</summary>
    public IReadOnlyList<string> Roles { get; init; } = [.. Enumerable.Repeat("all", Nodes)];

    /// <summary>How many of them are started with the scene, the first ones.</summary>
    public int Started { get; init; } = Nodes;

    /// <summary>
    /// Each process has a data folder of its own, as on machines of their own. Otherwise they share one, as those of
    /// <c>./run cluster</c> do.
    /// </summary>
    public bool Apart { get; init; }

    /// <summary>Silos reach each other, and the store, through relays that a test can break.</summary>
    public bool Wired { get; init; }

    /// <summary>Projects of the only tenant.</summary>
    public int Projects { get; init; } = 1;

    /// <summary>Keys of each project.</summary>
    public int Keys { get; init; } = 4;

    /// <summary>The limit of the tenant in tokens, in force from the start; null for none.</summary>
    public long? Limit { get; init; }

    /// <summary>Settings of all processes beside those that every one has.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>The whole test ends as a failure after this long.</summary>
    public TimeSpan AtMost { get; init; } = TimeSpan.FromMinutes(5);
}
