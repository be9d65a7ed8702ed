using System.CommandLine;
using Sluice.Bench;

// Ctrl-C ends the contenders, too, and leaves none of their files: that takes as long as a server needs to stop.
var settings = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) };
return await BenchCommand.Create().Parse(args).InvokeAsync(settings);
