using System.ComponentModel;
using System.Diagnostics;

namespace Sluice.Bench.Contenders;

/// <summary>Finds Redis, or installs Debian's if that is allowed.</summary>
internal static class RedisInstallation
{
    private const string Program = "redis-server";

    /// <summary>Returns the name of the program, which is on the path.</summary>
    /// <exception cref="ContenderUnavailableException">Redis is missing and can't be installed.</exception>
    public static async Task<string> FindOrInstallAsync(CancellationToken cancellation)
    {
        if (await SucceedsAsync([Program, "--version"], cancellation))
            return Program;

        // RUNLEVEL=1 keeps the package from starting its own Redis.
        string[] install = ["env", "RUNLEVEL=1", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", Program];
        string[] asRoot = Environment.UserName == "root" ? install : ["sudo", "-n", .. install];
        if (await SucceedsAsync(asRoot, cancellation) && await SucceedsAsync([Program, "--version"], cancellation))
            return Program;
        throw new ContenderUnavailableException("redis-server is not installed, and apt could not install it");
    }

    private static async Task<bool> SucceedsAsync(string[] command, CancellationToken cancellation)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command[0], command[1..])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            await Task.WhenAll(output, errors, process.WaitForExitAsync(cancellation));
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            // There is no such program.
            return false;
        }
    }
}
