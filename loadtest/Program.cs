using System.CommandLine;
using Sluice.LoadTest.Commands;

// Continuing on the thread that found the socket ready saves a thread switch per response; the lanes never block.
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");

var root = new RootCommand("Generates load for Sluice, replays recorded traffic, and proves that the totals are exact.")
{
    ReplayCommand.Create(),
    DemoCommand.Create(),
    HammerCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
