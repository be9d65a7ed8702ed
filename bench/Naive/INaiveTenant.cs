namespace Sluice.Bench.Naive;

/// <summary>A tenant that counts its own usage.</summary>
[Alias("naive.tenant")]
internal interface INaiveTenant : IGrainWithIntegerKey
{
    [Alias("take")]
    ValueTask<bool> TakeAsync(long tokens);
}
