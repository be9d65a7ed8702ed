using Sluice.LoadTest.Traces;
using Xunit;

namespace Sluice.LoadTest.Tests.Traces;

/// <summary>The recorded hour of traffic, next to the repository but not part of it.</summary>
internal static class RealTrace
{
    private const string Path = "../shared/data/azure-llm-conv-2023.csv";

    /// <summary>Reads the trace, or skips the test.</summary>
    public static Trace ReadOrSkip() => Trace.Read(FindOrSkip());

    /// <summary>Returns the trace's path, or skips the test.</summary>
    public static string FindOrSkip()
    {
        var path = System.IO.Path.Combine(FindRoot(), Path);
        Assert.SkipUnless(File.Exists(path), $"There is no {Path} beside the repository's root.");
        return path;
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Orleans.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException("The tests run outside the repository: no folder above has Orleans.sln.");
    }
}
