namespace Sluice.Bench.Naive;

/// <summary>An API key that counts its own usage; its grain key is the key's number.</summary>
[Alias("naive.key")]
internal interface INaiveKey : IGrainWithIntegerKey
{
    /// <summary>Counts in the key, its project and its tenant: in all or in none.</summary>
    [Alias("take")]
    ValueTask<bool> TakeAsync(long tokens);
}
