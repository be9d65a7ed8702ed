using System.Diagnostics;
using Xunit;

namespace Sluice.Deploy.Tests.Files;

/// <summary>A third-party program that checks files, if it is installed.</summary>
internal static class Tool
{
    private static string[] Folders => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');

    /// <summary>Skips the test if the program is not installed.</summary>
    public static void IsNeeded(string program) => Assert.SkipUnless(
        Folders.Any(f => f.Length > 0 && File.Exists(Path.Combine(f, program))), $"{program} is not installed");

    public static async Task<ScriptResult> RunAsync(string program, IEnumerable<string> arguments, string input = "")
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = Repository.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new ScriptResult(process.ExitCode, await output, await errors);
    }
}
