using Xunit;

namespace Sluice.Deploy.Tests;

/// <summary>How a script ended and what it wrote.</summary>
internal sealed record ScriptResult(int ExitCode, string Output, string Errors)
{
    /// <summary>Returns the output of a script that must have succeeded, without its last line end.</summary>
    public string Succeeded()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}\n{Output}\n{Errors}");
        return Output.TrimEnd('\n');
    }

    /// <summary>Returns the messages of a script that must have failed.</summary>
    public string Refused(int exitCode = 1)
    {
        Assert.True(ExitCode == exitCode, $"exit code {ExitCode}, expected {exitCode}\n{Output}\n{Errors}");
        return Errors;
    }
}
