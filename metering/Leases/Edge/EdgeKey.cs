namespace Sluice.Metering.Leases.Edge;

/// <summary>A key known to an edge, with the scopes it counts in: key, seat, project, tenant.</summary>
public class EdgeKey
{
    /// <summary>
    /// Maximum scopes of a key: key, seat or project, tenant; four leaves room for both seat and project.
    /// </summary>
    public const int ScopesMax = 4;

    public EdgeKey(long keyId, EdgeScope[] scopes)
    {
        if (scopes.Length > ScopesMax)
            throw new ArgumentException("a key counts in at most four scopes", nameof(scopes));
        KeyId = keyId;
        Scopes = scopes;
    }

    public long KeyId { get; }

    /// <summary>
    /// Whether the key is valid; false once it was revoked, and nothing is admitted with it from then on.
    /// </summary>
    public bool Live { get; internal set; } = true;

    /// <summary>Marks a key that ended before this edge knew it; its earlier usage may still be counted.</summary>
    protected void End() => Live = false;

    internal EdgeScope[] Scopes { get; }

    /// <summary>The scopes in the order in which takes are made.</summary>
    public IReadOnlyList<EdgeScope> Route => Scopes;
}
