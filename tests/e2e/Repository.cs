using Xunit;

namespace Sluice.EndToEnd;

/// <summary>Where the programs under test and the recorded traffic lie.</summary>
internal static class Repository
{
    private const string RealTrace = "../shared/data/azure-llm-conv-2023.csv";

    private static string Root { get; } = FindRoot();

    /// <summary>A built program, such as <c>api</c>, <c>Sluice.Api</c>; skips the test if it is missing.</summary>
    public static string ProgramOrSkip(string folder, string name)
    {
        var program = Path.Combine(Root, folder, "bin", "Release", "net10.0", $"{name}.dll");
        Assert.SkipUnless(File.Exists(program), $"{folder} is not built in Release; ./test builds it.");
        return program;
    }

    /// <summary>The recorded hour, which is not part of the repository; skips the test if it is missing.</summary>
    public static string RealTraceOrSkip()
    {
        var trace = Path.GetFullPath(Path.Combine(Root, RealTrace));
        Assert.SkipUnless(File.Exists(trace), $"There is no {RealTrace} beside the repository's root.");
        return trace;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Orleans.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("the tests run outside the repository");
    }
}
