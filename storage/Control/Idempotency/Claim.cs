namespace Sluice.Storage.Control.Idempotency;

/// <summary>The state of an idempotency key.</summary>
public abstract record Claim
{
    private Claim()
    {
    }

    /// <summary>
    /// The key is new: carry the action out now. Another request with the same key waits for the transaction to end.
    /// </summary>
    public sealed record First : Claim
    {
        public static readonly First Instance = new();
    }

    /// <summary>The action has been carried out; send the stored response again.</summary>
    public sealed record Done(StoredResponse Answer) : Claim;

    /// <summary>The key was used for another request.</summary>
    public sealed record OtherRequest : Claim
    {
        public static readonly OtherRequest Instance = new();
    }
}
