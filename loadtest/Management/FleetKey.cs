namespace Sluice.LoadTest.Management;

/// <summary>An API key of a run, with its secret: a reader of it can spend on the key.</summary>
internal sealed record FleetKey(string Id, string Name, string Secret)
{
    /// <summary>Returns name and id, to keep the secret out of logs and messages.</summary>
    public override string ToString() => $"{Name} ({Id})";
}
