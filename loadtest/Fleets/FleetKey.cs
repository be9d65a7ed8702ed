namespace Sluice.LoadTest.Fleets;

/// <summary>An API key of a run, with its secret: whoever reads it can spend on the key.</summary>
internal sealed record FleetKey(string Id, string Name, string Secret)
{
    /// <summary>Leaves the secret out of logs and messages.</summary>
    public override string ToString() => $"{Name} ({Id})";
}
