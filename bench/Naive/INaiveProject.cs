namespace Sluice.Bench.Naive;

/// <summary>A project that counts its own usage and calls its tenant.</summary>
[Alias("naive.project")]
internal interface INaiveProject : IGrainWithIntegerKey
{
    [Alias("take")]
    ValueTask<bool> TakeAsync(long tenant, long tokens);
}
