using System.Diagnostics;

namespace Sluice.Bench.Reports;

/// <summary>Names the build of a program: figures of two builds mean nothing without it.</summary>
internal static class BuildFacts
{
    private const int CommitLength = 7;

    /// <summary>The file's name and, where the compiler has written it down, the commit; never the folder.</summary>
    public static string Describe(string program)
    {
        var name = Path.GetFileName(program);
        return FileVersionInfo.GetVersionInfo(program).ProductVersion?.Split('+') is [_, { Length: > 0 } commit]
            ? $"{name}, commit {commit[..Math.Min(CommitLength, commit.Length)]}"
            : name;
    }
}
