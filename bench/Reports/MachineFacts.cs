using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Sluice.Bench.Processes;

namespace Sluice.Bench.Reports;

/// <summary>The machine that figures come from: they are meaningless without it.</summary>
internal sealed record MachineFacts(string Processor, int Cores, string System, string Runtime, string Commit)
{
    public static async Task<MachineFacts> ReadAsync(CancellationToken cancellation) => new(
        ReadProcessor(),
        Environment.ProcessorCount,
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        await ReadCommitAsync(cancellation));

    /// <summary>Writes the first lines of every table.</summary>
    public string Describe(string command, DateTimeOffset now) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Processor}, {Cores} cores shared by all processes; {System}; {Runtime}; {now:yyyy-MM-dd}; commit {Commit}; "
        + $"`{command}`\n\n");

    private static string ReadProcessor()
    {
        const string CpuInfo = "/proc/cpuinfo";
        var line = File.Exists(CpuInfo)
            ? File.ReadLines(CpuInfo).FirstOrDefault(text => text.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
            ?? RuntimeInformation.ProcessArchitecture.ToString();
    }

    private static async Task<string> ReadCommitAsync(CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("git", ["describe", "--always", "--dirty", "--exclude=*"])
        {
            WorkingDirectory = Repository.Root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        using var git = Process.Start(start)!;
        var commit = await git.StandardOutput.ReadToEndAsync(cancellation);
        await git.WaitForExitAsync(cancellation);
        return git.ExitCode == 0 ? commit.Trim() : "unknown";
    }
}
