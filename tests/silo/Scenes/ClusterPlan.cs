namespace Sluice.Silo.Tests.Scenes;

/// <summary>What a scene is made of.</summary>
internal sealed record ClusterPlan
{
    /// <summary>Role of each process that may be started, as <c>SLUICE_ROLE</c> has it.</summary>
    public IReadOnlyList<string> Roles { get; init; } = ["all", "all", "all"];

    /// <summary>How many of them are started with the scene, the first ones.</summary>
    public int Started { get; init; } = 3;

    /// <summary>Keys of the only project of the only tenant.</summary>
    public int Keys { get; init; } = 4;

    /// <summary>What the tenant may use in all, in tokens.</summary>
    public long Limit { get; init; } = 1_000_000;

    /// <summary>Silos reach each other, and the store, through relays that a test can break.</summary>
    public bool Wired { get; init; }

    /// <summary>Settings of all processes beside those that every cluster has.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>The whole test ends as a failure after this long.</summary>
    public TimeSpan AtMost { get; init; } = TimeSpan.FromMinutes(2);
}
