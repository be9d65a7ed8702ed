namespace Sluice.Bench.Cluster.Naive;

/// <summary>A project that counts for itself and asks its tenant.</summary>
[Alias("naive.project")]
internal interface INaiveProject : IGrainWithIntegerKey
{
    [Alias("take")]
    ValueTask<bool> TakeAsync(long tenant, long tokens);
}
