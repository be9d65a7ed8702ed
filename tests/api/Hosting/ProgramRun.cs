using System.Diagnostics;
using Sluice.Silo.Hosting;
using Sluice.TestSupport.Processes;
using Xunit;

namespace Sluice.Api.Tests.Hosting;

/// <summary>The program as a process, run to its end.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Output">Its log.</param>
/// <param name="Errors">Why it did not start.</param>
internal sealed record ProgramRun(int Code, string Output, string Errors)
{
    /// <summary>Runs the program; a node is asked to end when it is ready.</summary>
    public static async Task<ProgramRun> DoAsync(string[] arguments, (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(SiloProgram).Assembly.Location, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["SLUICE_LISTEN"] = "http://127.0.0.1:0";
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = new List<string>();
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            output.Add(line);
            if (line.StartsWith("Sluice is ready on ", StringComparison.Ordinal))
                Signals.Send(process.Id, Signal.Terminate);
        }

        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new ProgramRun(process.ExitCode, string.Join('\n', output), await errors);
    }
}
