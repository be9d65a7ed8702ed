using System.CommandLine;
using Sluice.Bench;

// Ctrl-C also ends the contenders and deletes their files, which takes as long as a server needs to stop.
var settings = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) };
return await BenchCommand.Create().Parse(args).InvokeAsync(settings);
