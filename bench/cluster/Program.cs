using System.CommandLine;
using Sluice.Bench.Cluster;

// Ctrl-C ends the contenders, too, and leaves none of their files: that takes as long as a silo needs to leave.
var settings = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) };
return await ClusterBenchCommand.Create().Parse(args).InvokeAsync(settings);
