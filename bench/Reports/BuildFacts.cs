using System.Diagnostics;

namespace Sluice.Bench.Reports;

/// <summary>Names the build of a program: figures of two builds are meaningless without it.</summary>
internal static class BuildFacts
{
    private const int CommitLength = 7;

    /// <summary>Returns the file's name and, if the compiler recorded it, the commit; never the folder.</summary>
    public static string Describe(string program)
    {
        var name = Path.GetFileName(program);
        return FileVersionInfo.GetVersionInfo(program).ProductVersion?.Split('+') is [_, { Length: > 0 } commit]
            ? $"{name}, commit {commit[..Math.Min(CommitLength, commit.Length)]}"
            : name;
    }
}
