namespace Sluice.Storage.Idempotency;

/// <summary>What is known of an idempotency key.</summary>
public abstract record Claim
{
    private Claim()
    {
    }

    /// <summary>Nothing: do it now. Whoever sends the same key meanwhile waits for the transaction to end.</summary>
    public sealed record First : Claim
    {
        public static readonly First Instance = new();
    }

    /// <summary>It has been done; answer the same again.</summary>
    public sealed record Done(StoredResponse Answer) : Claim;

    /// <summary>The key was used for another request.</summary>
    public sealed record OtherRequest : Claim
    {
        public static readonly OtherRequest Instance = new();
    }
}
