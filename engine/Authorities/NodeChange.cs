namespace Sluice.Engine.Authorities;

/// <summary>A change of the control plane that every node applies before the change is answered.</summary>
public abstract record NodeChange
{
    private NodeChange()
    {
    }

    /// <summary>What to answer if a node could not be reached in time.</summary>
    public abstract string NotYet { get; }

    /// <summary>Keys that are dead, or have another secret or end: nodes look them up again.</summary>
    public sealed record Keys(IReadOnlyCollection<long> Ids) : NodeChange
    {
        public override string NotYet => "The key is changed, but the old one not dead yet.";
    }

    /// <summary>
    /// A tenant that was suspended, resumed, deleted or moved to another zone: nodes look up its keys again.
    /// </summary>
    public sealed record Tenant(long Id) : NodeChange
    {
        public override string NotYet => "The change is saved, but not in force yet.";
    }

    /// <summary>Prices or metrics: nodes read them again.</summary>
    public sealed record Rates : NodeChange
    {
        public override string NotYet => "The change is saved, but not in force everywhere yet.";
    }
}
