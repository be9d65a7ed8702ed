namespace Sluice.Bench.Naive;

/// <summary>A tenant that counts for itself.</summary>
[Alias("naive.tenant")]
internal interface INaiveTenant : IGrainWithIntegerKey
{
    [Alias("take")]
    ValueTask<bool> TakeAsync(long tokens);
}
