namespace Sluice.Storage.Control.Credentials;

/// <summary>A secret that a regeneration has replaced.</summary>
/// <param name="Hash">SHA-256 of the secret text.</param>
/// <param name="AtMs">When it stopped working, Unix milliseconds.</param>
public sealed record RetiredSecret(byte[] Hash, long AtMs)
{
    /// <summary>Maximum retired secrets of a key that are read; the latest count.</summary>
    public const int ReadMax = 16;

    /// <summary>
    /// How long a retired secret is kept: twice the longest life of a reservation, because clocks of nodes differ.
    /// </summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(2);
}
