namespace Sluice.Metering.Leases.Edge;

/// <summary>A credential that an edge knows, with the scopes it counts in: key, seat, project, tenant.</summary>
public class EdgeKey
{
    /// <summary>Key, seat or project, tenant; four leaves room for both.</summary>
    public const int ScopesMax = 4;

    public EdgeKey(long keyId, EdgeScope[] scopes)
    {
        if (scopes.Length > ScopesMax)
            throw new ArgumentException("a key counts in at most four scopes", nameof(scopes));
        KeyId = keyId;
        Scopes = scopes;
    }

    public long KeyId { get; }

    /// <summary>False once the credential was revoked: nothing is admitted with it from then on.</summary>
    public bool Live { get; internal set; } = true;

    internal EdgeScope[] Scopes { get; }

    /// <summary>The scopes in the order in which takes are made.</summary>
    public IReadOnlyList<EdgeScope> Route => Scopes;
}
