using Xunit;

namespace Sluice.EndToEnd;

/// <summary>The places of the programs under test and of the recorded traffic.</summary>
internal static class Repository
{
    private const string RealTrace = "../shared/data/azure-llm-conv-2023.csv";

    /// <summary>
    /// Returns a built program, such as <c>api</c>, <c>Sluice.Api</c>; skips the test if it is missing.
    /// </summary>
    public static string ProgramOrSkip(string folder, string name)
    {
        var program = TestSupport.Repository.PathOf(folder, "bin", "Release", "net10.0", $"{name}.dll");
        Assert.SkipUnless(File.Exists(program), $"{folder} is not built in Release; ./test builds it.");
        return program;
    }

    /// <summary>
    /// Returns the recorded hour, which is not part of the repository; skips the test if it is missing.
    /// </summary>
    public static string RealTraceOrSkip()
    {
        var trace = Path.GetFullPath(TestSupport.Repository.PathOf(RealTrace));
        Assert.SkipUnless(File.Exists(trace), $"There is no {RealTrace} beside the repository's root.");
        return trace;
    }
}
