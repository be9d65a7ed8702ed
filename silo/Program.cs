using Sluice.Api.Hosting;
using Sluice.Silo;

ClusterSettings? settings = null;
return ClusterSettings.TryRead(ClusterSettings.Environment(args), out settings, out var faults)
    ? await NodeProgram.RunAsync(args, builder => builder.AddCluster(settings), settings.TakesRequests)
    : await ClusterSettings.TellAsync(faults);
